"""Makes Tests/Fixtures/harness: rows as they are published, and what lm-evaluation-harness asks of them.

Usage: harness_goldens.py FOLDER

`FOLDER/data/TASK/...` are the rows of harness_rows.py, laid out as a user's data folder, and
`FOLDER/requests/TASK.json` is what the harness makes of them: at each number of shots the contexts,
continuations and targets of every document, or the contexts, stop strings and lengths of what is
generated; what it scores when a model gives made-up log-likelihoods, and what its filters take out
of made-up answers. `FOLDER/draws.json` has what Python's generator draws. The task objects are the harness' own, made from the YAML files that it comes
with; only the rows are ours. Nothing is fetched.
"""

import csv
import json
import os
import random
import sys
import zlib
from pathlib import Path
from unittest.mock import patch

os.environ |= {"HF_HUB_OFFLINE": "1", "HF_DATASETS_DISABLE_PROGRESS_BARS": "1"}
import datasets
import evaluate
from lm_eval import evaluator
from lm_eval.api.instance import Instance
from lm_eval.api.model import LM
from lm_eval.tasks import TaskManager

import harness_rows as rows

SEED = 1234
MANAGER = TaskManager()


# Files as they are published, written from rows; and the same rows as the harness' data sets have them.


def jsonl(file, lines):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return lines


def lines(file, texts):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")


def hellaswag(folder):
    jsonl(folder / "hellaswag/hellaswag_train.jsonl", train := rows.hellaswag(7, 100))
    jsonl(folder / "hellaswag/hellaswag_val.jsonl", val := rows.hellaswag(6, 0))
    hub = lambda r: {**r, "label": str(r["label"])}
    return {"train": [hub(r) for r in train], "validation": [hub(r) for r in val]}


def nested(row):
    """ARC and OpenBookQA: a nested question becomes columns."""
    choices = row["question"]["choices"]
    return {"choices": {"text": [c["text"] for c in choices], "label": [c["label"] for c in choices]},
            "answerKey": row["answerKey"], "id": row["id"]}


def arc(task, name):
    def write(folder):
        hub = lambda r: {"question": r["question"]["stem"], **nested(r)}
        jsonl(folder / f"{task}/{name}-Train.jsonl", train := rows.arc(name + "_train", 6))
        jsonl(folder / f"{task}/{name}-Test.jsonl", test := rows.arc(name, 5))
        return {"train": [hub(r) for r in train], "validation": [hub(train[0])], "test": [hub(r) for r in test]}
    return write


def winogrande(folder):
    train = jsonl(folder / "winogrande/train_xl.jsonl", rows.winogrande(5, 3))
    return {"train": train, "validation": jsonl(folder / "winogrande/dev.jsonl", rows.winogrande(4, 0))}


def piqa(folder):
    splits = {}
    for split, name, part in [("train", "train", rows.piqa(5, 2)), ("validation", "valid", rows.piqa(4, 0))]:
        jsonl(folder / f"piqa/{name}.jsonl", [{k: r[k] for k in ("goal", "sol1", "sol2")} for r in part])
        lines(folder / f"piqa/{name}-labels.lst", [r["label"] for r in part])
        splits[split] = part
    return splits


def openbookqa(folder):
    hub = lambda r: {"question_stem": r["question"]["stem"], **nested(r)}
    train = jsonl(folder / "openbookqa/train.jsonl", rows.openbookqa(5, 2))
    test = jsonl(folder / "openbookqa/test.jsonl", rows.openbookqa(3, 0))
    return {"train": [hub(r) for r in train], "validation": [hub(train[0])], "test": [hub(r) for r in test]}


def boolq(folder):
    hub = lambda r: {**r, "label": int(r["label"])}
    train = jsonl(folder / "boolq/train.jsonl", rows.boolq(4, 2))
    val = jsonl(folder / "boolq/val.jsonl", rows.boolq(3, 0))
    return {"train": [hub(r) for r in train], "validation": [hub(r) for r in val]}


def mmlu(subject):
    def write(folder):
        splits = {}
        for split, part in rows.MMLU[subject].items():
            file = folder / f"mmlu/{split}/{subject}_{split}.csv"
            file.parent.mkdir(parents=True, exist_ok=True)
            with open(file, "w", newline="", encoding="utf-8") as out:
                csv.writer(out, lineterminator="\n").writerows(part)
            splits[split] = [
                {"question": r[0], "subject": subject, "choices": list(r[1:5]), "answer": "ABCD".index(r[5])} for r in part]
        return splits
    return write


def lambada_openai(folder):
    return {"test": jsonl(folder / "lambada_openai/lambada_test.jsonl", [{"text": t} for t in rows.LAMBADA])}


def lambada_standard(folder):
    test = [t for t in rows.LAMBADA if "\n" not in t]
    lines(folder / "lambada_standard/lambada_test_plain_text.txt", test)
    lines(folder / "lambada_standard/lambada_development_plain_text.txt", rows.LAMBADA_DEVELOPMENT)
    return {"test": [{"text": t} for t in test], "validation": [{"text": t} for t in rows.LAMBADA_DEVELOPMENT]}


def truthfulqa(task):
    def write(folder):
        file = folder / f"{task}/mc_task.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(rows.TRUTHFULQA, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        targets = lambda t: {"choices": list(t), "labels": list(t.values())}
        return {"validation": [
            {"question": r["question"], "mc1_targets": targets(r["mc1_targets"]), "mc2_targets": targets(r["mc2_targets"])}
            for r in rows.TRUTHFULQA]}
    return write


def commonsense_qa(folder):
    hub = lambda r: {"question": r["question"]["stem"], "question_concept": r["question"]["question_concept"], **nested(r)}
    train = jsonl(folder / "commonsense_qa/train_rand_split.jsonl", rows.csqa(5, 1))
    dev = jsonl(folder / "commonsense_qa/dev_rand_split.jsonl", rows.csqa(3, 0))
    return {"train": [hub(r) for r in train], "validation": [hub(r) for r in dev]}


def gsm8k(task):
    def write(folder):
        test = jsonl(folder / f"{task}/test.jsonl", rows.GSM8K_TEST)
        train = rows.gsm8k_train()
        if task == "gsm8k":
            jsonl(folder / "gsm8k/train.jsonl", train)
        return {"train": train, "test": test}
    return write


def asdiv(folder):
    return {"validation": jsonl(folder / "asdiv/validation.jsonl", rows.ASDIV)}


def humaneval(folder):
    return {"test": jsonl(folder / "humaneval/HumanEval.jsonl", rows.HUMANEVAL)}


def mbpp(folder):
    all_rows = jsonl(folder / "mbpp/mbpp.jsonl", rows.MBPP)
    return {"test": [r for r in all_rows if 11 <= r["task_id"] <= 510]}


# Task, where its rows come from, numbers of shots (None: as the task has it and cannot be changed).
TASKS = [
    ("hellaswag", hellaswag, [0, 3]),
    ("arc_easy", arc("arc_easy", "ARC-Easy"), [0, 2]),
    ("arc_challenge", arc("arc_challenge", "ARC-Challenge"), [0, 5]),
    ("winogrande", winogrande, [0, 3]),
    ("piqa", piqa, [0, 2]),
    ("openbookqa", openbookqa, [0, 2]),
    ("boolq", boolq, [0, 2]),
    ("mmlu_anatomy", mmlu("anatomy"), [0, 5]),
    ("mmlu_moral_scenarios", mmlu("moral_scenarios"), [0, 5]),
    ("lambada_openai", lambada_openai, [0, 2]),
    ("lambada_standard", lambada_standard, [0, 2]),
    ("truthfulqa_mc1", truthfulqa("truthfulqa_mc1"), [None]),
    ("truthfulqa_mc2", truthfulqa("truthfulqa_mc2"), [None]),
    ("commonsense_qa", commonsense_qa, [0, 3]),
    ("gsm8k", gsm8k("gsm8k"), [0, 5]),
    ("gsm8k_cot", gsm8k("gsm8k_cot"), [0, 8]),
    ("asdiv", asdiv, [0, 2, 4]),
    ("humaneval", humaneval, [None]),
    ("mbpp", mbpp, [0, 3]),
]


class MadeUpModel(LM):
    """Log-likelihoods out of a checksum of the text: between -30 and 0, in hundredths, some of them equal."""

    def loglikelihood(self, requests):
        return [self.score(*request.args) for request in requests]

    def score(self, context, continuation):
        number = zlib.crc32((context + "\0" + continuation).encode())
        return -(number % 3000) / 100, number % 5 == 0

    def loglikelihood_rolling(self, requests):
        raise NotImplementedError

    def generate_until(self, requests):
        return ["" for _ in requests]


class NoPrograms:
    """Stands in for the metric that runs programs, which would be fetched from a hub."""

    def compute(self, references, predictions, k=(1,)):
        return {f"pass@{n}": 0.0 for n in k}, {}


def load(name, splits):
    data = datasets.DatasetDict({split: datasets.Dataset.from_list(part) for split, part in splits.items()})
    with patch.object(datasets, "load_dataset", lambda *_, **__: data), \
            patch.object(evaluate, "load", lambda *_, **__: NoPrograms()):
        return MANAGER.load([name])["tasks"][name]


def prepared(name, splits, shots):
    """The task, ready to make its requests: the first time that it does, examples are drawn from the seed."""
    task = load(name, splits)
    if shots is not None:
        task.set_config(key="num_fewshot", value=shots)
    task.set_fewshot_seed(seed=SEED)
    return task


def build(name, splits, shots, limit=None):
    """The task with its requests, as `lm_eval --num_fewshot SHOTS --limit LIMIT` makes them."""
    task = prepared(name, splits, shots)
    task.build_all_requests(limit=limit)
    return task


def documents(task):
    grouped = {}
    for instance in task.instances:
        grouped.setdefault(instance.doc_id, []).append(instance)
    return [sorted(group, key=lambda i: i.idx) for _, group in sorted(grouped.items())]


def asked(task, group):
    """What is asked about one document."""
    doc = group[0].doc
    target = task.doc_to_target(doc)
    if group[0].request_type == "generate_until":
        options = group[0].args[1]
        return {"context": group[0].args[0], "until": options["until"], "max_gen_toks": options.get("max_gen_toks", 256),
                "do_sample": options["do_sample"], "target": target}
    contexts = [i.args[0] for i in group]
    asked = {"context": contexts[0]} if len(set(contexts)) == 1 else {"contexts": contexts}
    asked["continuations"] = [i.args[1] for i in group]
    if task.OUTPUT_TYPE == "multiple_choice":
        asked["gold"] = gold(task, doc, target)
    return asked


def gold(task, doc, target):
    if task.multiple_input:
        return task.doc_to_text(doc)
    return target if isinstance(target, int) else task.doc_to_choice(doc).index(target)


def scored(task, group):
    """The harness' score of one document under the made-up model."""
    model = MadeUpModel()
    results = [model.score(*i.args) for i in group]
    metrics = task.process_results(group[0].doc, results)
    return {"loglikelihoods": [r[0] for r in results], "greedy": [r[1] for r in results],
            "metrics": {k: float(v) for k, v in metrics.items()}}


def aggregated(name, task):
    """The numbers that the harness reports under the made-up model."""
    result = evaluator.evaluate(lm=MadeUpModel(), task_dict={"tasks": {name: task}, "groups": {}}, bootstrap_iters=1000)
    return {k: v for k, v in result["results"][name].items() if isinstance(v, (int, float))}


def filtered(name, task):
    """What each filter takes out of made-up answers, and whether it is counted as right."""
    docs = [group[0].doc for group in documents(task)]
    cases = []
    for text in rows.ANSWERS[name]:
        for number, doc in enumerate(docs):
            instance = Instance("generate_until", doc, ("", {}), 0, (name, number, 1), resps=[text])
            for filter_ in task._filters:
                filter_.apply([instance])
            cases.append({"document": number, "text": text, "filters": {
                key: {"extracted": value, **{k: float(v) for k, v in task.process_results(doc, [value]).items()}}
                for key, value in instance.filtered_resps.items()}})
    return cases


def golden(name, splits, shots):
    settings = []
    for count in shots:
        task = build(name, splits, count)
        groups = documents(task)
        check_limit(name, splits, count, groups)
        setting = {"shots": task.config.num_fewshot or 0, "documents": [asked(task, g) for g in groups]}
        if task.OUTPUT_TYPE != "generate_until":
            for document, group in zip(setting["documents"], groups):
                document.update(scored(task, group))
            setting["results"] = aggregated(name, build(name, splits, count))
        settings.append(setting)
    made = {"task": name, "version": task.VERSION, "settings": settings}
    if name in rows.ANSWERS:
        made["answers"] = filtered(name, task)
    return made


def check_limit(name, splits, count, groups):
    """A limit leaves the requests of the first documents as they are."""
    limited = documents(build(name, splits, count, limit=2))
    assert [[i.args for i in g] for g in limited] == [[i.args for i in g] for g in groups[:2]], name


# Sizes of the sets that examples are drawn from, and small ones on both sides of the two ways of drawing.
POOLS = [(5, 2), (21, 5), (22, 5), (80, 6), (86, 6), (277, 25), (7473, 5), (39905, 11), (40398, 6), (16113, 6),
         (2251, 25), (1119, 25), (4957, 5), (9427, 6), (9741, 8), (4869, 5), (5153, 1)]


def draws():
    """Indices that Python's generator draws, four times in a row."""
    made = []
    for population, count in POOLS:
        generator = random.Random(SEED)
        made.append({"population": population, "count": count,
                     "draws": [generator.sample(range(population), count) for _ in range(4)]})
    return made


def main(folder):
    (folder / "requests").mkdir(parents=True, exist_ok=True)
    (folder / "draws.json").write_text("".join(["[\n", ",\n".join(json.dumps(d) for d in draws()), "\n]\n"]))
    for name, write, shots in TASKS:
        made = golden(name, write(folder / "data"), shots)
        file = folder / "requests" / f"{name}.json"
        file.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(name, file.stat().st_size)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
