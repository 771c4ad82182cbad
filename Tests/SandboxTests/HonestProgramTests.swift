import Foundation
import Sandbox
import TestSupport
import Testing

extension SandboxSuite {
    /// Programs that do what they are asked get the verdict that they would get in one interpreter.
    @Suite(Sandboxes.needsPython)
    struct HonestProgramTests {
        private let sandbox: ProgramSandbox
        init() throws { sandbox = try ProgramSandbox(.unsafe) }

        @Test("values of Python's own types cross as they are")
        func values() {
            Trial.expect(ValueTrials.all, in: sandbox)
        }

        @Test("objects of the program are used where they are")
        func objects() {
            Trial.expect(ObjectTrials.all, in: sandbox)
        }

        @Test("names mean what they would in one text")
        func names() {
            Trial.expect(NameTrials.all, in: sandbox)
        }

        @Test("each way to fail has its verdict")
        func failures() {
            Trial.expect(FailureTrials.all, in: sandbox)
        }
    }
}

/// What the program returns and what the tests hand to it.
private enum ValueTrials {
    static let all = [
        Trial(
            "plain values", .pass, tests: "assert [f(x) for x in VALUES] == VALUES",
            source: lines(
                "def f(x): return x", "VALUES = [None, True, 0, -1, 10**400, 0.5, float('inf'),",
                "  1j, 'ä\\ud800', b'a', bytearray(b'b'), [1, [2]], (1, (2,)), {1, 2},",
                "  frozenset([3]), {'a': {1: 2}}, range(1, 9, 2), slice(1, None), ...]")),
        Trial(
            "exact types", .pass,
            tests: "assert [type(f(x)) for x in (True, 1, 1.0, (), [], {}, set())] == "
                + "[bool, int, float, tuple, list, dict, set]",
            source: "def f(x): return x"),
        Trial(
            "the standard library's", .pass,
            tests: lines(
                "from fractions import Fraction", "from decimal import Decimal",
                "import datetime, collections, array",
                "a = f()", "assert a[0] == Fraction(1, 3) and a[1] == Decimal('1.10')",
                "assert a[2] == datetime.datetime(2020, 1, 2, tzinfo=datetime.timezone.utc)",
                "assert a[3] == collections.Counter('aab') and a[3]['z'] == 0",
                "assert a[4] == collections.deque([1, 2], 2) and a[4].maxlen == 2",
                "assert a[5][7] == [] and type(a[5]) is collections.defaultdict",
                "assert list(a[6]) == ['b', 'a'] and a[7] == {'k': 1}.keys()",
                "assert a[8] == array.array('i', [1]) and a[9].days == 2"),
            source: lines(
                "from fractions import Fraction", "from decimal import Decimal",
                "import datetime, array",
                "from collections import *", "def f():",
                "  return [Fraction(1, 3), Decimal('1.10'),",
                "    datetime.datetime(2020, 1, 2, tzinfo=datetime.timezone.utc), Counter('aab'),",
                "    deque([1, 2], 2), defaultdict(list), OrderedDict(b=1, a=2), {'k': 1}.keys(),",
                "    array.array('i', [1]), datetime.timedelta(2)]")),
        Trial(
            "arguments are changed in place", .pass,
            tests: lines(
                "a, d, s, b = [3, 1, [2]], {}, {1}, bytearray(b'x')", "inner = a[2]",
                "r = f(a, d, s, b)", "assert r is a and a == [1, 3, [2, 9]] and a[2] is inner",
                "assert d == {'k': a} and d['k'] is a and s == {1, 5} and b == b'xy'"),
            source: lines(
                "def f(a, d, s, b):", "  a[2].append(9); a[0], a[1] = a[1], a[0]", "  d['k'] = a",
                "  s.add(5)", "  b += b'y'", "  return a")),
        Trial(
            "what is not changed can be looped over meanwhile", .pass,
            tests: "d = {1: 2, 3: 4}\nfor k in d: assert f(d, k) == d[k]",
            source: "def f(d, k): return d[k]"),
        Trial(
            "shared and circular lists", .pass,
            tests: "a = f()\nassert a[0] is a and a[1] is a[2]",
            source: "def f():\n  a, b = [], []\n  a += [a, b, b]\n  return a"),
        Trial(
            "long lists", .pass,
            tests: "assert f(list(range(200000))) == [x + 0.5 for x in range(200000)]",
            source: "def f(a): return [x + 0.5 for x in a]"),
        Trial(
            "deep tuples are handed around whole", .pass,
            tests: "t = f()\nassert g(t) == 5000",
            source: lines(
                "def f():", "  t = ()", "  for _ in range(5000): t = (t,)", "  return t",
                "def g(t):", "  n = 0", "  while t: t = t[0]; n += 1", "  return n")),
    ]
}

/// What stays in the interpreter that made it.
private enum ObjectTrials {
    static let all = [
        Trial(
            "instances of a class", .pass,
            tests: lines(
                "a = P(1, 2)", "assert a.x == 1 and a.sum() == 3 and str(a) == 'P(1)'",
                "a.x = 5", "assert a.sum() == 7 and isinstance(a, P) and P(1, 2) == P(1, 3)",
                "assert P(1, 2) != P(2, 2) and a != 5 and hasattr(a, 'y')",
                "assert not hasattr(a, 'z') and sorted([P(3, 0), P(2, 0)])[0].x == 2"),
            source: lines(
                "class P:", "  def __init__(self, x, y): self.x, self.y = x, y",
                "  def sum(self): return self.x + self.y",
                "  def __str__(self): return 'P(%d)' % self.x",
                "  def __eq__(self, o): return self.x == o.x",
                "  def __lt__(self, o): return self.x < o.x")),
        Trial(
            "nodes that tests join", .pass,
            tests: "a = N(1)\na.next = N(2)\na.next.next = N(3)\nassert length(a) == 3",
            source: lines(
                "class N:", "  def __init__(self, v): self.v, self.next = v, None",
                "def length(n):", "  return 1 + length(n.next) if n else 0")),
        Trial(
            "generators and iterators", .pass,
            tests: "assert list(f(3)) == [0, 1, 2] and 2 in f(3) and next(f(1)) == 0\na, b = f(2)",
            source: "def f(n):\n  for i in range(n): yield i"),
        Trial(
            "functions and generators of the tests", .pass,
            tests: lines(
                "seen = []", "def g(x):", "  seen.append(x)", "  return -x",
                "assert f(g, (x for x in [1, 2])) == [-1, -2] and seen == [1, 2]",
                "assert f(str, [1]) == ['1'] and f(lambda x: h(x), [2]) == [4]"),
            source: "def f(g, xs): return [g(x) for x in xs]\ndef h(x): return 2 * x"),
        Trial(
            "objects of the tests", .pass,
            tests: lines(
                "class T:", "  def __init__(self): self.left = None; self.v = 4",
                "  def twice(self): return 2 * self.v", "assert f(T()) == 12"),
            source: "def f(t): return t.v + t.twice() if t.left is None else 0"),
        Trial(
            "classes that are built on Python's own", .pass,
            tests: lines(
                "assert f() == (1, 2) and f().x == 1 and isinstance(f(), tuple)",
                "assert C.RED == 1 and s() == 'text' and s().upper() == 'TEXT'",
                "assert stack() == [1, 2] and stack().top() == 2 and isinstance(stack(), list)"),
            source: lines(
                "from collections import namedtuple", "import enum", "P = namedtuple('P', 'x y')",
                "class C(enum.IntEnum): RED = 1", "class S(str): pass", "class L(list):",
                "  def top(self): return self[-1]", "def f(): return P(1, 2)",
                "def s(): return S('text')", "def stack(): return L([1, 2])")),
        Trial(
            "exceptions", .pass,
            tests: lines(
                "try: f()", "except E as e: assert e.args == ('a',) and e.code == 7",
                "else: assert False", "try: f()", "except ValueError as e: assert str(e) == 'a'",
                "try: {}['k'] if g() else 0", "except ZeroDivisionError: pass",
                "import json", "try: h()", "except json.JSONDecodeError: pass"),
            source: lines(
                "import json", "class E(ValueError):",
                "  def __init__(self, a, code): super().__init__(a); self.code = code",
                "def f(): raise E('a', 7)", "def g(): return 1 / 0",
                "def h(): return json.loads('{')")),
    ]
}

/// Whose names are whose.
private enum NameTrials {
    static let all = [
        Trial(
            "as in HumanEval", .pass,
            tests: "def check(candidate):\n    assert candidate(2) == 4\ncheck(f)",
            source: "def f(x):\n    return 2 * x"),
        Trial(
            "what is tested may be called as one of Python's own", .pass,
            tests: "assert sum(10, 15) == 25", source: "def sum(a, b): return a + b"),
        Trial(
            "helpers and constants of the program", .pass,
            tests: "assert f(LIMIT) == g(3)\ncount()\nassert n == 1",
            source: lines(
                "LIMIT, n = 3, 0", "def f(x): return x", "g = f", "def count():", "  global n",
                "  n += 1")),
        Trial(
            "modules that the program imported", .pass,
            tests: "assert math.isclose(f(), 0.5) and m.floor(f()) == 0",
            source: "import math, math as m\ndef f(): return 0.5"),
        Trial(
            "modules that only the tests imported", .pass,
            tests: "import math\nfrom math import floor\nassert f() == 2",
            source: "def f(): return floor(math.sqrt(4.5))"),
        Trial(
            "what stands under `__main__` is not run", .pass,
            source: "def f(): return 1\nif __name__ == '__main__': raise ValueError"),
        Trial(
            "assertions about what is not there", .exception, reason: "NameError",
            source: "def g(): return 1"),
        Trial(
            "dataclasses and types", .pass,
            tests: "assert f(D(1)) == 2 and D(1) == D(1) and repr(D(1)) == 'D(x=1)'",
            source: lines(
                "from dataclasses import dataclass", "from typing import List, Optional",
                "@dataclass", "class D:", "  x: int", "def f(d: Optional[D]) -> int:",
                "  return d.x + 1")),
    ]
}

/// Honest programs that are wrong.
private enum FailureTrials {
    static let all = [
        Trial(
            "another value", .wrong, reason: "line 2 of the tests: assert f() == 1",
            tests: "x = 1\nassert f() == 1", source: "def f(): return 2"),
        Trial(
            "an exception", .exception, reason: "ValueError: no such",
            source: "def f(): raise ValueError('no such\\nthing')"),
        Trial("no Python", .exception, reason: "SyntaxError", source: "def f(:"),
        Trial("nothing", .exception, reason: "NameError", source: ""),
        Trial("a zero byte", .exception, source: "def f(): return 1\0"),
        Trial(
            "an assertion of its own", .exception, reason: "AssertionError: mine",
            source: "def f():\n  assert False, 'mine'"),
        Trial("recursion", .exception, reason: "RecursionError", source: "def f(): return f()"),
        Trial("memory", .memory, source: "def f(): return [0] * 10**10"),
        Trial("memory while it loads", .memory, source: "x = bytearray(10**10)"),
        Trial("input", .exception, reason: "EOFError", source: "def f(): return input()"),
        Trial(
            "an exit", .exception, reason: "SystemExit", source: "import sys\nsys.exit(0)"),
        Trial(
            "tests that are no Python", .exception, reason: "SyntaxError", tests: "assert f(",
            source: "def f(): return 1"),
        Trial(
            "a value that is too large to hand over", .exception, reason: "ValueError",
            tests: "assert len(f()) > 0", source: "def f(): return 'x' * (40 << 20)"),
        Trial(
            "the end of another's iterator", .exception, tests: "assert all(map(f, [1, 2]))",
            source: "def f(x): raise StopIteration"),
    ]
}
