"""Measures lethe and its peers in turn and prints one table against what lethe has to reach.

    python Tests/Peers/side_by_side.py --model SMOLLM2.gguf --data FOLDER > table.md

Takes about ten minutes on two cores. Nothing else should run meanwhile.
"""

import argparse
import ctypes.util
import os
import platform
import re
import tempfile
import time
from importlib import metadata
from pathlib import Path

import bars
import gsm8k_prompts
from measurement import Bench, Workload

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ["torch", "transformers", "peft", "lm-eval"]


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", required=True, help="SmolLM2-135M-Instruct, a .gguf file")
    parser.add_argument(
        "--data", required=True, type=Path,
        help="holds hellaswag/validation.jsonl and gsm8k/train.jsonl and test.jsonl",
    )
    parser.add_argument("--lethe", default=str(ROOT / ".build/release/lethe"))
    parser.add_argument(
        "--tcmalloc",
        default=ctypes.util.find_library("tcmalloc_minimal"),
        help="the library to preload (default: the system's, if it has one)",
    )
    parser.add_argument("--rounds", type=int, default=1, help="of every measurement")
    parser.add_argument("--steps", type=int, default=5, help="timed steps of a training")
    parser.add_argument("--long-steps", type=int, default=3, help="those at 8 x 512 tokens")
    parser.add_argument("--items", type=int, default=40, help="of HellaSwag")
    parser.add_argument("--answers", type=int, default=16, help="to questions of GSM8K")
    parser.add_argument("--only", default="", help="workloads whose name has this in it")
    return parser.parse_args()


def training(name, model, batch, sequence, steps, method, with_allocator=True):
    shape = ["--batch", str(batch), "--sequence", str(sequence), "--steps", str(steps), *method]
    return Workload(
        name,
        ["train", *model, *shape],
        "train_speed.py",
        [*model, *shape, "--warm-up", "1" if steps < 5 else "2"],
        with_allocator,
    )


def generation(model, prompts, answers):
    """Greedy answers to questions that all have the same five examples before them."""
    given = [*model, "--prompts", prompts]
    return Workload(
        "GSM8K 5-shot",
        ["generate", *given],
        "generation_speed.py",
        [*given, "--batch", str(answers)],
        with_allocator=False,
    )


def workloads(arguments, prompts):
    smol = ["--model", arguments.model]
    tiny = []
    full = ["--method", "full"]
    rank_8, rank_16 = (["--method", "lora", "--rank", str(rank)] for rank in (8, 16))
    file = str(arguments.data / "hellaswag/validation.jsonl")
    count = ["--limit", str(arguments.items)]
    tiny_steps = 4 * arguments.steps
    return {
        "full": training("full 4 x 256", smol, 4, 256, arguments.steps, full),
        "lora": training("LoRA r16 4 x 256", smol, 4, 256, arguments.steps, rank_16),
        "long": training("full 8 x 512", smol, 8, 512, arguments.long_steps, full, False),
        "tiny_full": training("tiny full 16 x 128", tiny, 16, 128, tiny_steps, full),
        "tiny_lora": training("tiny LoRA r8 16 x 128", tiny, 16, 128, tiny_steps, rank_8),
        "hellaswag": Workload(
            "HellaSwag",
            ["eval", *smol, "--task", "hellaswag", "--data", str(arguments.data), *count],
            "eval_speed.py",
            [*smol, "--data", file, *count],
            with_allocator=False,
        ),
        "generation": generation(smol, prompts, arguments.answers),
    }


def machine():
    """What the numbers depend on, as lines of a list."""
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    yield f"- CPU: {cpu[1] if cpu else platform.machine()}, {os.cpu_count()} cores"
    yield f"- memory: {memory / 1e9:.1f} GB; load before: {os.getloadavg()[0]:.2f}"
    versions = [f"{package} {metadata.version(package)}" for package in PACKAGES]
    yield f"- peer: Python {platform.python_version()}, {', '.join(versions)}"


def main():
    arguments = parse_arguments()
    start = time.monotonic()
    lines = list(machine())
    bench = Bench(arguments.lethe, arguments.tcmalloc, arguments.rounds)
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as prompts:
        known = workloads(arguments, prompts.name)
        wanted = {key: load for key, load in known.items() if arguments.only in load.name}
        if not wanted:
            names = ", ".join(load.name for load in known.values())
            raise SystemExit(f"no workload has '{arguments.only}' in its name: {names}")
        if "generation" in wanted:
            gsm8k_prompts.write(prompts.name, arguments.data, arguments.answers)
        results = {key: bench.measure(workload) for key, workload in wanted.items()}
    used = next(iter(results.values())).lethe
    lines.append(f"- lethe: BLAS {used['blas']}; {used['threads']:.0f} threads on both sides")
    if not arguments.tcmalloc:
        lines.append("- tcmalloc was not found: its bars are open")
    lines.append(f"- measured in {(time.monotonic() - start) / 60:.0f} minutes")
    print("\n".join([*lines, "", *bars.table(results)]))


if __name__ == "__main__":
    main()
