# Executes tests on a program that runs in another interpreter, and tells the verdict.
#
# The tests' names are looked up as if program and tests were one text: first what the tests define,
# then what the program defines, then Python's own. But what judges is never the program's: its
# functions come with names that it can only know from its task.
import _ast
import errno

STANDARD_INPUT, VERDICT = 0, 5


class Tester(Link):
    def may_be_named(self, x):
        return find_named(x)

    def named(self, module, name):
        found = reached(self.module(module), name)
        if not is_harmless(found):
            raise Nonsense("what the tests must not use")
        return found

    def perform(self, operation, arguments, options):
        """The program may use what the tests gave it, and look at nothing behind it."""
        x = arguments[0]
        if not any(x is known for known in self.exported):
            raise TypeError("only what was given can be used")
        if operation == "get":
            if not is_instance(x) or arguments[1][:1] == "_":
                raise AttributeError(arguments[1])
        elif operation not in ("call", "iter", "next", "len", "item", "bool", "str"):
            raise TypeError("the tests' objects cannot do that here")
        return OPERATIONS[operation](*arguments, **options)


def is_instance(x):
    """Whether `x` is of a class that was written in Python, and neither a function nor a frame."""
    return type(x).__flags__ & (1 << 9)


class Names(dict):
    """The tests' global names."""

    def __init__(self, link, tree, defined):
        super().__init__(__builtins__=builtins)
        self.link = link
        loaded = {node.id for node in nodes(tree) if type(node) is _ast.Name}
        self.looked_into = loaded - {
            name for node in nodes(tree) for name in bare_names(node)}
        self.modules = {name for name in loaded & set(defined) if defined[name] is True}
        self.pythons = set(dir(builtins))
        self.only = None
        functions = loaded & set(defined) - self.modules
        # `sum` is the program's if it is all that is tested, and not if it serves to test another.
        if len(functions) == 1 and functions <= self.pythons:
            self.pythons -= functions
            self.only = functions | self.modules

    def __missing__(self, name):
        if name in self.pythons or self.only is not None and name not in self.only:
            raise KeyError(name)
        found = self.link.ask("global", name)
        if name in self.looked_into and name in STANDARD_MODULES:
            return importlib.import_module(name)
        if name in self.modules and type(found) is not types.ModuleType:
            self.link.fail("it gave something else for a module")
        return found

    def __setitem__(self, name, x):
        super().__setitem__(name, x)
        # What the tests import, the program finds under its name too.
        if type(x) is types.ModuleType and is_standard(x.__name__) or find_named(x):
            self.link.ask("bind", name, x)


def nodes(tree):
    """A syntax tree's nodes."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for field in node._fields:
            parts = getattr(node, field, None)
            for part in parts if type(parts) is list else [parts]:
                if isinstance(part, _ast.AST):
                    waiting.append(part)


def bare_names(node):
    """The names directly below a node that are not there for one of their attributes."""
    if type(node) is _ast.Attribute:
        return
    for field in node._fields:
        parts = getattr(node, field, None)
        for part in parts if type(parts) is list else [parts]:
            if type(part) is _ast.Name:
                yield part.id


def verdict(tester, source, tests):
    """How the tests come out: a word and a reason."""
    try:
        defined = tester.ask("load", source)
        if type(defined) is not dict:
            tester.fail("it did not load")
        tree = compile(tests, "<tests>", "exec", _ast.PyCF_ONLY_AST)
        exec(compile(tree, "<tests>", "exec"), Names(tester, tree, defined))
    except Gone as end:
        return "gone", "the program broke off: %s" % end
    except MemoryError:
        return "memory", "MemoryError"
    except BaseException as problem:
        by_tests = not any(problem is known for known in tester.raised)
        if isinstance(problem, AssertionError) and by_tests:
            return "wrong", failed_line(problem, tests)
        words = "%s: %s" % (type(problem).__name__, problem)
        return "memory" if getattr(problem, "errno", 0) == errno.ENOMEM else "exception", words
    if tester.broken:
        return "gone", "the program broke off: %s" % tester.broken
    return "pass", ""


def failed_line(problem, tests):
    """The line of the tests that raised `problem`."""
    line, trace = 0, problem.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "<tests>":
            line = trace.tb_lineno
        trace = trace.tb_next
    text = tests.split("\n")[line - 1:line]
    return "line %d of the tests: %s" % (line, text[0].strip() if text else "")


def read_text():
    def read(count):
        parts = []
        while count:
            parts.append(os.read(STANDARD_INPUT, count))
            if not parts[-1]:
                os._exit(1)
            count -= len(parts[-1])
        return b"".join(parts)
    return read(UNSIGNED.unpack(read(4))[0]).decode()


def test(arguments):
    prepare(arguments)
    tester = Tester(3)
    tester.read()
    os.write(VERDICT, b"ready\n")
    word, reason = verdict(tester, read_text(), read_text())
    line = " ".join(reason.split())[:300].encode("utf-8", "replace")
    os.write(VERDICT, word.encode() + b" " + line + b"\n")
    os._exit(0)


if __name__ == "__main__":
    test(sys.argv[1:])
