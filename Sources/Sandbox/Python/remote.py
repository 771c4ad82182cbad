# Stand-ins for the objects of the other interpreter.
import operator

# Python's own types that a program's classes may be built on and that cannot change: their
# instances cross with the plain value in them. Of those that can change the value is asked for.
IMMUTABLE_BASES = (int, float, complex, str, bytes, tuple, frozenset)
MUTABLE_BASES = (list, dict, set, bytearray, collections.deque)

# How to get the value of Python's own type out of an instance of a class that is built on it,
# without asking that class.
PLAIN = {
    int: int.__pos__, float: float.__pos__, complex: complex.__pos__, str: str.__str__,
    bytes: lambda x: bytes.__getitem__(x, slice(None)), bytearray: bytearray.copy,
    tuple: lambda x: tuple(tuple.__iter__(x)), frozenset: lambda x: frozenset(frozenset.__iter__(x)),
    list: list.copy, set: lambda x: set(set.__iter__(x)), dict: lambda x: dict(dict.items(x)),
    collections.deque: lambda x: collections.deque(collections.deque.__iter__(x)),
}

# What one side may ask of an object of the other.
OPERATIONS = {
    "call": lambda x, *arguments, **options: x(*arguments, **options),
    "get": getattr, "set": setattr, "delete": delattr,
    "iter": iter, "next": next, "len": len, "str": str, "repr": repr, "bool": bool,
    "item": operator.getitem, "put": operator.setitem, "remove": operator.delitem,
    "isinstance": isinstance, "issubclass": issubclass,
    "enter": lambda x: x.__enter__(), "exit": lambda x, *details: x.__exit__(*details),
}
# Those that take two objects of the program. None of them is asked with a value of the tests, which
# may be what they expect.
COMPARISONS = ("eq", "ne", "lt", "le", "gt", "ge")
ARITHMETIC = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor")
for _name in COMPARISONS:
    OPERATIONS[_name] = getattr(operator, _name)
for _name in ARITHMETIC:
    OPERATIONS[_name] = getattr(operator, "__%s__" % _name)


class Remote:
    """Stands for an object of the other interpreter.

    It compares by what it is: two objects of the other side as they see it themselves, one of them
    and a value of this side by the plain value in it, if it holds one, and else not at all.
    """

    __slots__ = ("__link", "__number", "__base")

    def __init__(self, link, number, base):
        object.__setattr__(self, "_Remote__link", link)
        object.__setattr__(self, "_Remote__number", number)
        object.__setattr__(self, "_Remote__base", base if base in MUTABLE_BASES else None)

    @property
    def __class__(self):
        return self.__base or Remote

    def __getattr__(self, name):
        return self.__link.ask("get", self, name)

    def __setattr__(self, name, value):
        self.__link.ask("set", self, name, value)

    def __delattr__(self, name):
        self.__link.ask("delete", self, name)

    def __call__(self, *arguments, **options):
        return self.__link.ask("call", self, *arguments, **options)

    def __iter__(self):
        remote = self.__link.ask("iter", self)
        return remote if type(remote) is Remote else iter(remote)

    def __next__(self):
        return self.__link.ask("next", self)

    def __contains__(self, item):
        return any(item is mine or item == mine for mine in self)

    def __getitem__(self, key):
        return self.__link.ask("item", self, key)

    def __setitem__(self, key, value):
        self.__link.ask("put", self, key, value)

    def __delitem__(self, key):
        self.__link.ask("remove", self, key)

    def __len__(self):
        return self.__link.ask("len", self)

    def __bool__(self):
        return self.__link.ask("bool", self) is True

    def __str__(self):
        return str(self.__link.ask("str", self))

    def __repr__(self):
        return str(self.__link.ask("repr", self))

    def __hash__(self):
        return hash(self.__number)

    def __enter__(self):
        return self.__link.ask("enter", self)

    def __exit__(self, *details):
        return self.__link.ask("exit", self, None, None, None)

    def __instancecheck__(self, x):
        return isinstance(x, (Remote,) + tuple(LIKENESSES)) and (
            self.__link.ask("isinstance", x, self) is True)

    def __subclasscheck__(self, x):
        return type(x) is Remote and self.__link.ask("issubclass", x, self) is True

    def __compare(self, operation, other):
        if type(other) is Remote:
            if other is self and operation == "eq":
                return True
            return self.__link.ask(operation, self, other)
        if self.__base is None:
            return NotImplemented
        return OPERATIONS[operation](self.__link.ask("plain", self, self.__base), other)

    def __compute(self, operation, other):
        if type(other) is not Remote:
            return NotImplemented
        return self.__link.ask(operation, self, other)


def give_operators():
    def operator_of(kind, name):
        def method(self, other):
            return getattr(self, "_Remote__" + kind)(name, other)
        return method

    for name in COMPARISONS:
        setattr(Remote, "__%s__" % name, operator_of("compare", name))
    for name in ARITHMETIC:
        setattr(Remote, "__%s__" % name, operator_of("compute", name))


give_operators()


def make_likeness(base):
    """A class for objects that are a plain value to all but those who ask for their attributes."""
    def attribute(self, name):
        link, number = owner_and_number(self)
        return link.ask("get", self, name)
    return type("Remote_" + base.__name__, (base,), {"__getattr__": attribute})


LIKENESSES = {make_likeness(base): base for base in IMMUTABLE_BASES}


def make_like(link, number, value):
    for likeness, base in LIKENESSES.items():
        if type(value) is base:
            made = likeness(value)
            made.__dict__["owner and number"] = (link, number)
            return made
    raise Nonsense("no plain value")


def owner_and_number(x):
    if type(x) is Remote:
        return x._Remote__link, x._Remote__number
    return x.__dict__["owner and number"]
