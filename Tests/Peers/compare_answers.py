"""Writes again, with transformers, what `lethe eval --samples` has a model write greedily.

    lethe eval --model MODEL --tasks gsm8k --data DATA --limit 20 --shots gsm8k=5 --samples SAMPLES
    python Tests/Peers/compare_answers.py MODEL SAMPLES

Every prompt is continued by itself, by `generate` without sampling; the answer ends before the first
text of `--until`. Prints how many answers are equal; of one that is not, both texts, and how far apart
the two likeliest tokens were where they part: tokens that are all but equally likely may be taken
either way.
"""

import argparse
import json
from pathlib import Path

import torch

import base
from gsm8k_prompts import UNTIL


def cut(text, until):
    for stop in until:
        text = text.split(stop)[0]
    return text


@torch.no_grad()
def answer(model, tokenizer, prompt, max_tokens, until):
    """The answer as text, and its ids up to the token in which it ends."""
    ids = tokenizer(prompt, return_tensors="pt").input_ids
    room = model.config.max_position_embeddings - max_tokens
    ids = ids[:, -room:]
    new = model.generate(
        ids,
        attention_mask=torch.ones_like(ids),
        max_new_tokens=max_tokens,
        do_sample=False,
        stop_strings=until,
        tokenizer=tokenizer,
        pad_token_id=tokenizer.eos_token_id,
    )[0, ids.shape[1] :]
    return cut(tokenizer.decode(new, skip_special_tokens=True), until), ids[0], new


@torch.no_grad()
def gap(model, tokenizer, prompt, new, other):
    """Between the two likeliest tokens where two answers part, in nats."""
    theirs = torch.tensor(tokenizer.encode(other, add_special_tokens=False))
    common = 0
    while common < min(len(new), len(theirs)) and new[common] == theirs[common]:
        common += 1
    logits = model(torch.cat([prompt, new[:common]])[None]).logits[0, -1].double()
    first, second = logits.topk(2).values.tolist()
    return first - second


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", help="a Hugging Face folder or a .gguf file")
    parser.add_argument("samples")
    parser.add_argument("--until", nargs="*", default=UNTIL, help="texts that end an answer")
    parser.add_argument("--max-tokens", type=int, default=256)
    arguments = parser.parse_args()
    model, tokenizer = base.load_model(arguments.model), base.load_tokenizer(arguments.model)
    samples = [json.loads(line) for line in Path(arguments.samples).read_text().splitlines()]
    samples = [sample for sample in samples if "prompt" in sample]
    differing = []
    for sample in samples:
        text, prompt, new = answer(
            model, tokenizer, sample["prompt"], arguments.max_tokens, arguments.until
        )
        if text == sample["text"]:
            continue
        differing.append(
            {
                "index": sample["index"],
                "lethe": sample["text"],
                "transformers": text,
                "gap": gap(model, tokenizer, prompt, new, sample["text"]),
            }
        )
    report = {"answers": len(samples), "equal": len(samples) - len(differing)}
    print(json.dumps(report | {"differing": differing}, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
