"""Trains the embedded base a little with every method that PEFT knows, and compares the scores.

    python Tests/Peers/check_adapters.py

Prints a table: the largest difference between lethe and PEFT of an option's log-likelihood, over
the options of a task, and whether the greedy tokens of the untrained base are the same.
"""

import argparse
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import base
from compare_scores import compare
from load_adapter import describe, load

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "datasets/base/tiny"
PROMPTS = ["The capital of", "Carl is chopping wood. He", "Once upon a time", "Anna gave"]
TOKENS = 40
TASK = "completion"
ITEMS = 10

STUDY = """
name: adapters
base: tiny
target: { domain: code, regime: instruct, train: code/train.jsonl, tasks: [code] }
source: { tasks: [facts], text: world/heldout.txt }
train: { steps: 10, warmup_steps: 1 }
evaluate: { every: 10, limit: 2 }
arms:
  - { name: full, method: full, learning_rate: 2e-3 }
  - { name: lora, method: lora, rank: 8, alpha: 12, learning_rate: 1e-2 }
  - { name: rslora, method: lora, scaling: rslora, rank: 8, alpha: 12, learning_rate: 1e-2 }
  - { name: lora-plus, method: lora+, rank: 8, learning_rate: 3e-3 }
  - { name: asylora, method: asylora, rank: 8, learning_rate: 1e-2 }
  - { name: dora, method: dora, rank: 8, alpha: 12, learning_rate: 1e-2 }
  - { name: pissa, method: pissa, rank: 8, alpha: 12, learning_rate: 5e-3 }
  - { name: milora, method: milora, rank: 8, alpha: 12, learning_rate: 1e-2 }
  - { name: vera, method: vera, rank: 64, learning_rate: 1e-1 }
  - { name: relora, method: relora, rank: 8, restart_every: 4, restart_warmup: 1,
      learning_rate: 1e-2 }
  - { name: lora-embeddings, method: lora, rank: 8, train_embeddings: true, learning_rate: 3e-3 }
"""


class Lethe:
    """The program, as a function of its arguments."""

    def __init__(self, program):
        self.program = program

    def __call__(self, *arguments):
        command = [self.program, *map(str, arguments)]
        result = subprocess.run(command, stdout=subprocess.PIPE, text=True)
        if result.returncode:
            sys.exit(f"{' '.join(command)} failed")
        return result.stdout

    def score(self, samples, *adapter):
        task = ["--tasks", TASK, "--limit", ITEMS]
        self("eval", "--model", MODEL, *task, "--samples", samples, "--quiet", *adapter)


def checkpoints(lethe, folder):
    """Trains all arms and gives the last checkpoint of each."""
    (folder / "study.yaml").write_text(STUDY)
    lethe("run", folder / "study.yaml", "--headless", "--quiet", "--out", folder / "run")
    return sorted((folder / "run/checkpoints").glob("*/step-10"))


def same_greedy_texts(lethe, model, tokenizer):
    """How many prompts the untrained base continues alike."""
    return sum(
        lethe("generate", "--model", MODEL, "--prompt", prompt, "--max-tokens", TOKENS)
        == describe(model, tokenizer, prompt, TOKENS)["text"] + "\n"
        for prompt in PROMPTS
    )


def row(name, result):
    difference = result["largest_difference"]
    print(f"| {name} | {result['options']} | {result['mean_score']:.2f} | {difference:.1e} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lethe", default=str(ROOT / ".build/release/lethe"))
    warnings.simplefilter("ignore", FutureWarning)
    lethe = Lethe(parser.parse_args().lethe)
    tokenizer = base.load_tokenizer(MODEL)
    model = load(MODEL, MODEL)
    print("| trained | options | mean log-likelihood | largest difference |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        samples = Path(name) / "samples.jsonl"
        lethe.score(samples)
        row("nothing", compare(model, tokenizer, samples))
        for checkpoint in checkpoints(lethe, Path(name)):
            lethe.score(samples, "--adapter", checkpoint)
            trained = load(MODEL, checkpoint)
            row(checkpoint.parent.name, compare(trained, tokenizer, samples))
    same = same_greedy_texts(lethe, model, tokenizer)
    print(f"\n{same} of {len(PROMPTS)} prompts are continued alike by the base")


if __name__ == "__main__":
    main()
