"""Goes around with a model of every family: lethe to transformers and PEFT, and PEFT to lethe.

    python Tests/Peers/check_families.py FOLDER

FOLDER holds Hugging Face folders, one of each family. Each is trained for three steps with lethe,
full and with adapters; transformers and PEFT load the checkpoints and the merged models, without a
tensor too many or too few. Then adapters of random numbers that PEFT saved, with ranks, scales and
layers of their own, are read and merged by lethe. Prints a table of tokens' log-likelihoods, in
nats, over rows of random ids: how far one is from the base's at most, and from the peer's; then of
every family the largest difference from the peer's.
"""

import argparse
import contextlib
import json
import sys
import tempfile
import warnings
from pathlib import Path

import peft
import torch
import transformers

from check_adapters import ROOT, Lethe
from load_adapter import check_tensors

ROWS, LENGTH = 4, 40
STEPS = 3
TOLERANCE = 1e-4
GROUPS = BASE, TRAINED, PEFT, MERGED = "base", "lethe's checkpoints", "PEFT's adapters", "merged"

STUDY = """
name: family
base: {model}
target: {{ domain: code, regime: continue, train: {text}, evaluation: {text} }}
source: {{ text: {text} }}
train: {{ steps: {steps}, batch_size: 2, sequence_length: 32, warmup_steps: 0 }}
evaluate: {{ every: {steps}, limit: 2 }}
arms:
  - {{ name: full, method: full, learning_rate: 1e-3 }}
  - {{ name: lora, method: lora, rank: 4, alpha: 8, learning_rate: 1e-2 }}
  - {{ name: dora, method: dora, rank: 4, alpha: 8, learning_rate: 1e-2 }}
  - {{ name: tables, method: lora, rank: 4, train_embeddings: true, train_head: {head},
      learning_rate: 1e-2 }}
"""

TEXT = "A quick brown fox jumps over 13 lazy dogs, and nobody has seen where it went. "


def names(model):
    """The last parts of the names of the linear layers but the head, in the order of a layer."""
    head = model.get_output_embeddings()
    modules = [item for item in model.named_modules() if item[1] is not head]
    linear = [name for name, module in modules if isinstance(module, torch.nn.Linear)]
    return list(dict.fromkeys(name.split(".")[-1] for name in linear))


def cases(model):
    """Configurations of PEFT that say something for some modules alone."""
    first, *_, last = names(model)
    tables = [
        next(name for name, module in model.named_modules() if module is table).split(".")[-1]
        for table in (model.get_input_embeddings(), model.get_output_embeddings())
    ]
    lora = {"r": 4, "lora_alpha": 6}
    everything = lora | {"target_modules": names(model)}
    some = {"layers_to_transform": [0, 2], "layers_pattern": ["h", "layers"]}
    patterns = {
        # In the order in which PEFT writes and reads them; the first that fits counts.
        "rank_pattern": {"layers.0.*": 3, rf"layers\.[1-9]\d*\..*{last}": 7, first: 2},
        "alpha_pattern": {rf"^.*layers\.(?P<index>1)\..*\.{first}": 11.5, last: 3},
    }
    return {
        "patterns": everything | patterns,
        "patterns, rslora": everything | patterns | {"use_rslora": True},
        "patterns, dora": everything | patterns | {"use_dora": True},
        "one layer": everything | {"layers_to_transform": 1},
        "some layers": everything | some,
        "expression": lora | {"target_modules": rf".*layers\.[02]\..*\.({first}|{last})"},
        "all-linear": lora | {"target_modules": "all-linear", "exclude_modules": [last]},
        "whole head": everything | {"modules_to_save": [tables[1]]},
        "whole table and norms": everything | {"modules_to_save": [tables[0], "norm"]},
        "whole tables, tied": everything | {"modules_to_save": tables, "ensure_weight_tying": True},
        "whole layer": everything | {"modules_to_save": [f"layers.1.{module_of(model, last)}"]},
    }


def module_of(model, name):
    """The module within a layer that has a projection."""
    path = next(path for path, _ in model.named_modules() if path.endswith("." + name))
    return path.split(".")[-2]


def configuration(model, options):
    if options.get("ensure_weight_tying") and not model.config.tie_word_embeddings:
        options = options | {"ensure_weight_tying": False}
    return peft.LoraConfig(task_type="CAUSAL_LM", **options)


def randomise(model, generator):
    """Gives all that an adapter trains values of its own."""
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.requires_grad:
                noise = torch.randn(parameter.shape, generator=generator)
                parameter.add_(noise * 0.3 * parameter.std().clamp(min=0.1).nan_to_num(0.1))


def load(folder):
    """A model of transformers, every tensor of which is in the folder, and nothing else."""
    model, info = transformers.AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager", output_loading_info=True
    )
    wrong = {key: value for key, value in info.items() if value}
    if wrong:
        sys.exit(f"{folder}: {wrong}")
    return model.eval()


@torch.no_grad()
def log_likelihoods(model, rows):
    ids = torch.tensor(rows)
    logits = model(input_ids=ids[:, :-1]).logits.double().log_softmax(-1)
    return logits.gather(2, ids[:, 1:, None])[..., 0].tolist()


def difference(own, theirs):
    """The largest difference of two log-likelihoods of a token."""
    pairs = zip(sum(own, []), sum(theirs, []), strict=True)
    return max(abs(one - other) for one, other in pairs)


class Family:
    """One folder, and the rows of ids that it is compared on."""

    def __init__(self, lethe, model, folder):
        self.lethe, self.model, self.folder = lethe, model, folder
        self.name = model.name
        config = transformers.AutoConfig.from_pretrained(model)
        self.is_tied = config.tie_word_embeddings
        generator = torch.Generator().manual_seed(1)
        size = (ROWS, LENGTH)
        self.rows = torch.randint(1, config.vocab_size, size, generator=generator).tolist()
        self.ids = folder / "ids.jsonl"
        self.ids.write_text("".join(json.dumps(row) + "\n" for row in self.rows))
        self.base = log_likelihoods(load(model), self.rows)
        self.largest = dict.fromkeys(GROUPS, 0.0)

    def score(self, model, *adapter):
        """lethe's log-likelihoods."""
        samples = self.folder / "samples.jsonl"
        options = ["--ids", self.ids, "--samples", samples, "--quiet"]
        self.lethe("eval", "--model", model, *options, *adapter)
        lines = samples.read_text().splitlines()
        return [json.loads(line)["logLikelihoods"] for line in lines]

    def compare(self, group, case, theirs, model, *adapter):
        """A row of the table."""
        largest = difference(self.score(model, *adapter), theirs)
        change = difference(theirs, self.base)
        print(f"| {self.name} | {case} | {change:.2g} | {largest:.1e} |", flush=True)
        self.largest[group] = max(self.largest[group], largest)

    def compare_merged(self, case, theirs, adapter):
        """Merges an adapter with lethe, and compares both programs' reading with the adapter's."""
        merged = self.folder / "merged" / str(len(list(self.folder.glob("merged/*"))))
        merged.parent.mkdir(exist_ok=True)
        self.lethe("model", "merge", self.model, "--adapter", adapter, "--out", merged)
        self.compare(MERGED, f"{case}, merged", theirs, merged)
        other = difference(log_likelihoods(load(merged), self.rows), theirs)
        self.largest[MERGED] = max(self.largest[MERGED], other)
        return merged

    def check_trained(self):
        """What lethe trained."""
        text = self.folder / "text.txt"
        text.write_text("\n\n".join(f"{index}. {TEXT * 4}" for index in range(40)))
        study = self.folder / "study.yaml"
        head = "false" if self.is_tied else "true"
        study.write_text(STUDY.format(model=self.model, text=text, steps=STEPS, head=head))
        run = self.folder / "run"
        self.lethe("run", study, "--headless", "--quiet", "--out", run)
        for checkpoint in sorted(run.glob(f"checkpoints/*/step-{STEPS}")):
            name = checkpoint.parent.name
            if (checkpoint / "adapter_config.json").exists():
                model = peft.PeftModel.from_pretrained(load(self.model), checkpoint).eval()
                check_tensors(model, checkpoint)
            else:
                model = load(checkpoint)
            theirs = log_likelihoods(model, self.rows)
            self.compare(TRAINED, name, theirs, self.model, "--adapter", checkpoint)
            self.check_files(self.compare_merged(name, theirs, checkpoint))

    def check_files(self, merged):
        """The family's own names and keys, and the files of its tokenizer."""
        own = json.loads((self.model / "config.json").read_text())
        new = json.loads((merged / "config.json").read_text())
        changed = {key for key in own.keys() | new.keys() if own.get(key) != new.get(key)}
        if changed - {"tie_word_embeddings", "dtype", "torch_dtype"}:
            sys.exit(f"{merged}: config.json differs in {changed}")
        for file in self.model.iterdir():
            is_weights = file.name.startswith("model") and "safetensors" in file.name
            if is_weights or file.name in ["config.json", "golden.json"]:
                continue
            if not (merged / file.name).exists():
                sys.exit(f"{merged}: no {file.name}")
            if (merged / file.name).read_bytes() != file.read_bytes():
                sys.exit(f"{merged}: {file.name} differs")

    def check_adapters(self):
        """What PEFT saved."""
        generator = torch.Generator().manual_seed(2)
        for name, options in cases(load(self.model)).items():
            base = load(self.model)
            model = peft.get_peft_model(base, configuration(base, options))
            randomise(model, generator)
            adapter = self.folder / "adapters" / name.replace(", ", "-").replace(" ", "-")
            model.save_pretrained(adapter)
            # As PEFT reads it again, for it may not be what it wrote.
            theirs = peft.PeftModel.from_pretrained(load(self.model), adapter).eval()
            expected = log_likelihoods(theirs, self.rows)
            self.compare(PEFT, f"PEFT's {name}", expected, self.model, "--adapter", adapter)
            self.compare_merged(f"PEFT's {name}", expected, adapter)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lethe", default=str(ROOT / ".build/release/lethe"))
    parser.add_argument("--only", help="one family's folder")
    parser.add_argument("--keep", type=Path, help="where what is made stays (default: nowhere)")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    lethe = Lethe(arguments.lethe)
    print("| family | model | from the base | from the peer |\n|---|---|---|---|")
    largest = {}
    for model in sorted(arguments.folder.resolve().iterdir()):
        if not (model / "config.json").exists() or arguments.only not in (None, model.name):
            continue
        with contextlib.ExitStack() as stack:
            folder = arguments.keep or stack.enter_context(tempfile.TemporaryDirectory())
            folder = Path(folder) / model.name
            folder.mkdir(parents=True)
            family = Family(lethe, model, folder)
            family.compare(BASE, "as it is", family.base, model)
            family.check_trained()
            family.check_adapters()
            largest[model.name] = family.largest
    print(f"\n| family | {' | '.join(GROUPS)} |\n|{'---|' * (1 + len(GROUPS))}")
    for name, found in largest.items():
        print(f"| {name} | {' | '.join(f'{found[group]:.1e}' for group in GROUPS)} |")
    sys.exit(max(max(found.values()) for found in largest.values()) > TOLERANCE)


if __name__ == "__main__":
    main()
