import Sandbox

/// Programs that try to pass without the right answer, which is 1.
enum CheatingTrials {
    static let all = ends + equalities + names + secrets + messages

    /// They end what judges them, or tell a verdict of their own.
    private static let ends = [
        Trial("_exit", .exception, source: "import os\nos._exit(0)"),
        Trial("_exit when called", .exception, source: "import os\ndef f(): os._exit(0)"),
        Trial(
            "_exit where tests catch everything", .exception, tests: "try: f()\nexcept: pass",
            source: "import os\ndef f(): os._exit(0)"),
        Trial("sys.exit", .exception, source: "import sys\ndef f(): sys.exit(0)"),
        Trial("a signal", .exception, .memory, source: "import os\nos.kill(os.getpid(), 15)"),
        Trial(
            "a crash", .exception, reason: "signal 11",
            source: "import ctypes\ndef f(): ctypes.string_at(0)"),
        Trial(
            "a printed verdict", .wrong,
            source: lines(
                "import os, sys", "for d in range(16):", "  try: os.write(d, b'pass \\n')",
                "  except OSError: pass", "  if d == 2: print('ready\\npass ', flush=True)",
                "def f(): return 2"
            )
            .replacing("range(16)", with: "(0, 1, 2, 4, 5, 6, 7, 8, 9, 10)")),
        Trial(
            "another program in its place", .exception,
            source: "import os\ndef f(): os.execv('/bin/true', ['true'])"),
        Trial(
            "an exception that ends loops", .exception,
            tests: "for x in map(f, [1]): assert x == 1",
            source: "def f(x): raise StopIteration"),
        Trial(
            "an exit from a generator", .exception, tests: "assert list(f()) == [1]",
            source: "import os\ndef f():\n  yield 1\n  os._exit(0)"),
    ]

    /// Python that finds what the worker speaks to the tester with.
    private static let link =
        "import gc\nlink = [x for x in gc.get_objects() if type(x).__name__ == 'Worker'][0]\n"

    private static let alwaysEqual = lines(
        "class A:", "  def __eq__(self, o): return True", "  def __ne__(self, o): return False",
        "  def __lt__(self, o): return True", "  __gt__ = __le__ = __ge__ = __lt__",
        "  def __sub__(self, o): return 0", "  __rsub__ = __add__ = __abs__ = __sub__",
        "  def __contains__(self, o): return True", "  def __hash__(self): return hash(1)",
        "  def __iter__(self): return iter([2])", "  def __len__(self): return 1",
        "  def __bool__(self): return True", "")

    /// They return what claims to be equal to everything.
    private static let equalities =
        [
            Trial("always equal", .wrong, source: alwaysEqual + "def f(): return A()"),
            Trial(
                "always equal, the other way round", .wrong, tests: "assert 1 == f()",
                source: alwaysEqual + "def f(): return A()"),
            Trial(
                "always equal in a list", .wrong, tests: "assert f() == [1]",
                source: alwaysEqual + "def f(): return [A()]"),
            Trial(
                "always equal as a key", .wrong, tests: "assert f() == {1: 1}",
                source: alwaysEqual + "def f(): return {A(): 1}"),
            Trial(
                "never unequal", .wrong, tests: "assert not (f() != 1)",
                source: alwaysEqual + "def f(): return A()"),
            Trial(
                "always less", .exception, tests: "assert f() < 1",
                source: alwaysEqual + "def f(): return A()"),
            Trial(
                "no difference to anything", .exception, tests: "assert abs(f() - 1) < 0.1",
                source: alwaysEqual + "def f(): return A()"),
            Trial(
                "contains everything", .wrong, tests: "assert 1 in f()",
                source: alwaysEqual + "def f(): return A()"),
            Trial(
                "in everything", .wrong, tests: "assert f() in [1]",
                source: alwaysEqual + "def f(): return A()"),
            Trial("mock.ANY", .wrong, source: "from unittest.mock import ANY\ndef f(): return ANY"),
            Trial("the class of mock.ANY", .wrong, source: "from unittest.mock import _ANY as f"),
            Trial(
                "its equal twin", .wrong, tests: "assert f() == f2",
                source: alwaysEqual + "def f(): return A()\nf2 = 1"),
        ]
        + ["int", "str", "float", "list", "tuple", "dict", "set", "bytes"].map { base in
            Trial(
                "a lying \(base)", .wrong, tests: "assert f() == \(base)(VALUES['\(base)'])",
                source: alwaysEqual.replacing("class A:", with: "class A(\(base)):")
                    + "def f(): return A()\n"
                    + "VALUES = dict(int=1, str='x', float=1.5, list=[1, 2], tuple=(1, 2), "
                    + "dict={1: 3}, set={4}, bytes=b'x')")
        }

    /// They change what names mean.
    private static let names = [
        Trial(
            "another AssertionError", .wrong,
            source: lines(
                "import builtins", "class E(BaseException): pass",
                "AssertionError = builtins.AssertionError = E",
                "for n in dir(builtins):", "  if n in ('abs', 'all', 'bool'):",
                "    setattr(builtins, n, lambda *a: True)", "def f(): return 2")),
        Trial(
            "another abs", .wrong, tests: "assert abs(f() - 1) < 0.1",
            source: "def abs(x): return 0\ndef f(): return 2"),
        Trial(
            "another all", .wrong, tests: "assert all(f() == x for x in [1])",
            source: "def all(x): return True\ndef f(): return 2"),
        Trial(
            "another abs, and nothing else by its own account", .exception, reason: "NameError",
            tests: "assert abs(f() - 1) < 0.1",
            source: link
                + lines(
                    "class D(dict):", "  def items(self): return [('abs', 1)]",
                    "link.program = D(abs=lambda x: 0, f=lambda: 2)")),
        Trial(
            "another abs, and a function that it calls a module", .exception,
            tests: "assert abs(f() - 1) < 0.1",
            source: link
                + lines(
                    "class D(dict):",
                    "  def items(self): return [('abs', 1), ('f', __import__('math'))]",
                    "link.program = D(abs=lambda x: 0, f=lambda: 2)")),
        Trial(
            "another set beside what is tested", .exception, .wrong,
            tests: "assert set(sum(1, 2)) == set([3])",
            source: "def sum(a, b): return 0\ndef set(x): return 0"),
        Trial(
            "another math", .wrong, tests: "assert math.isclose(f(), 1)",
            source: "class math: isclose = lambda *a: True\ndef f(): return 2"),
        Trial(
            "a patched math", .wrong, tests: "import math\nassert math.isclose(f(), 1)",
            source: "import math\nmath.isclose = lambda *a: True\ndef f(): return 2"),
        Trial("Python's own in its place", .exception, .wrong, source: "f = exit"),
        Trial(
            "a function of the standard library", .exception,
            tests: "assert f(0) == 1", source: "from os import _exit as f"),
        Trial(
            "eval in its place", .exception, .wrong,
            tests: "assert f('__import__(\"os\")._exit(0)') == 1", source: "f = eval"),
    ]

    /// They look for what the tests expect.
    private static let secrets = [
        Trial(
            "frames and garbage", .wrong, tests: "expected = 'the answer'\nassert f() == expected",
            source: lines(
                "import gc, sys", "def f():", "  frame = sys._getframe()", "  while frame:",
                "    for x in list(frame.f_locals.values()) + list(frame.f_globals.values()):",
                "      if isinstance(x, str) and 'the ' + 'answer' in x: return 'the ' + 'answer'",
                "    frame = frame.f_back", "  for x in gc.get_objects():",
                "    if type(x) is dict and 'expected' in x: return x['expected']",
                "  return sys.argv[-1]")),
        Trial(
            "the memory of processes", .exception, .wrong,
            source: "def f(): return open('/proc/self/mem', 'rb').read(1)"),
        Trial(
            "behind a function of the tests", .exception, reason: "AttributeError",
            tests: "expected = 1\nassert f(lambda x: x) == expected",
            source: "def f(g): return g.__globals__['expected']"),
        Trial(
            "behind a generator of the tests", .exception, reason: "AttributeError",
            tests: "expected = 1\nassert f(x for x in [1]) == expected",
            source: "def f(g): return g.gi_frame.f_globals['expected']"),
        Trial(
            "behind an object of the tests", .exception, reason: "AttributeError",
            tests: "expected = 1\nclass T:\n  def m(self): pass\nassert f(T()) == expected",
            source: "def f(t): return t.m.__func__.__globals__['expected']"),
    ]

    /// They speak, or spoil, the language of the interpreters themselves.
    private static let messages = [
        Trial(
            "a closed link", .exception, reason: "it is gone",
            source: "import os\ndef f(): os.close(3)"),
        Trial(
            "nonsense", .exception, reason: "it sent nonsense",
            source: "import os\ndef f(): os.write(3, b'\\0\\0\\0\\5Rxxxx'); return 2"),
        Trial(
            "a huge message", .exception, reason: "a message of 2147483647 bytes",
            source: "import os\ndef f(): os.write(3, b'\\x7f\\xff\\xff\\xff'); return 2"),
        Trial(
            "endless messages", .exception,
            source: "import os\ndef f():\n  while True: os.write(3, b'\\xff' * 9999)"),
        Trial(
            "a question about a module of the tests", .exception, .wrong,
            source: lines(
                link, "def f():",
                "  get = link.ask('get', gc, 'get_objects')", "  return link.ask('call', get)")),
        Trial(
            "a foreign function by name", .exception, .wrong,
            source: lines(
                link, "import os", "def f():",
                "  type(link).may_be_named = lambda self, x: True",
                "  return os._exit")),
    ]
}
