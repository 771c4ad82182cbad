"""Makes Tests/Fixtures/texts/wiki.json: what lm-evaluation-harness makes of the file beside it.

    python Tests/Peers/text_golden.py datasets/base/tiny Tests/Fixtures/texts/wiki.raw > .../wiki.json

Articles, their text as it is read, words, bytes and log-likelihoods, and the numbers of its task
`wikitext`, with the model of a Hugging Face folder.
"""

import argparse
import contextlib
import json
import os
import sys
import tempfile
from pathlib import Path

import lm_eval
import lm_eval.models.huggingface
from lm_eval.tasks.wikitext import preprocess_wikitext as wikitext

import base


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", help="a Hugging Face folder or a .gguf file")
    parser.add_argument("text", type=Path, help="in WikiText's published form")
    parser.add_argument("--limit", type=int, help="articles, from the start")
    parser.add_argument("--numbers", action="store_true", help="print the task's numbers alone")
    return parser.parse_args()


def articles(text):
    """The documents of EleutherAI/wikitext_document_level, made of a file as it is published."""
    lines = []
    for line in text.split("\n"):
        plain = line.replace("= = =", "===").replace("= =", "==").strip()
        if plain.startswith("= ") and plain.endswith(" ="):
            if "\n".join(lines).strip():
                yield "\n".join(lines)
            lines = []
        lines.append(line)
    yield "\n".join(lines)


def task(file):
    """The task `wikitext` as the harness defines it, on a file instead of the hub's data."""
    return {
        "task": "wikitext_file",
        "dataset_path": "json",
        "dataset_kwargs": {"data_files": {"test": str(file)}},
        "test_split": "test",
        "output_type": "loglikelihood_rolling",
        "doc_to_text": "",
        "doc_to_target": wikitext.wikitext_detokenizer,
        "process_results": wikitext.process_results,
        "metric_list": [
            {"metric": metric} for metric in ["word_perplexity", "byte_perplexity", "bits_per_byte"]
        ],
    }


def score(arguments, pages):
    model = lm_eval.models.huggingface.HFLM(
        pretrained=base.load_model(arguments.model),
        tokenizer=base.load_tokenizer(arguments.model),
        batch_size=1,
        device="cpu",
    )
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.writelines(json.dumps({"page": page}) + "\n" for page in pages)
        file.flush()
        return lm_eval.simple_evaluate(
            model, tasks=[task(file.name)], bootstrap_iters=0, log_samples=True
        )


def main():
    os.environ["HF_HUB_OFFLINE"] = "1"
    arguments = parse_arguments()
    pages = list(articles(arguments.text.read_text(encoding="utf-8")))[: arguments.limit]
    with contextlib.redirect_stdout(sys.stderr):
        result = score(arguments, pages)
    numbers = {
        name.split(",")[0]: value
        for name, value in result["results"]["wikitext_file"].items()
        if name.endswith(",none") and isinstance(value, float)
    }
    if arguments.numbers:
        print(json.dumps(numbers))
        return
    samples = sorted(result["samples"]["wikitext_file"], key=lambda sample: sample["doc_id"])
    documents = []
    for page, sample in zip(pages, samples, strict=True):
        likelihood, words = sample["word_perplexity"]
        documents.append(
            {
                "page": page,
                "text": wikitext.wikitext_detokenizer({"page": page}),
                "words": words,
                "bytes": sample["byte_perplexity"][1],
                "log_likelihood": likelihood,
            }
        )
    print(json.dumps({"numbers": numbers, "documents": documents}, indent=1))


if __name__ == "__main__":
    main()
