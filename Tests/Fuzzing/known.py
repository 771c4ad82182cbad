"""Faults that lethe has had, made anew in small, each with the command that met it.

Those marked as refused describe another model, run or data than lethe computes: the program must
end with a reason. The others may end either way, but for what `judge` rules out.
"""

import dataclasses
import json
import re
import struct

import specimens
import trials


@dataclasses.dataclass
class Fault:
    """A change to the specimens and what is then asked."""

    name: str
    change: callable
    command: trials.Command
    is_refused: bool = False


class KnownTrial(trials.Trial):
    """A trial of a known fault."""

    def __init__(self, fault, specimens, program):
        super().__init__(0, fault.name, specimens, program)
        self.fault = fault

    def run(self, root):
        self.root, self.work, self.outside = root, root / "work", root / "outside"
        trials.prepare(root, self.specimens)
        self.fault.change(self.work)
        self.changes = [self.fault.name]
        self.command = dataclasses.replace(self.fault.command)
        found = self.ask()
        if self.fault.is_refused and self.result.status == 0:
            found.append("went on without a word")
        return found


def edit_json(path, **values):
    """Sets members of a JSON file; None removes one, dots lead into members."""
    def change(work):
        tree = json.loads((work / path).read_text())
        for name, value in values.items():
            *way, last = name.split("__")
            node = tree
            for key in way:
                node = node[key]
            node.pop(last, None)
            if value is not None:
                node[last] = value
        (work / path).write_text(json.dumps(tree))
    return change


def replace(path, pattern, new, count=0):
    """Puts text in the place of a pattern of a file."""
    def change(work):
        file = work / path
        text = file.read_text()
        file.write_text(re.sub(pattern, lambda _: new, text, count=count))
    return change


def put(path, contents):
    def change(work):
        specimens.write(work, path, contents)
    return change


def folder(path):
    """Puts an empty folder in the place of a file."""
    def change(work):
        (work / path).unlink()
        (work / path).mkdir()
    return change


def all_of(*changes):
    def change(work):
        for one in changes:
            one(work)
    return change


def unfinished(work):
    """Cuts the run back to the moment after its second checkpoints."""
    log = work / "run/events.jsonl"
    lines = log.read_text().splitlines(keepends=True)
    saved = [index for index, line in enumerate(lines)
             if '"checkpointSaved"' in line or "checkpoint_saved" in line]
    log.write_text("".join(lines[:saved[3] + 1]))


def resumed(change):
    return all_of(unfinished, change)


def state(**values):
    return resumed(edit_json("run/checkpoints/lora/step-4/trainer_state.json", **values))


def link(path, target):
    def change(work):
        place = work / path
        if place.exists():
            place.unlink()
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(work.parent / "outside" / target)
    return change


def weights(path, keep=lambda name: True, value=None, extra=()):
    """Writes the model's tensors anew: some of them, with one value, or with more beside them."""
    def change(work):
        shapes = {name: shape for name, shape in specimens.tensors().items() if keep(name)}
        data = specimens.safetensors(shapes | dict(extra))
        if value is not None:
            start = 8 + struct.unpack("<Q", data[:8])[0]
            data = data[:start] + struct.pack("<e", value) * ((len(data) - start) // 2)
        specimens.write(work, path, data)
    return change


def pair_lost(work):
    shapes = {name: shape for name, shape in specimens.adapter_tensors().items()
              if "v_proj" not in name}
    specimens.write(work, "adapter/adapter_model.safetensors", specimens.safetensors(shapes))


def gguf(metadata=(), extra=()):
    def change(work):
        specimens.write(work, "model.gguf", specimens.gguf(dict(metadata), dict(extra)))
    return change


GENERATE = trials.command("generate --model model --prompt x --max-tokens 4", writes_text=True)
GENERATE_GGUF = trials.command(
    "generate --model model.gguf --prompt x --max-tokens 4", writes_text=True)
EVAL = trials.command("eval --model model --tasks facts,code --data . --limit 2 --quiet")
EVAL_ADAPTER = trials.OF_ADAPTER[0]
RUN = trials.command("run study.yaml --steps 2 --headless --quiet --out new")
RESUME = trials.command("resume run --headless --quiet")
VIEW = trials.command("view run", keys=trials.KEYS)
SVG = trials.command("export run --format svg")
CSV = trials.command("export run", writes_text=True)
CSV_SHOWN = trials.command("export run", keys=[])
JSON = trials.command("export run --format json")
SHOW = trials.command("data show code/train.jsonl --model model", writes_text=True)

SECONDS = r'"seconds":[0-9.e+-]+'
VALUE = r'"value":[0-9.e+-]+'
EMPTY_TOKENIZER = edit_json(
    "model/tokenizer.json", model__vocab={}, model__merges=[], added_tokens=[])
HUGE_TOKENS = replace("run/events.jsonl", r'"tokens":\d+', '"tokens":9223372036854775807')
CONFIG = "model/config.json"

STORED_STATE = [
    Fault("steps below the checkpoint", resumed(replace(
        "run/study.yaml", r"steps: 6(?=, optimizer: adamw[^\n]*\n\Z)", "steps: 1")), RESUME),
    *[Fault(f"stored step {step}", state(progress__step=step), RESUME, is_refused=True)
      for step in (0, -2, 3, 5, 7, 2**63 - 1)],
    Fault("stored tokens", state(progress__tokens=2**63 - 1), RESUME),
    Fault("stored rate", state(progress__learningRate=-1), RESUME, is_refused=True),
    Fault("stored position", state(progress__position__epoch=2**62), RESUME),
    Fault("stored seconds", state(progress__seconds=1e308), RESUME),
    Fault("stored step of the optimiser", state(progress__optimizer__step=2**63 - 1), RESUME),
    Fault("other study", resumed(replace("run/study.yaml", r"learning_rate: 0\.005",
                                         "learning_rate: 0.5")), RESUME, is_refused=True),
    Fault("shorter data", resumed(replace("code/train.jsonl", r"\A.*\n", "")), RESUME,
          is_refused=True),
]

LINKS = [
    Fault(f"link at {path}", resumed(link(f"run/{path}", target)), RESUME)
    for path, target in (
        ("lock", "victim"), ("metrics.csv.tmp", "victim"), ("metrics.csv", "victim"),
        ("log.txt", "victim"), ("summary.json", "victim"), ("commands.json.tmp", "victim"),
        ("events.jsonl.tmp", "victim"), ("checkpoints/other", "folder"),
        ("checkpoints/full/step-900", "folder"), ("checkpoints/full/step-6.partial", "folder"))
]

LOGS = [
    Fault(f"{name}, {' '.join(command.arguments)}", change, command)
    for name, change in (
        ("seconds huge", replace("run/events.jsonl", SECONDS, '"seconds":1e300')),
        ("seconds negative", replace("run/events.jsonl", SECONDS, '"seconds":-1e300')),
        ("tokens huge", HUGE_TOKENS),
        ("values huge", all_of(replace("run/events.jsonl", VALUE, '"value":1e308'),
                               replace("run/events.jsonl", VALUE, '"value":-1e308', 40))),
        ("values tiny", all_of(replace("run/events.jsonl", VALUE, '"value":5e-324'),
                               replace("run/events.jsonl", VALUE, '"value":0', 40))),
        ("steps huge", replace("run/events.jsonl", r'"step":\d+', '"step":9223372036854775807')),
        ("names with escapes", replace("run/events.jsonl", '"lora"', r'"\u001b]0;PWNED\u0007"')),
        ("a line of noise", replace("run/events.jsonl", r"\n.*\n", '\n{"event": \x00}\n', 3)),
    )
    for command in (VIEW, CSV, JSON, SVG)
] + [
    Fault("names with escapes on a terminal", replace(
        "run/events.jsonl", '"lora"', r'"\u001b]0;PWNED\u0007"'), CSV_SHOWN)
] + [Fault(f"{name}, resume", resumed(change), RESUME) for name, change in (
    ("seconds huge", replace("run/events.jsonl", SECONDS, '"seconds":1e300')),
    ("tokens huge", HUGE_TOKENS))]

CLAIMS = [
    Fault("65535 layers", edit_json(CONFIG, num_hidden_layers=65535), GENERATE, is_refused=True),
    Fault("16 million layers", edit_json(CONFIG, num_hidden_layers=16_000_000), GENERATE,
          is_refused=True),
    Fault("16 million positions", edit_json(CONFIG, max_position_embeddings=16_000_000), GENERATE),
    Fault("16 million layers in GGUF", gguf({"llama.block_count": 16_000_000}), GENERATE_GGUF,
          is_refused=True),
    Fault("vocabulary smaller than the tokenizer", all_of(
        edit_json(CONFIG, vocab_size=100),
        put("model/model.safetensors", specimens.safetensors(
            specimens.tensors() | {"model.embed_tokens.weight": [100, specimens.HIDDEN]}))), EVAL,
        is_refused=True),
    Fault("empty tokenizer, eval", EMPTY_TOKENIZER, EVAL, is_refused=True),
    Fault("empty tokenizer, generate", EMPTY_TOKENIZER, GENERATE, is_refused=True),
    Fault("empty tokenizer, run", EMPTY_TOKENIZER, RUN, is_refused=True),
    Fault("a record of 2 MB", put("code/train.jsonl", specimens.lines(
        [{"text": "a" * 2_000_000}])), SHOW),
    Fault("brackets that never close", put("hellaswag/validation.jsonl", specimens.lines(
        [specimens.TASKS["hellaswag"][0] | {"endings": ["[" * 400_000, "b", "c", "d"]}])),
        trials.command("eval --model model --tasks hellaswag --data . --limit 1 --quiet")),
]

OTHER_MODELS = [
    Fault("weights not finite, eval", weights("model/model.safetensors", value=float("nan")), EVAL,
          is_refused=True),
    Fault("weights not finite, run", weights("model/model.safetensors", value=float("inf")), RUN,
          is_refused=True),
    Fault("biases that no key announces", weights("model/model.safetensors", extra={
        "model.layers.0.self_attn.q_proj.bias": [specimens.HIDDEN]}), GENERATE, is_refused=True),
    Fault("two heads that are one", weights("model/model.safetensors", extra={
        "lm_head.weight": [len(specimens.vocabulary()), specimens.HIDDEN]}), GENERATE,
        is_refused=True),
    Fault("biases in GGUF", gguf(extra={"blk.0.attn_q.bias": [specimens.HIDDEN]}), GENERATE_GGUF,
          is_refused=True),
    Fault("first of two GGUF files", gguf({"split.count": 2, "split.no": 0}), GENERATE_GGUF,
          is_refused=True),
    Fault("sliding window", edit_json(CONFIG, model_type="mistral", sliding_window=4), GENERATE),
    Fault("sliding window of a type that has none", edit_json(CONFIG, sliding_window=4), GENERATE,
          is_refused=True),
    Fault("two rotary bases", edit_json(CONFIG, rope_parameters={
        "rope_theta": 500.0, "rope_type": "default"}), GENERATE),
    Fault("quantised", edit_json(CONFIG, quantization_config={"load_in_4bit": True}), GENERATE,
          is_refused=True),
    Fault("half of an adapter", pair_lost, EVAL_ADAPTER, is_refused=True),
    Fault("adapter of some layers", edit_json("adapter/adapter_config.json",
                                              layers_to_transform=[0]), EVAL_ADAPTER,
          is_refused=True),
    Fault("pointer of Git LFS", put("model/model.safetensors",
          "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"), GENERATE,
          is_refused=True),
    Fault("end mark that is no token", edit_json("model/tokenizer_config.json",
                                                 eos_token="<|none|>"), SHOW, is_refused=True),
    Fault("escapes in a name", edit_json(CONFIG, model_type="\x1b]0;PWNED\x07"), GENERATE,
          is_refused=True),
    Fault("folder for a tokenizer", folder("model/tokenizer.json"), GENERATE, is_refused=True),
    Fault("folder for a configuration", folder("model/config.json"), GENERATE, is_refused=True),
    Fault("merge keys", replace("study.yaml", "train:", "<<: { steps: 3 }\ntrain:"), RUN,
          is_refused=True),
]

FAULTS = STORED_STATE + LINKS + LOGS + CLAIMS + OTHER_MODELS
