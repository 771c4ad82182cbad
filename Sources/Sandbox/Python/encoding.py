# What crosses between two interpreters, as bytes that cannot execute anything.
#
# A message is a value and the containers that it reaches: those that can be changed (lists, dicts,
# sets ...) stand in a table and are spoken of by their places in it, so that what is shared or goes
# in circles stays so, and so that a reply can say what became of the containers of its request.
# Values of Python's own types cross as copies, with their exact types. Everything else stays where
# it is, and crosses as a number.
#
# Nothing that is read is believed: sizes are held against what there is, and what does not follow
# this form is Nonsense.
import collections
import struct
import sys
import types

LARGEST_MESSAGE = 32 << 20
DEEPEST = 100

CONTAINERS = {
    list: b"l", dict: b"d", set: b"s", bytearray: b"y", collections.deque: b"q",
    collections.Counter: b"C", collections.OrderedDict: b"O", collections.defaultdict: b"D",
}
CONSTANTS = {None: b"N", True: b"T", False: b"F", Ellipsis: b".", NotImplemented: b"!"}
VIEWS = {type({}.keys()): b"K", type({}.items()): b"I", type({}.values()): b"V"}

# Types of the standard library that cross as what they are made of, if the sender has them.
PARTS = {
    ("fractions", "Fraction"): lambda x: (x.numerator, x.denominator),
    ("decimal", "Decimal"): lambda x: (str(x),),
    ("datetime", "date"): lambda x: (x.year, x.month, x.day),
    ("datetime", "time"): lambda x: (x.hour, x.minute, x.second, x.microsecond, x.tzinfo),
    ("datetime", "datetime"): lambda x: (
        x.year, x.month, x.day, x.hour, x.minute, x.second, x.microsecond, x.tzinfo),
    ("datetime", "timedelta"): lambda x: (x.days, x.seconds, x.microseconds),
    ("datetime", "timezone"): lambda x: (x.utcoffset(None),),
    ("array", "array"): lambda x: (x.typecode, tuple(x)),
}
PARTED = list(PARTS)

UNSIGNED = struct.Struct(">I")
FLOAT = struct.Struct(">d")


class Nonsense(Exception):
    """Bytes that no message has."""


def standard_modules():
    known = getattr(sys, "stdlib_module_names", None)
    if known is None:
        import os
        known = {name.split(".")[0] for name in os.listdir(os.path.dirname(os.__file__))}
    return frozenset(known) | frozenset(sys.builtin_module_names)


STANDARD_MODULES = standard_modules()


def is_standard(name):
    return type(name) is str and name.split(".")[0] in STANDARD_MODULES


class Encoder:
    """Makes a message; `containers` are those that the other side has by their places."""

    def __init__(self, link, containers=()):
        self.link = link
        self.containers = list(containers)
        self.places = {id(container): place for place, container in enumerate(self.containers)}

    def message(self, root, before=()):
        """The bytes of `root`, and of all containers but those whose contents are as `before`."""
        body = bytearray()
        self.value(body, root)
        table, place = [], 0
        while place < len(self.containers):
            container = self.containers[place]
            contents = self.contents(container)
            if place >= len(before) or contents != before[place]:
                table.append((place, container, contents))
            place += 1
        head = bytearray(UNSIGNED.pack(len(table)))
        for place, container, _ in table:
            head += UNSIGNED.pack(place) + CONTAINERS[type(container)]
            self.value(head, self.origin(container))
        message = b"".join([head] + [contents for _, _, contents in table] + [body])
        if len(message) > LARGEST_MESSAGE:
            raise ValueError("a value of over %d bytes" % LARGEST_MESSAGE)
        return message

    @staticmethod
    def origin(container):
        """What a container of this kind is made of besides its contents."""
        if type(container) is collections.deque:
            return container.maxlen
        if type(container) is collections.defaultdict:
            return container.default_factory
        return None

    def contents(self, container):
        out = bytearray()
        if type(container) is bytearray:
            self.text(out, bytes(container))
        elif isinstance(container, dict):
            self.sequence(out, [part for pair in container.items() for part in pair])
        else:
            self.sequence(out, list(container))
        return bytes(out)

    def sequence(self, out, items, depth=0):
        kinds = set(map(type, items)) if len(items) > 8 else None
        if kinds == {float}:
            out += b"f" + UNSIGNED.pack(len(items)) + struct.pack(">%dd" % len(items), *items)
            return
        if kinds == {int} and -(1 << 63) <= min(items) and max(items) < 1 << 63:
            out += b"i" + UNSIGNED.pack(len(items)) + struct.pack(">%dq" % len(items), *items)
            return
        out += b"*" + UNSIGNED.pack(len(items))
        for item in items:
            self.value(out, item, depth)
            if len(out) > LARGEST_MESSAGE:
                raise ValueError("a value of over %d bytes" % LARGEST_MESSAGE)

    def value(self, out, x, depth=0):
        kind = type(x)
        if kind in CONTAINERS:
            out += b"@" + UNSIGNED.pack(self.place(x))
        elif kind is int:
            self.text(out, x.to_bytes(x.bit_length() // 8 + 1, "big", signed=True), b"i")
        elif kind is str:
            self.text(out, x.encode("utf-8", "surrogatepass"), b"s")
        elif kind is float:
            out += b"f" + FLOAT.pack(x)
        elif kind is complex:
            out += b"c" + FLOAT.pack(x.real) + FLOAT.pack(x.imag)
        elif kind is bytes:
            self.text(out, x, b"b")
        elif x is None or kind is bool or x is Ellipsis or x is NotImplemented:
            out += CONSTANTS[x]
        elif depth > DEEPEST:
            self.whatever(out, x, depth)
        elif kind is tuple or kind is frozenset:
            out += b"t" if kind is tuple else b"z"
            self.sequence(out, list(x), depth + 1)
        elif kind is range or kind is slice:
            out += b"r" if kind is range else b"x"
            for part in (x.start, x.stop, x.step):
                self.value(out, part, depth + 1)
        elif kind in VIEWS:
            out += VIEWS[kind]
            pairs = kind is type({}.items())
            self.sequence(out, [y for z in x for y in z] if pairs else list(x), depth + 1)
        elif kind is types.ModuleType and is_standard(x.__name__):
            self.text(out, x.__name__.encode(), b"m")
        else:
            self.whatever(out, x, depth)

    def whatever(self, out, x, depth):
        kind = type(x)
        name = (kind.__module__, kind.__qualname__)
        own = self.link.mine(x)
        if own is not None:
            out += b"k" + UNSIGNED.pack(own)
        elif name in PARTS and getattr(sys.modules.get(name[0]), name[1], None) is kind:
            out += b"p" + bytes([PARTED.index(name)])
            self.value(out, PARTS[name](x), depth + 1)
        elif self.link.may_be_named(x):
            self.text(out, x.__module__.encode(), b"n")
            self.text(out, x.__qualname__.encode())
        else:
            out += b"h" + UNSIGNED.pack(self.link.export(x))
            if depth < DEEPEST:
                self.value(out, self.link.description(x), depth + 1)
            else:
                self.value(out, ("object", None))

    def place(self, container):
        place = self.places.setdefault(id(container), len(self.containers))
        if place == len(self.containers):
            self.containers.append(container)
        return place

    @staticmethod
    def text(out, data, tag=b""):
        out += tag + UNSIGNED.pack(len(data)) + data
