#!/usr/bin/env python3
"""Makes a run of many events and measures how `lethe view` and `lethe export` bear it.

    Tests/LargeRuns/large.py LETHE [--events 1000000] [--keep FOLDER]

Prints seconds until the run is on the screen, the peak of memory, and the time from a key to the
first byte of the frame that it draws.
"""

import argparse
import json
import os
import pathlib
import pty
import random
import resource
import select
import subprocess
import sys
import tempfile
import time

ARMS = ["full", "lora-r8", "lora-r16"]


def line(seconds, event):
    """A line as `EventLog` writes it: keys in order, no blanks."""
    return json.dumps({"event": event, "seconds": round(seconds, 6)}, sort_keys=True,
                      separators=(",", ":")) + "\n"


def identity(steps):
    arms = [{"name": name, "method": name.split("-")[0], "seed": 0, "plannedSteps": steps,
             "learningRate": 0.001, "trainableParameters": 1000, "totalParameters": 1000000,
             "studyArm": name} for name in ARMS]
    return {"type": "started", "run": {
        "run": "large", "study": "large", "base": "tiny", "domain": "code",
        "targetTasks": ["code"], "sourceTasks": ["facts", "text"], "evaluateEvery": 1000,
        "arms": arms}}


def observed(arm, step, kind, metric, value, task=""):
    return {"type": "observed", "observation": {
        "arm": arm, "step": step, "tokens": step * 2048, "seconds": step * 0.1234567,
        "kind": kind, "task": task, "metric": metric, "value": value, "note": ""}}


def events(count):
    """An evaluation and a checkpoint every 1,000 steps of every arm; three numbers a step."""
    noise = random.Random(1)
    steps = max(1000, count // (3 * len(ARMS)) // 1000 * 1000)
    yield identity(steps)
    for start in range(0, steps, 1000):
        for arm in ARMS:
            yield {"type": "armChanged", "arm": arm, "state": "training", "step": start}
            for step in range(start + 1, start + 1001):
                loss = 4 / (1 + step / 5000) + noise.gauss(0, 0.1)
                yield observed(arm, step, "train", "loss", loss)
                yield observed(arm, step, "train", "learning_rate", 0.001 * (1 - step / steps))
                yield observed(arm, step, "train", "gradient_norm", abs(noise.gauss(1, 0.2)))
            end = start + 1000
            yield observed(arm, end, "target", "loss", 4 / (1 + end / 5000), "code")
            yield observed(arm, end, "source", "forgetting", end / steps, "text")
            yield {"type": "checkpointSaved", "arm": arm, "step": end, "bytes": 1000000,
                   "path": f"checkpoints/{arm}/step-{end}"}
    for arm in ARMS:
        yield {"type": "armChanged", "arm": arm, "state": "finished", "step": steps}
    yield {"type": "finished", "outcome": {"type": "completed"}}


def write(folder, count):
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    with open(folder / "events.jsonl", "w") as log:
        log.write('{"file":"lethe-events","schemaVersion":1}\n')
        for number, event in enumerate(events(count)):
            log.write(line(number * 0.01, event))
    return number + 1


class Screen:
    """`lethe view` on a terminal of 40 x 120."""

    def __init__(self, lethe, folder):
        self.start = time.monotonic()
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.environ.update(TERM="xterm-256color", LINES="40", COLUMNS="120", LC_ALL="C.UTF-8")
            os.execv(lethe, [lethe, "view", str(folder)])

    def until(self, text, limit=120):
        """Reads until the text has come; gives the seconds since the start."""
        seen = b""
        while text not in seen:
            if time.monotonic() - self.start > limit:
                sys.exit(f"{text!r} has not come within {limit} s")
            seen = seen[-20000:] + self.read(1)
        return time.monotonic() - self.start

    def read(self, seconds):
        ready, _, _ = select.select([self.terminal], [], [], seconds)
        try:
            return os.read(self.terminal, 1 << 16) if ready else b""
        except OSError:
            sys.exit("`lethe view` has ended before it was left")

    def press(self, key):
        """Presses a key; gives the seconds until the first byte of what it changes comes."""
        while self.read(0.3):
            pass
        start = time.monotonic()
        os.write(self.terminal, key)
        select.select([self.terminal], [], [], 5)
        return time.monotonic() - start

    def peak(self):
        for row in open(f"/proc/{self.process}/status"):
            if row.startswith("VmHWM"):
                return int(row.split()[1]) / 1024
        return 0

    def close(self):
        os.write(self.terminal, b"q")
        os.waitpid(self.process, 0)


def view(lethe, folder):
    screen = Screen(lethe, folder)
    opened = screen.until(b"COMPLETED")
    keys = sorted(screen.press(key) for key in [b"z", b"z", b"x", b"m", b"v", b"v", b"m", b"x"])
    peak = screen.peak()
    screen.close()
    print(f"view: open after {opened:.2f} s, peak {peak:.0f} MB, a key's frame after "
          f"{keys[len(keys) // 2] * 1000:.1f} ms (slowest {keys[-1] * 1000:.1f})")


def export(lethe, folder, form):
    start = time.monotonic()
    made = subprocess.run([lethe, "export", str(folder), "--format", form], check=True,
                          stdout=subprocess.PIPE)
    print(f"export {form}: {time.monotonic() - start:.2f} s, {len(made.stdout)} bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lethe")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--keep", type=pathlib.Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.keep or pathlib.Path(temporary) / "large"
        if not (folder / "events.jsonl").exists():
            count = write(folder, asked.events)
            size = (folder / "events.jsonl").stat().st_size
            print(f"{count} events, {size / 1e6:.0f} MB")
        view(os.path.abspath(asked.lethe), folder)
        for form in ["json", "svg", "csv"]:
            export(asked.lethe, folder, form)
    print(f"peak of the exports {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10} MB")


if __name__ == "__main__":
    main()
