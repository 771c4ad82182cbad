"""Tokens per second that lm-evaluation-harness writes with its `hf` model, greedily.

    python Tests/Peers/gsm8k_prompts.py DATA --limit 16 > prompts.jsonl
    python Tests/Peers/generation_speed.py --model FOLDER_OR_GGUF --prompts prompts.jsonl
    lethe bench generate --model FOLDER_OR_GGUF --prompts prompts.jsonl

Prints one JSON object. Loading the model and preparing the texts are not timed; counted are the tokens
of the answers up to the first text that ends them, as `lethe bench generate` counts them.
"""

import argparse
import contextlib
import json
import os
import sys
import time
from pathlib import Path

import lm_eval
import lm_eval.models.huggingface
import torch

import base


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", required=True, help="a Hugging Face folder or a .gguf file")
    parser.add_argument("--prompts", required=True, type=Path, help="rows of `prompt` and `until`")
    parser.add_argument("--max-tokens", type=int, default=256, help="of an answer")
    parser.add_argument("--batch", type=int, default=8, help="prompts in a batch")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--answers", type=Path, help="a file for the answers, a row each")
    return parser.parse_args()


class TimedModel(lm_eval.models.huggingface.HFLM):
    """The harness's model with a clock around the generation."""

    seconds = 0.0

    def generate_until(self, requests, **options):
        start = time.perf_counter()
        answers = super().generate_until(requests, **options)
        self.seconds = time.perf_counter() - start
        return answers


def task(file, until, max_tokens):
    return {
        "task": "written_file",
        "dataset_path": "json",
        "dataset_kwargs": {"data_files": {"test": str(file)}},
        "test_split": "test",
        "output_type": "generate_until",
        "doc_to_text": "{{prompt}}",
        "doc_to_target": "",
        "generation_kwargs": {"until": until, "do_sample": False, "max_gen_toks": max_tokens},
        "metric_list": [{"metric": "exact_match"}],
    }


def answers(model, arguments):
    """The answer to every prompt, in order."""
    rows = [json.loads(line) for line in arguments.prompts.read_text().splitlines()]
    definition = task(arguments.prompts, rows[0]["until"], arguments.max_tokens)
    result = lm_eval.simple_evaluate(
        model, tasks=[definition], bootstrap_iters=0, log_samples=True
    )
    samples = sorted(result["samples"]["written_file"], key=lambda sample: sample["doc_id"])
    return [sample["resps"][0][0] for sample in samples]


def main():
    os.environ["HF_HUB_OFFLINE"] = "1"
    arguments = parse_arguments()
    torch.set_num_threads(arguments.threads)
    with contextlib.redirect_stdout(sys.stderr):
        tokenizer = base.load_tokenizer(arguments.model)
        model = TimedModel(
            pretrained=base.load_model(arguments.model),
            tokenizer=tokenizer,
            batch_size=arguments.batch,
            device="cpu",
        )
        texts = answers(model, arguments)
    if arguments.answers:
        arguments.answers.write_text("".join(json.dumps(text) + "\n" for text in texts))
    tokens = sum(len(tokenizer.encode(text, add_special_tokens=False)) for text in texts)
    report = {
        "prompts": len(texts),
        "tokens": tokens,
        "seconds": model.seconds,
        "tokens_per_second": tokens / model.seconds,
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
