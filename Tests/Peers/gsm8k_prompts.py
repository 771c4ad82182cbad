"""Writes prompts of GSM8K with examples before the question, for `generation_speed.py`.

    python Tests/Peers/gsm8k_prompts.py FOLDER --limit 16 --shots 5 > prompts.jsonl

`FOLDER` holds `gsm8k/train.jsonl` and `gsm8k/test.jsonl`. The text is that of lm-evaluation-harness's
task `gsm8k`. The examples are the first of the training data before every question; with `--drawn`
they are drawn anew for every question, as the task does by default.
"""

import argparse
import itertools
import json
import random
from pathlib import Path

UNTIL = ["Question:", "</s>", "<|im_end|>"]


def rows(file):
    return [json.loads(line) for line in file.read_text().splitlines() if line.strip()]


def prompts(folder, limit, shots, drawn):
    """Rows of a prompt and the texts that end its answer."""
    train, test = (rows(Path(folder) / f"gsm8k/{name}.jsonl") for name in ("train", "test"))
    generator = random.Random(1234)
    for question in itertools.islice(test, limit):
        examples = generator.sample(train, shots) if drawn else train[:shots]
        parts = [f"Question: {row['question']}\nAnswer: {row['answer']}" for row in examples]
        parts.append(f"Question: {question['question']}\nAnswer:")
        yield {"prompt": "\n\n".join(parts), "until": UNTIL}


def write(file, folder, limit, shots=5, drawn=False):
    with open(file, "w") as stream:
        for row in prompts(folder, limit, shots, drawn):
            stream.write(json.dumps(row) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--limit", type=int, default=16)
    parser.add_argument("--shots", type=int, default=5)
    parser.add_argument("--drawn", action="store_true", help="other examples for every question")
    arguments = parser.parse_args()
    write("/dev/stdout", arguments.folder, arguments.limit, arguments.shots, arguments.drawn)


if __name__ == "__main__":
    main()
