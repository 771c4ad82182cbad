"""HellaSwag items per second of lm-evaluation-harness with its `hf` model.

    python Tests/Peers/eval_speed.py --model FOLDER_OR_GGUF --data VALIDATION.jsonl --limit 40

Prints one JSON object. Loading the model and preparing the texts are not timed.
"""

import argparse
import contextlib
import json
import os
import sys
import time

import lm_eval
import lm_eval.models.huggingface
import torch
from lm_eval.tasks.hellaswag import utils as hellaswag

import base

WARM_UP_ITEMS = 4


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", required=True, help="a Hugging Face folder or a .gguf file")
    parser.add_argument("--data", required=True, help="HellaSwag's validation file")
    parser.add_argument("--limit", type=int, default=40, help="items")
    parser.add_argument("--batch", type=int, default=8, help="requests in a batch")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


class TimedModel(lm_eval.models.huggingface.HFLM):
    """The harness's model with a clock around the scoring."""

    seconds = 0.0

    def loglikelihood(self, requests, **options):
        start = time.perf_counter()
        result = super().loglikelihood(requests, **options)
        self.seconds = time.perf_counter() - start
        return result


def load_model(arguments):
    model = base.load_model(arguments.model)
    tokenizer = base.load_tokenizer(arguments.model)
    return TimedModel(
        pretrained=model, tokenizer=tokenizer, batch_size=arguments.batch, device="cpu"
    )


def task(data):
    """HellaSwag as the harness defines it, on a file instead of the hub's data."""
    return {
        "task": "hellaswag_file",
        "dataset_path": "json",
        "dataset_kwargs": {"data_files": {"validation": str(data)}},
        "validation_split": "validation",
        "output_type": "multiple_choice",
        "process_docs": hellaswag.process_docs,
        "doc_to_text": "{{query}}",
        "doc_to_target": "{{label}}",
        "doc_to_choice": "choices",
        "metric_list": [
            {"metric": metric, "aggregation": "mean", "higher_is_better": True}
            for metric in ["acc", "acc_norm"]
        ],
    }


def score(model, data, limit):
    """Scores the first items and gives the task's metrics."""
    result = lm_eval.simple_evaluate(model, tasks=[task(data)], limit=limit, bootstrap_iters=0)
    return result["results"]["hellaswag_file"]


def main():
    os.environ["HF_HUB_OFFLINE"] = "1"
    arguments = parse_arguments()
    torch.set_num_threads(arguments.threads)
    with contextlib.redirect_stdout(sys.stderr):
        model = load_model(arguments)
        score(model, arguments.data, WARM_UP_ITEMS)
        metrics = score(model, arguments.data, arguments.limit)
    report = {
        "items": arguments.limit,
        "items_per_second": arguments.limit / model.seconds,
        "acc": metrics["acc,none"],
        "acc_norm": metrics["acc_norm,none"],
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
