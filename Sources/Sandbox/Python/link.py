# Two interpreters that use each other's objects: the one asks for an operation on an object of the
# other, and waits for the reply; meanwhile the other may ask in turn.
import builtins
import importlib
import os
import resource

NAMED_KINDS = (
    type, types.FunctionType, types.BuiltinFunctionType, type(str.upper), type(int.__add__))


class Gone(BaseException):
    """The other interpreter is not there any more, or talks nonsense."""


class Link:
    """One end. Subclasses say what the other side may ask of this one."""

    def __init__(self, descriptor):
        self.descriptor = descriptor
        self.exported = []
        self.numbers = {}
        self.remotes = {}
        self.error_numbers = {}
        self.raised = []
        self.broken = None

    # Asking and answering.

    def ask(self, operation, *arguments, **options):
        encoder = Encoder(self)
        self.send(encoder.message(("ask", operation, arguments, options)))
        while True:
            decoder = self.receive(encoder.containers)
            if decoder is None:
                continue
            kind, *rest = self.checked(decoder.root)
            if kind == "give":
                return rest[0]
            raise self.exception(operation, *rest)

    def receive(self, containers=()):
        """The reply to what was asked last, or None if it was a question, which is answered."""
        data = self.read()
        try:
            # A question has containers of its own, a reply shares those of its request.
            is_reply = data[:1] == b"R"
            decoder = Decoder(self, data[1:], containers if is_reply else ())
            decoder.root = decoder.message()
        except Nonsense as nonsense:
            self.fail("it sent nonsense: %s" % nonsense)
        if is_reply:
            return decoder
        self.answer(decoder)
        return None

    def answer(self, decoder):
        before = [Encoder(self, decoder.containers).contents(x) for x in decoder.containers]
        try:
            _, operation, arguments, options = decoder.root
            reply = ("give", self.perform(operation, arguments, options))
            data = Encoder(self, decoder.containers).message(reply, before)
        except Gone:
            raise
        except BaseException as problem:
            problem.__traceback__ = problem.__context__ = None
            data = self.regret(problem, decoder.containers, before)
        self.send(data, b"R")

    def regret(self, problem, containers, before):
        """The reply that an exception is."""
        text = type(problem).__name__
        try:
            text = str(problem)
            reply = ("raise", type(problem), tuple(problem.args), text[:2000], problem)
            return Encoder(self, containers).message(reply, before)
        except MemoryError:
            return OUT_OF_MEMORY
        except Exception:
            return Encoder(self).message(("raise", RuntimeError, (), text[:2000], None))

    def checked(self, root):
        if type(root) is tuple and len(root) in (2, 5) and root[0] in ("give", "raise"):
            return root
        self.fail("it sent no reply")

    def exception(self, operation, kind, arguments, text, original):
        """The exception that the other side told.

        The end of an iterator ends nothing else: a call that raises it would end a loop over calls.
        """
        if isinstance(original, BaseException):
            return original
        problem = RuntimeError(text)
        if is_error(kind) and (kind is not StopIteration or operation == "next"):
            problem = made_error(kind, arguments) or problem
        problem.__dict__["original"] = original
        self.raised.append(problem)
        return problem

    def send(self, message, tag=b"A"):
        data = memoryview(UNSIGNED.pack(len(message) + 1) + tag + message)
        try:
            while data:
                data = data[os.write(self.descriptor, data):]
        except OSError:
            self.fail("it is gone")

    def read(self):
        count = UNSIGNED.unpack(self.bytes(4))[0]
        if not 0 < count <= LARGEST_MESSAGE + 1:
            self.fail("it sent a message of %d bytes" % count)
        return self.bytes(count)

    def bytes(self, count):
        if self.broken:
            raise Gone(self.broken)
        parts = []
        while count:
            try:
                part = os.read(self.descriptor, min(count, 1 << 20))
            except OSError:
                part = b""
            if not part:
                self.fail("it is gone")
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    def fail(self, reason):
        self.broken = self.broken or reason
        raise Gone(self.broken)

    # Objects that cross as numbers.

    def export(self, x):
        number = self.numbers.setdefault(id(x), len(self.exported))
        if number == len(self.exported):
            self.exported.append(x)
        return number

    def description(self, x):
        """What the other side has to know of an object of ours."""
        if isinstance(x, type):
            if issubclass(x, BaseException):
                base = next(y for y in x.__mro__ if self.may_be_named(y))
                return ("error", x.__name__, base)
            return ("object", None)
        for base in IMMUTABLE_BASES:
            if isinstance(x, base) and type(x) is not base:
                return ("like", PLAIN[base](x))
        for base in MUTABLE_BASES:
            if isinstance(x, base):
                return ("holds", base)
        return ("object", None)

    def foreign(self, number, description):
        """The stand-in for an object of the other side."""
        kind, *details = description
        if kind == "like":
            return make_like(self, number, details[0])
        known = self.remotes.get(number)
        if known is None:
            if kind == "error":
                known = make_error(*details)
                self.error_numbers[id(known)] = number
            else:
                known = Remote(self, number, details[0] if kind == "holds" else None)
            self.remotes[number] = known
        return known

    def mine(self, x):
        """The number that the other side gave an object of its own."""
        if type(x) is Remote or type(x) in LIKENESSES:
            return owner_and_number(x)[1]
        return self.error_numbers.get(id(x))

    def module(self, name):
        if not is_standard(name) or "__" in name:
            raise Nonsense("no module of the standard library")
        return importlib.import_module(name)


def find_named(x):
    """Whether `x` is what the standard library has under its name."""
    if not isinstance(x, NAMED_KINDS):
        return False
    module, name = getattr(x, "__module__", None), getattr(x, "__qualname__", None)
    if not is_standard(module) or type(name) is not str:
        return False
    return reached(sys.modules.get(module), name) is x


def reached(module, name):
    """What a dotted name means in a module; None if nothing."""
    for part in name.split("."):
        module = getattr(module, part, None)
    return module


def is_harmless(x):
    """Whether both sides can use one of their own for it: types and exceptions, no functions."""
    return isinstance(x, type) and find_named(x) and (x.__module__ == "builtins" or is_error(x))


def is_error(x):
    return isinstance(x, type) and issubclass(x, BaseException)


def made_error(kind, arguments):
    """An exception of a class, whether its constructor takes what the exception has or not."""
    for make in (kind, lambda *arguments: kind.__new__(kind, *arguments)):
        try:
            problem = make(*arguments)
            problem.args = arguments
            return problem
        except Exception:
            continue
    return None


def make_error(name, base):
    """A class for an exception class of the other side."""
    def attribute(self, name):
        return getattr(self.__dict__["original"], name)
    if not is_error(base):
        raise Nonsense("no class of exceptions")
    return type(str(name), (base,), {"__getattr__": attribute})


class Unlinked:
    def may_be_named(self, x):
        return True

    def mine(self, x):
        return None


OUT_OF_MEMORY = Encoder(Unlinked()).message(("raise", MemoryError, (), "", None))


def prepare(arguments):
    """Sets limits such as `AS=1000000`; what comes after a limit of time is the end."""
    sys.path[:] = [folder for folder in sys.path if folder]
    for argument in arguments:
        name, value = argument.split("=")
        last = int(value) + (name == "CPU")
        resource.setrlimit(getattr(resource, "RLIMIT_" + name), (int(value), last))
