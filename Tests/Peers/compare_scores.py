"""Scores again, with transformers and PEFT, what `lethe eval --samples` scored.

    lethe eval --model MODEL --adapter ADAPTER --tasks completion --samples SAMPLES
    python Tests/Peers/compare_scores.py MODEL SAMPLES --adapter ADAPTER

Prints the largest difference of an option's log-likelihood, in nats, and what it is relative to.
"""

import argparse
import json
from pathlib import Path

import torch

import base
from load_adapter import load


def requests(file):
    """(context, continuation, log-likelihood under lethe) of every option of every item."""
    for line in Path(file).read_text().splitlines():
        sample = json.loads(line)
        yield from zip(sample["contexts"], sample["continuations"], sample["logLikelihoods"])


@torch.no_grad()
def log_likelihood(model, tokenizer, context, continuation):
    """Of the ids that follow as many as the context has, as in lm-evaluation-harness."""
    start = len(tokenizer.encode(context.rstrip()))
    ids = torch.tensor([tokenizer.encode(context + continuation)])
    rows = model(input_ids=ids[:, :-1]).logits[0].double().log_softmax(-1)
    return rows.gather(1, ids[0, 1:, None])[start - 1 :].sum().item()


def compare(model, tokenizer, file):
    """The number of options, the largest difference and the mean size of a score."""
    scored = [
        (theirs, log_likelihood(model, tokenizer, context, continuation))
        for context, continuation, theirs in requests(file)
    ]
    return {
        "options": len(scored),
        "largest_difference": max(abs(own - theirs) for own, theirs in scored),
        "mean_score": sum(own for _, own in scored) / len(scored),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model")
    parser.add_argument("samples")
    parser.add_argument("--adapter", help="a checkpoint's folder (default: none)")
    arguments = parser.parse_args()
    model = load(arguments.model, arguments.adapter or arguments.model)
    tokenizer = base.load_tokenizer(arguments.model)
    print(json.dumps(compare(model, tokenizer, arguments.samples)))


if __name__ == "__main__":
    main()
