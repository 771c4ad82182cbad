"""Runs a command within limits and tells what it did."""

import dataclasses
import fcntl
import os
import pty
import resource
import select
import signal
import struct
import subprocess
import tempfile
import termios
import time

TIME_LIMIT = 20.0
MEMORY_LIMIT = 1 << 30
# Of any file; a run that fills the disk meets it.
FILE_LIMIT = 64 << 20
# How long a command may take to end after SIGTERM.
GRACE = 5.0
# Between two keys; dialogs take none in their first tenths of a second.
KEY_PAUSE = 0.06


@dataclasses.dataclass
class Result:
    """What became of a command."""

    status: int
    seconds: float
    peak: int
    output: bytes
    errors: bytes
    ran_over: bool
    ignored_sigterm: bool


def limits():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_LIMIT, FILE_LIMIT))


def resident(process):
    try:
        with open(f"/proc/{process.pid}/statm") as file:
            return int(file.read().split()[1]) * resource.getpagesize()
    except (OSError, IndexError):
        return 0


class Watch:
    """Follows one process to its end, which it brings about where a limit is passed."""

    def __init__(self, process):
        self.process = process
        self.start = time.monotonic()
        self.usage = None
        self.status = None
        self.ran_over = False
        self.ignored_sigterm = False

    def has_ended(self):
        if self.status is None:
            found, status, usage = os.wait4(self.process.pid, os.WNOHANG)
            if found:
                self.status, self.usage = status, usage
                self.process.returncode = os.waitstatus_to_exitcode(status)
        return self.status is not None

    def check(self):
        """Ends the process if it has passed a limit; true once it is over."""
        if self.has_ended():
            return True
        if resident(self.process) > MEMORY_LIMIT * 3 // 2:
            self.end(signal.SIGKILL)
        elif time.monotonic() - self.start > TIME_LIMIT:
            self.ran_over = True
            self.end(signal.SIGTERM)
        return self.status is not None

    def end(self, first):
        self.process.send_signal(first)
        deadline = time.monotonic() + GRACE
        while not self.has_ended() and time.monotonic() < deadline:
            time.sleep(0.01)
        if not self.has_ended():
            self.ignored_sigterm = True
            self.process.kill()
            while not self.has_ended():
                time.sleep(0.01)

    def result(self, output, errors):
        return Result(
            status=self.process.returncode, seconds=time.monotonic() - self.start,
            peak=self.usage.ru_maxrss << 10, output=output, errors=errors,
            ran_over=self.ran_over, ignored_sigterm=self.ignored_sigterm)


def run(command, folder, environment):
    """Runs a command without a terminal, its output in files."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output,
            stderr=errors, preexec_fn=limits)
        watch = Watch(process)
        pause = 0.001
        while not watch.check():
            time.sleep(pause)
            pause = min(0.02, pause * 1.3)
        output.seek(0)
        errors.seek(0)
        return watch.result(output.read(), errors.read())


def run_on_terminal(command, folder, environment, keys, rows=30, columns=100):
    """Runs a command on a terminal of its own and types keys, the first when something is shown."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def own_terminal():
        limits()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    process = subprocess.Popen(
        command, cwd=folder, env=environment | {"TERM": "xterm-256color"}, stdin=follower,
        stdout=follower, stderr=follower, start_new_session=True, preexec_fn=own_terminal)
    os.close(follower)
    try:
        return converse(Watch(process), leader, list(keys))
    finally:
        os.close(leader)


def converse(watch, leader, keys):
    output = b""
    next_key = None
    while True:
        is_over = watch.check()
        if select.select([leader], [], [], 0 if is_over else 0.01)[0]:
            try:
                output += os.read(leader, 1 << 16)
            except OSError:
                if watch.has_ended():
                    break
        elif is_over:
            break
        now = time.monotonic()
        if output and next_key is None:
            next_key = now + 3 * KEY_PAUSE
        if next_key is not None and now >= next_key and not is_over:
            try:
                os.write(leader, keys.pop(0) if keys else b"q")
            except OSError:
                pass
            next_key = now + KEY_PAUSE
    return watch.result(output, b"")
