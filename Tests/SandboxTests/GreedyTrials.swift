import Sandbox

/// Programs that take all there is.
enum GreedyTrials {
    /// An argument by which a process that was left behind is known.
    static let daemon = "86417"

    static let all = [
        Trial(
            "a fork bomb", .exception, reason: "PermissionError",
            source: "import os\ndef f():\n  while True: os.fork()"),
        Trial(
            "a thread bomb", .exception, .memory, .timeout,
            source: lines(
                "import threading, time", "def f():", "  while True:",
                "    threading.Thread(target=time.sleep, args=(99,)).start()")),
        Trial(
            "a memory bomb", .memory,
            source: "def f():\n  a = []\n  while True: a.append(bytearray(1 << 20))"),
        Trial(
            "memory by another way", .memory,
            source: lines(
                "import os, mmap", "def f():", "  a = []", "  while True:",
                "    a.append(mmap.mmap(-1, 1 << 24)); a[-1].write(b'x' * (1 << 24))")),
        Trial(
            "memory in files without names", .exception,
            source: "import os\ndef f():\n  while True: os.write(os.memfd_create('x'), b'x')"),
        Trial(
            "endless output", .outputLimit,
            source: "def f():\n  while True: print('x' * 9999)"),
        Trial(
            "endless errors from the start", .outputLimit,
            source: "import os\nwhile True: os.write(2, b'x' * 9999)"),
        Trial(
            "an endless loop that ignores signals", .timeout,
            source: lines(
                "import signal", "for s in range(1, 65):",
                "  try: signal.signal(s, signal.SIG_IGN)",
                "  except (OSError, ValueError): pass", "def f():", "  while True:",
                "    try:", "      while True: pass", "    except BaseException: pass")),
        Trial("sleep", .timeout, source: "import time\ndef f(): time.sleep(99)"),
        Trial(
            "a value without end", .timeout, .memory, tests: "assert list(f()) == [1]",
            source: "import itertools\ndef f(): return itertools.count()"),
        Trial(
            "files without end", .exception, .timeout,
            source: lines(
                "def f():", "  n = 0", "  while True:", "    n += 1",
                "    with open('f%d' % n, 'wb') as file: file.write(b'x' * (1 << 20))")),
        Trial(
            "a file that is too large", .exception,
            source: "def f():\n  with open('f', 'wb') as file: file.write(b'x' * (1 << 25))"),
        Trial(
            "recursion without a limit", .exception, .memory, .timeout,
            source: "import sys\nsys.setrecursionlimit(10**9)\ndef f(): return f() + 1"),
        Trial(
            "recursion in C", .exception, .memory, .timeout,
            source: lines(
                "import sys", "sys.setrecursionlimit(10**9)", "def f():", "  a = []",
                "  for _ in range(10**6): a = [a]", "  return repr(a)")),
        Trial(
            "a daemon", .exception,
            source: lines(
                "import os, subprocess", "def f():",
                "  subprocess.Popen(['sleep', '\(daemon)'], start_new_session=True)", "  return 1")),
        Trial(
            "a thread that goes on", .pass,
            source: lines(
                "import threading", "def loop():", "  while True: pass",
                "threading.Thread(target=loop).start()", "def f(): return 1")),
        Trial(
            "a number that is too long", .wrong, .timeout, .exception,
            source: "def f(): return 10 ** (10 ** 7)"),
        Trial(
            "a list of empty lists", .wrong, .timeout, .memory, .exception,
            source: "def f(): return [[] for _ in range(10**6)]"),
    ]
}
