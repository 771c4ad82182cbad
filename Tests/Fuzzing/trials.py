"""What is changed, what is then asked of the program, and how one trial goes."""

import dataclasses
import hashlib
import os
import pathlib
import random
import shutil

import folders
import judge
import mutation
import watch


@dataclasses.dataclass
class Command:
    """What the program is asked to do."""

    arguments: list
    # Typed on a terminal; None where there is no terminal.
    keys: list = None
    # Whether standard output holds a model's or a file's own text, byte for byte.
    writes_text: bool = False
    # Whether it may train for as long as the input says.
    may_be_long: bool = False
    # Whether a step may be as large as the input says.
    may_be_large: bool = False


def command(line, **others):
    return Command(line.split(), **others)


KEYS = [key.encode() for key in "vvyzxcmiajkl?q"] + [b"\x1b", b"\t", b"\x1b[B", b"\x1b[5~", b"L",
                                                      b"\x1b[200~quick\x1b[201~", b"\x1b[<0;3;3M"]

OF_MODEL = [
    command("model info {model}"),
    command("generate --model {model} --prompt one,two --max-tokens 4", writes_text=True),
    command("generate --model {model} --prompt x --chat --max-tokens 2", writes_text=True),
    command("eval --model {model} --tasks facts,code --data . --limit 2 --quiet"),
    command("data show code/train.jsonl --model {model} --template model", writes_text=True),
    command("run study.yaml --set base={model} --steps 2 --headless --quiet --out new"),
    command("model merge {model} --adapter adapter --out merged"),
]
OF_ADAPTER = [
    command("eval --model model --adapter adapter --tasks facts --data . --limit 2 --quiet"),
    command("model merge model --adapter adapter --out merged"),
]
OF_DATA = [
    command("run study.yaml --steps 2 --headless --quiet --out new"),
    command("data show {file}", writes_text=True),
    command("data show {file} --mask boilerplate --template alpaca", writes_text=True),
    command("eval --model model --tasks {task} --data . --limit 4 --quiet --samples samples.jsonl"),
]
OF_STUDY = [
    command("run study.yaml --steps 1 --headless --quiet --out new", may_be_large=True),
    command("run study.yaml --headless --quiet --out new", may_be_long=True, may_be_large=True),
]
OF_SETTING = [command("run study.yaml --set {setting} --headless --quiet --out new",
                      may_be_long=True, may_be_large=True)]
OF_RUN = [
    command("verdict run"), command("verdict run --format json --budget 0.1"),
    command("export run", writes_text=True), command("export run", keys=[]),
    command("export run --format json"), command("export run --format svg"),
    command("view run", keys=KEYS), command("view run run", keys=KEYS),
    command("resume run --headless --quiet", may_be_long=True),
    command("resume run --headless --quiet", may_be_long=True),
    command("eval --model model --adapter run/checkpoints/lora/step-4 --tasks facts --data . --quiet"),
]

# A run that is long enough to have a snapshot.
OF_LONG = [
    command("export long --format json"), command("export long --format svg"),
    command("view long", keys=KEYS), command("verdict long --format csv"),
    command("resume long --headless --quiet", may_be_long=True),
]

# Of a kind: the files that are changed, as patterns, and the commands that then read them.
KINDS = {
    "model": (["model/*"], OF_MODEL),
    "sharded": (["sharded/*"], OF_MODEL),
    "gguf": (["model.gguf"], OF_MODEL),
    "adapter": (["adapter/*"], OF_ADAPTER),
    "data": (["code/*", "world/*", "*/validation.jsonl"], OF_DATA),
    "study": (["study.yaml"], OF_STUDY),
    "setting": (["none"], OF_SETTING),
    "run": (["run/events.jsonl", "run/events.jsonl", "run/study.yaml", "run/*",
             "run/items/*", "run/checkpoints/*/*/*", "run/checkpoints/*/*/trainer_state.json"], OF_RUN),
    "long": (["long/snapshot.json", "long/snapshot.json", "long/items/*"], OF_LONG),
}
# What commands make of themselves.
MADE = {"new", "merged", "samples.jsonl"}
# What a model is called where it is changed.
MODELS = {"model": "model", "sharded": "sharded", "gguf": "model.gguf"}
# Where the program keeps the scores of bases.
CACHE = "home/.cache"


class Trial:
    """One changed input and one command."""

    def __init__(self, seed, number, specimens, program):
        self.random = random.Random(f"{seed} {number}")
        self.specimens = specimens
        self.program = program
        self.kind = self.random.choice(list(KINDS))
        self.changes = []

    def run(self, root):
        """Makes the input below `root`, runs the command and returns the faults."""
        self.root = root
        self.work = root / "work"
        self.outside = root / "outside"
        prepare(root, self.specimens)
        patterns, commands = KINDS[self.kind]
        self.change(patterns)
        self.command = self.filled(self.random.choice(commands))
        return self.ask()

    def ask(self):
        before = fingerprints(self.root, self.allowed)
        command = [self.program, *self.command.arguments]
        if self.command.keys is None:
            self.result = watch.run(command, self.work, environment(self.root))
        else:
            keys = self.command.keys[:]
            self.random.shuffle(keys)
            self.result = watch.run_on_terminal(
                command, self.work, environment(self.root), keys)
        after = fingerprints(self.root, self.allowed)
        changed = sorted(name for name in before.keys() | after.keys()
                         if before.get(name) != after.get(name) and not name.startswith(CACHE))
        found = judge.faults(self.result, self.command)
        return found + ([f"changed {', '.join(changed[:4])}"] if changed else [])

    @property
    def allowed(self):
        """The first names below the working folder that the command may write to."""
        return MADE | ({"run", "long"} if self.command.arguments[0] == "resume" else set())

    # Changes

    def change(self, patterns):
        self.file = None
        for _ in range(self.random.choice([1, 1, 1, 2, 3])):
            pattern = self.random.choice(patterns)
            files = sorted(path for path in self.work.glob(pattern) if path.is_file())
            if files:
                self.change_file(self.random.choice(files))
        if self.kind == "run" and self.random.random() < 0.15:
            plants = folders.FolderMutation(self.random, self.outside)
            self.changes.append(plants.plant(self.work / "run"))
        if self.kind in ("run", "long") and self.random.random() < 0.7:
            self.reopen()

    def change_file(self, path):
        self.file = path.relative_to(self.work)
        if self.kind not in ("study", "gguf") and self.random.random() < 0.12:
            others = sorted(self.specimens.glob("*/*"))
            replaced = folders.FolderMutation(self.random, self.outside).replace(
                path, [other for other in others if other.is_file()])
            self.changes.append(f"{self.file}: {replaced}")
            return
        data = path.read_bytes()
        changed = mutation.Mutation(self.random).file(path.name, data)
        path.write_bytes(changed)
        self.changes.append(f"{self.file}: {len(data)} bytes, now {len(changed)}")

    def reopen(self):
        """Cuts the end off a finished run, so that it can be resumed."""
        log = self.work / self.kind / "events.jsonl"
        if log.is_file() and not log.is_symlink():
            lines = log.read_bytes().split(b"\n")
            log.write_bytes(b"\n".join(lines[:-1 - self.random.choice([1, 1, 3, 20])]) + b"\n")

    def filled(self, command):
        """The command with the names of this trial's files."""
        file = str(self.file or "code/train.jsonl")
        shown = file if file.startswith(("code", "world", "gsm8k")) else "code/train.jsonl"
        names = {"model": MODELS.get(self.kind, "model"), "file": shown,
                 "task": file.split("/")[0] if file.endswith("validation.jsonl") else "facts",
                 "setting": self.setting()}
        arguments = [argument.format(**names) for argument in command.arguments]
        return dataclasses.replace(command, arguments=arguments)

    def setting(self):
        key = self.random.choice([
            "train.steps", "train.batch_size", "train.sequence_length", "arms[1].rank", "arms",
            "arms.lora.alpha", "evaluate.every", "checkpoint.every", "checkpoint.keep", "seeds",
            "train.warmup_steps", "train.gradient_clip", "arms.full.learning_rate", "loss_mask",
            "target.tasks", "source", "name", "arms[0]", "[", "arms[99999999999999999999].rank"])
        # An argument cannot hold a zero byte.
        return f"{key}={mutation.Mutation(self.random).extreme(0)}"


def prepare(root, specimens):
    """A fresh folder with the specimens, and beside it what no command may touch."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(specimens, root / "work", symlinks=True)
    for path in (root / "work/run").glob("*"):
        # A run names its files by their full paths.
        if path.is_file():
            text = path.read_bytes()
            path.write_bytes(text.replace(bytes(specimens), bytes(root / "work")))
    for name in ("outside/folder/step-100", "home", "tmp"):
        (root / name).mkdir(parents=True)
    (root / "outside/victim").write_text("precious\n")
    (root / "outside/folder/step-100/model.safetensors").write_text("precious\n")


def environment(root):
    kept = {key: os.environ[key] for key in ("PATH", "LANG", "LC_ALL") if key in os.environ}
    data = os.environ.get("XDG_DATA_HOME", str(pathlib.Path.home() / ".local/share"))
    return kept | {"HOME": str(root / "home"), "TMPDIR": str(root / "tmp"), "XDG_DATA_HOME": data,
                   "SWIFT_BACKTRACE": "enable=no", "SWIFT_DETERMINISTIC_HASHING": "1",
                   "LANG": kept.get("LANG", "C.UTF-8")}


def fingerprints(root, allowed):
    """What every file below `root` holds, but for those that may change."""
    found = {}
    for folder, names, files in os.walk(root):
        if pathlib.Path(folder) == root / "work":
            names[:] = [name for name in names if name not in allowed]
            files = [name for name in files if name not in allowed]
        for name in names + files:
            path = os.path.join(folder, name)
            found[os.path.relpath(path, root)] = fingerprint(path)
    return found


def fingerprint(path):
    if os.path.islink(path):
        return os.readlink(path)
    if not os.path.isfile(path):
        return "folder"
    with open(path, "rb") as file:
        return hashlib.sha1(file.read()).hexdigest()
