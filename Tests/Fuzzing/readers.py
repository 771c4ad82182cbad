"""The coverage-guided half: libFuzzer on one reader after the other."""

import os
import pathlib
import re
import shutil
import subprocess

import mutation

CORPUS = pathlib.Path(__file__).parent / "Corpus"
MEMORY_LIMIT_MB = 1024
# Bytes; libFuzzer is slow with more.
LARGEST_INPUT = 100_000

# Where the first inputs of a reader are among the specimens.
SEEDS = {
    "safetensors": ["model/model.safetensors"],
    "index": ["sharded/model.safetensors.index.json"],
    "gguf": ["model.gguf"],
    "config": ["model/config.json"],
    "generation-config": ["model/generation_config.json"],
    "tokenizer": ["model/tokenizer.json"],
    "tokenizer-config": ["model/tokenizer_config.json"],
    "adapter-config": ["adapter/adapter_config.json"],
    "adapter-weights": ["adapter/adapter_model.safetensors"],
    "trainer-state": [
        "checkpoint/trainer_state.json", "run/checkpoints/lora/step-4/trainer_state.json"],
    "optimizer-state": ["checkpoint/optimizer.safetensors"],
    "records": ["code/train.jsonl", "code/eval.jsonl", "gsm8k/validation.jsonl"],
    "text": ["world/heldout.txt"],
    "study": ["study.yaml"],
    "events": ["run/events.jsonl"],
    "follower": ["run/events.jsonl"],
    "items": ["run/items/scores.bin"],
    "snapshot": ["long/snapshot.json"],
}


def names(program):
    listed = subprocess.run([program, "--readers"], check=True, capture_output=True, text=True)
    return listed.stdout.split()


def paths(reader):
    """Where a reader's inputs are in a working folder."""
    return SEEDS.get(reader, [f"{reader.removeprefix('task-')}/validation.jsonl"])


def corpus(reader, specimens, work):
    """A folder with the reader's first inputs: sound ones, those of known faults, shipped ones."""
    folder = work / "corpus" / reader
    folder.mkdir(parents=True, exist_ok=True)
    damaged = [path for name in paths(reader) for path in (work / "damaged" / name).glob("*")]
    sound = [specimens / path for path in paths(reader)]
    for number, path in enumerate([*sound, *damaged, *(CORPUS / reader).glob("*")]):
        if path.is_file():
            shutil.copyfile(path, folder / f"{number}-{path.name}")
    return folder


def keep_damaged(trial, specimens, work):
    """Keeps the files that a known fault has left changed, as inputs of their readers."""
    for name in {name for names in SEEDS.values() for name in names}:
        path = trial.work / name
        if path.is_file() and not path.is_symlink() and path.stat().st_size < LARGEST_INPUT:
            data = path.read_bytes()
            if data != (specimens / name).read_bytes():
                kept = work / "damaged" / name / trial.fault.name.replace("/", "-")
                kept.parent.mkdir(parents=True, exist_ok=True)
                kept.write_bytes(data)


def dictionary(specimens, work):
    """Words that inputs are made of: the keys of the specimens, and values no sound file has."""
    words = set(mutation.EXTREMES)
    for path in specimens.rglob("*"):
        if path.is_file() and path.suffix in (".json", ".jsonl", ".yaml"):
            words.update(re.findall(r"[A-Za-z_]{3,30}", path.read_text(errors="ignore")))
    file = work / "words.dict"
    lines = ['"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"'
             for word in sorted(words) if 0 < len(word) < 60]
    file.write_text("\n".join(lines) + "\n")
    return file


def fuzz(program, reader, specimens, work, findings, budget):
    """Runs libFuzzer on a reader; `budget` is what ends it. Returns inputs tried and what was kept."""
    command = [
        program, f"--reader={reader}", f"--specimens={specimens}", "-timeout=20",
        f"-rss_limit_mb={MEMORY_LIMIT_MB}", f"-malloc_limit_mb={MEMORY_LIMIT_MB}",
        f"-dict={dictionary(specimens, work)}", f"-artifact_prefix={findings}/{reader}.",
        "-print_final_stats=1", *budget, corpus(reader, specimens, work)]
    environment = os.environ | {
        "ASAN_OPTIONS": "detect_leaks=0:quarantine_size_mb=16", "SWIFT_BACKTRACE": "enable=no",
        "SWIFT_DETERMINISTIC_HASHING": "1"}
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        env=environment, text=True, errors="replace")
    for folder in pathlib.Path("/dev/shm").glob("lethe-fuzz-*"):
        if not pathlib.Path("/proc", folder.name.removeprefix("lethe-fuzz-")).exists():
            shutil.rmtree(folder, ignore_errors=True)
    kept = sorted(findings.glob(f"{reader}.*"))
    if done.returncode and not kept:
        kept = [findings / f"{reader}.output"]
    if kept:
        (findings / f"{reader}.txt").write_text(done.stderr[-20000:])
    return count(done.stderr), [path for path in kept if path.suffix != ".txt"]


def count(output):
    tried = re.findall(r"number_of_executed_units:\s*(\d+)", output)
    progress = re.findall(r"^#(\d+)", output, re.MULTILINE)
    return int((tried or progress or ["0"])[-1])
