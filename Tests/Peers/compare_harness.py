"""Scores again, with lm-evaluation-harness, what `lethe eval --samples` scored, item by item.

    lethe eval --model MODEL --tasks hellaswag,arc_challenge,winogrande,gsm8k,humaneval,mbpp \\
        --data DATA --limit 20 --shots gsm8k=5 --samples SAMPLES
    python Tests/Peers/compare_harness.py --model MODEL --data DATA --shots gsm8k=5 SAMPLES

The tasks are the harness's own, on the rows of DATA, as many as SAMPLES has. Prints a line for each
task: how many items have the same prompt, to the character, and the same result; of options the
largest difference of a log-likelihood, and of written answers how many are the same text. Of a written
answer that differs it says how far apart the two likeliest tokens were where the texts part.
"""

import argparse
import contextlib
import json
import os
import sys
from collections import defaultdict
from pathlib import Path

os.environ |= {"HF_HUB_OFFLINE": "1", "HF_ALLOW_CODE_EVAL": "1"}
import torch
from lm_eval import evaluator
from lm_eval.models.huggingface import HFLM

import base
import compare_answers
import harness_goldens as harness


def rows(folder, *names):
    """The rows of the first file that exists."""
    file = next(folder / name for name in names if (folder / name).exists())
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def hellaswag(data):
    read = rows(data, "hellaswag/hellaswag_val.jsonl", "hellaswag/validation.jsonl")
    hub = [{**row, "label": str(row["label"])} for row in read]
    return {"train": hub[:1], "validation": hub}


def arc(data):
    """Rows as they are published, or with the right option as an index."""
    def hub(row):
        if "gold" not in row:
            return {"question": row["question"]["stem"], **harness.nested(row)}
        labels = "ABCDE"[: len(row["choices"])]
        return {"id": row["id"], "question": row["question"], "answerKey": labels[row["gold"]],
                "choices": {"text": row["choices"], "label": list(labels)}}
    read = rows(data, "arc_challenge/ARC-Challenge-Test.jsonl", "arc_challenge/validation.jsonl")
    hub_rows = [hub(row) for row in read]
    return {"train": hub_rows[:1], "validation": hub_rows[:1], "test": hub_rows}


def winogrande(data):
    read = rows(data, "winogrande/dev.jsonl", "winogrande/validation.jsonl")
    return {"train": read[:1], "validation": read}


def gsm8k(data):
    return {"train": rows(data, "gsm8k/train.jsonl"), "test": rows(data, "gsm8k/test.jsonl")}


def humaneval(data):
    return {"test": rows(data, "humaneval/HumanEval.jsonl")}


def mbpp(data):
    return {"test": [row for row in rows(data, "mbpp/mbpp.jsonl") if 11 <= row["task_id"] <= 510]}


TASKS = {"hellaswag": hellaswag, "arc_challenge": arc, "winogrande": winogrande, "gsm8k": gsm8k,
         "humaneval": humaneval, "mbpp": mbpp}

# Metrics under both names; the harness has one for each filter of an answer.
EXACT = {"strict-match": "exact_match", "flexible-extract": "exact_match_flexible"}


def scored(model, name, data, shots, limit):
    """The harness's samples: by item and by filter. Programs are compared, and not run."""
    task = harness.prepared(name, TASKS[name](data), shots)
    result = evaluator.evaluate(
        lm=model, task_dict={"tasks": {name: task}, "groups": {}}, limit=limit, bootstrap_iters=0,
        log_samples=True, confirm_run_unsafe_code=True)
    found = defaultdict(dict)
    for sample in result["samples"][name]:
        found[sample["doc_id"]][sample.get("filter", "none")] = sample
    return [found[index] for index in sorted(found)]


def requests(sample):
    """What was asked: contexts, and what follows or how the answer ends."""
    arguments = sample["arguments"]
    if isinstance(arguments, dict):
        arguments = [list(arguments[key].values()) for key in sorted(arguments, key=lambda k: int(k.split("_")[-1]))]
    return [list(argument) for argument in arguments]


def compare_choices(own, theirs):
    report = {"items": len(own), "equal prompts": 0, "equal acc": 0, "equal acc_norm": 0, "largest difference": 0.0}
    for mine, filters in zip(own, theirs, strict=True):
        sample = next(iter(filters.values()))
        asked = [[c, t] for c, t in zip(mine["contexts"], mine["continuations"], strict=True)]
        report["equal prompts"] += asked == [r[:2] for r in requests(sample)]
        likelihoods = [float(r[0][0]) for r in sample["resps"]]
        report["largest difference"] = max(
            report["largest difference"],
            *(abs(a - b) for a, b in zip(mine["logLikelihoods"], likelihoods, strict=True)))
        report["equal acc"] += (mine["choice"] == mine["gold"]) == bool(sample["acc"])
        if "acc_norm" in sample:
            report["equal acc_norm"] += (mine.get("normalisedChoice") == mine["gold"]) == bool(sample["acc_norm"])
        else:
            report.pop("equal acc_norm", None)
    return report


def program(task, sample):
    """What the harness makes of an answer, as lethe's sample has it."""
    return {"humaneval": lambda: sample["prompt"] + sample["text"], "mbpp": lambda: sample["text"]}[task]()


def compare_answers_of(task, own, theirs, model):
    report = {"items": len(own), "equal prompts": 0, "equal answers": 0}
    differing = []
    for mine, filters in zip(own, theirs, strict=True):
        sample = next(iter(filters.values()))
        prompt, answer = requests(sample)[0][0], sample["resps"][0][0]
        report["equal prompts"] += mine["prompt"] == prompt
        report["equal answers"] += mine["text"] == answer
        if mine["text"] != answer:
            ids = torch.tensor(model.tokenizer.encode(prompt))[-model.max_length + 256 :]
            written = torch.tensor(model.tokenizer.encode(answer, add_special_tokens=False))
            gap = compare_answers.gap(model.model, model.tokenizer, ids, written, mine["text"])
            differing.append({"index": mine["index"], "lethe": mine["text"], "harness": answer, "gap": gap})
        for name, filtered in filters.items():
            if name in EXACT:
                key = f"equal {EXACT[name]}"
                report[key] = report.get(key, 0) + int(mine["scores"][EXACT[name]] == filtered["exact_match"])
            else:
                key = "equal programs"
                made = filtered["filtered_resps"]
                while isinstance(made, list):
                    made = made[0]
                report[key] = report.get(key, 0) + (program(task, mine) == made)
    return report | ({"differing": differing} if differing else {})


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("samples", type=Path)
    parser.add_argument("--model", required=True, help="a Hugging Face folder or a .gguf file")
    parser.add_argument("--data", required=True, type=Path, help="the folder with the tasks' files")
    parser.add_argument("--shots", nargs="*", default=[], help="examples, as gsm8k=5")
    parser.add_argument("--batch", type=int, default=8, help="requests in a batch")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    shots = {task: int(count) for task, count in (item.split("=") for item in arguments.shots)}
    samples = defaultdict(list)
    for line in arguments.samples.read_text(encoding="utf-8").splitlines():
        sample = json.loads(line)
        samples[sample["task"]].append(sample)
    with contextlib.redirect_stdout(sys.stderr):
        model = HFLM(
            pretrained=base.load_model(arguments.model), tokenizer=base.load_tokenizer(arguments.model),
            batch_size=arguments.batch, device="cpu")
    for task, own in samples.items():
        with contextlib.redirect_stdout(sys.stderr):
            theirs = scored(model, task, arguments.data, shots.get(task), len(own))
        compare = (
            compare_choices(own, theirs) if "contexts" in own[0]
            else compare_answers_of(task, own, theirs, model))
        print(json.dumps({"task": task} | compare, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
