"""Measures one workload with lethe and with its peer, each time in a process of its own."""

import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent


@dataclass
class Workload:
    """What both sides do; the arguments are those of `lethe bench` and of a script beside this."""

    name: str
    lethe: list[str]
    script: str
    peer: list[str]
    with_allocator: bool = True


@dataclass
class Measurement:
    """The medians over all rounds; empty where a side was not measured."""

    lethe: dict = field(default_factory=dict)
    peer: dict = field(default_factory=dict)
    peer_with_allocator: dict = field(default_factory=dict)


class Bench:
    def __init__(self, lethe, allocator, rounds):
        self.lethe = lethe
        self.allocator = allocator
        self.rounds = rounds

    def measure(self, workload):
        """Runs both sides in turn, once a round."""
        sides = {"lethe": [], "peer": [], "peer_with_allocator": []}
        for _ in range(self.rounds):
            lethe = self.run_lethe(workload)
            sides["lethe"].append(lethe)
            sides["peer"].append(self.run_peer(workload, lethe["threads"]))
            if workload.with_allocator and self.allocator:
                preload = {"LD_PRELOAD": self.allocator}
                report = self.run_peer(workload, lethe["threads"], preload)
                sides["peer_with_allocator"].append(report)
        return Measurement(**{side: medians(reports) for side, reports in sides.items()})

    def run_lethe(self, workload):
        report = run([self.lethe, "bench", *workload.lethe, "--format", "json"])
        if not report:
            sys.exit(f"lethe did not finish {workload.name}")
        tell(f"{workload.name}, lethe: {report}")
        return report

    def run_peer(self, workload, threads, environment=None):
        script = [sys.executable, str(HERE / workload.script), *workload.peer]
        report = run([*script, "--threads", str(threads)], environment)
        tell(f"{workload.name}, peer: {report}")
        return report


def run(command, environment=None):
    """The JSON object that a program prints; empty, with its last words told, if it failed."""
    offline = {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
    result = subprocess.run(
        command, capture_output=True, text=True, env=os.environ | offline | (environment or {})
    )
    if result.returncode:
        tell(f"{' '.join(command)} failed:\n{result.stderr[-2000:]}")
        return {}
    return json.loads(result.stdout)


def medians(reports):
    """Number by number, of the reports there are; all else is the first one's."""
    reports = [report for report in reports if report]
    if not reports:
        return {}
    return {
        key: statistics.median(report[key] for report in reports)
        if isinstance(value, int | float)
        else value
        for key, value in reports[0].items()
    }


def tell(text):
    print(text, file=sys.stderr, flush=True)
