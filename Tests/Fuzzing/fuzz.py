"""Tries damaged inputs on lethe and keeps those that it does not stand.

Use `Scripts/fuzz`, which builds what this needs. What is found is told on standard output, and kept
below the folder of findings with what reproduces it. The exit code is 1 if anything was found.
"""

import argparse
import collections
import pathlib
import shlex
import shutil
import sys
import tempfile
import time

import known
import readers
import specimens
import trials

# Trials after which the counts are told.
TOLD_EVERY = 200


class Findings:
    """What was found, and how much was tried for it."""

    def __init__(self, folder):
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self.tried = collections.Counter()
        self.faults = collections.Counter()

    def tell(self, kind, name, faults, how):
        for fault in faults:
            self.faults[kind, fault] += 1
        print(f"FOUND {name}: {'; '.join(faults)}\n      {how}", flush=True)

    def counts(self):
        tried = ", ".join(f"{kind} {count}" for kind, count in sorted(self.tried.items()))
        return f"{sum(self.tried.values())} inputs: {tried}; {sum(self.faults.values())} faults"


class Session:
    """One run of the fuzzer."""

    def __init__(self, options, work):
        self.options = options
        self.work = work
        self.program = str(options.program.resolve())
        self.specimens = work / "specimens"
        self.findings = Findings(options.findings.resolve())
        self.start = time.monotonic()

    def prepare(self):
        specimens.write_all(self.specimens, self.program)
        run = self.specimens / "run"
        newest = sorted((run / "checkpoints/lora").glob("step-*"))[-1]
        shutil.copytree(newest, self.specimens / "checkpoint")

    def is_over(self, share):
        """Whether a share of the time is used up."""
        return time.monotonic() - self.start > share * 60 * self.options.minutes

    # The program

    def known_faults(self):
        for fault in known.FAULTS:
            trial = known.KnownTrial(fault, self.specimens, self.program)
            self.judge("known", fault.name, trial, trial.run(self.work / "trial"))
            readers.keep_damaged(trial, self.specimens, self.work)

    def mutations(self):
        """Trials in the order of their numbers, until the time is over."""
        number = 0
        while not self.is_over(self.options.share) and number < self.options.trials:
            self.mutation(number)
            number += 1
            if number % TOLD_EVERY == 0:
                print(f"{time.monotonic() - self.start:.0f} s: {self.findings.counts()}", flush=True)

    def mutation(self, number):
        trial = trials.Trial(self.options.seed, number, self.specimens, self.program)
        faults = trial.run(self.work / "trial")
        self.judge(trial.kind, f"{self.options.seed}-{number}", trial, faults)

    def judge(self, kind, name, trial, faults):
        self.findings.tried[kind] += 1
        if self.options.only is not None:
            print(f"{name}: {trial.changes}\n{shlex.join(trial.command.arguments)}\n"
                  f"{trial.result}")
        if faults:
            how = "; ".join(trial.changes + ["lethe " + shlex.join(trial.command.arguments)])
            self.findings.tell(kind, name, faults, how)
            self.keep(name, trial, faults, how)

    def keep(self, name, trial, faults, how):
        kept = self.findings.folder / name
        shutil.rmtree(kept, ignore_errors=True)
        for path in trial.root.rglob("*"):
            # Devices and pipes are told by the changes.
            if path.is_symlink() or path.is_file():
                target = kept / path.relative_to(trial.root)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, target, follow_symlinks=False)
        kept.mkdir(exist_ok=True)
        (kept / "finding.txt").write_text(
            "\n".join(faults) + f"\n{how}\nin work/, seed {name}\n{trial.result}\n")

    # The readers

    def readers(self):
        """libFuzzer on each reader in turn, the time that is left divided among them."""
        program = str(self.options.readers.resolve())
        names = readers.names(program)
        for index, name in enumerate(names):
            left = max(1, 60 * self.options.minutes - (time.monotonic() - self.start))
            seconds = int(left / (len(names) - index))
            self.reader(program, name, self.budget(seconds))

    def budget(self, seconds):
        if self.options.runs:
            # Without coverage the first inputs would be dropped, for they bring nothing new.
            return [f"-runs={self.options.runs}", f"-seed={self.options.seed}", "-keep_seed=1"]
        return [f"-max_total_time={max(1, seconds)}", f"-seed={self.options.seed}", "-fork=1",
                "-ignore_crashes=1", "-ignore_timeouts=1", "-ignore_ooms=1"]

    def reader(self, program, name, budget):
        tried, kept = readers.fuzz(
            program, name, self.specimens, self.work, self.findings.folder, budget)
        self.findings.tried[f"reader {name}"] += tried
        if kept:
            self.findings.tell(
                "reader", name, [path.name for path in kept],
                f"{program} --reader={name} --specimens={self.specimens} {kept[0]}")


def parse():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="repeat the trial of this number, and tell all")
    parser.add_argument("--skip-known", action="store_true", help="leave the known faults out")
    parser.add_argument("--trials", type=int, default=10**9, help="the most changed inputs")
    parser.add_argument("--runs", type=int, help="inputs a reader, instead of a share of the time")
    parser.add_argument("--share", type=float, default=0.5,
                        help="of the time, for the program; the rest is for the readers")
    parser.add_argument("--program", type=pathlib.Path, required=True)
    parser.add_argument("--readers", type=pathlib.Path, help="the program with libFuzzer")
    parser.add_argument("--findings", type=pathlib.Path, default=pathlib.Path("findings"))
    return parser.parse_args()


def main():
    options = parse()
    memory = pathlib.Path("/dev/shm")
    place = memory if memory.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="lethe-fuzzing-", dir=place) as work:
        session = Session(options, pathlib.Path(work))
        session.prepare()
        if options.only is not None:
            session.mutation(options.only)
        else:
            if not options.skip_known:
                session.known_faults()
            session.mutations()
            if options.readers:
                session.readers()
    print(session.findings.counts())
    for (kind, fault), count in session.findings.faults.most_common():
        print(f"{count:6} {kind}: {fault}")
    return 1 if session.findings.faults else 0


if __name__ == "__main__":
    sys.exit(main())
