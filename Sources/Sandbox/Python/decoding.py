# The reading of messages, by the side that did not write them (see encoding.py).


class Decoder:
    """Reads a message; `containers` are those of the request that it replies to."""

    def __init__(self, link, data, containers=()):
        self.link, self.data, self.at = link, data, 0
        self.containers = list(containers)

    def message(self):
        try:
            root = self.whole()
        except (Nonsense, MemoryError):
            raise
        except Exception as problem:
            raise Nonsense("%s: %s" % (type(problem).__name__, problem)) from None
        if self.at != len(self.data):
            raise Nonsense("more than a value")
        return root

    def whole(self):
        table = []
        for _ in range(self.count(6)):
            place, tag, origin = self.number(), self.take(1), self.value()
            if place == len(self.containers):
                self.containers.append(self.made(tag, origin))
            elif place > len(self.containers) or CONTAINERS[type(self.containers[place])] != tag:
                raise Nonsense("no such container")
            table.append(self.containers[place])
        for container in table:
            self.fill(container)
        return self.value()

    @staticmethod
    def made(tag, origin):
        if tag == b"q":
            return collections.deque(maxlen=origin)
        if tag == b"D":
            return collections.defaultdict(origin)
        for kind, known in CONTAINERS.items():
            if known == tag:
                return kind()
        raise Nonsense("no such kind of container")

    def fill(self, container):
        if type(container) is bytearray:
            container[:] = self.text()
            return
        items = self.sequence()
        if isinstance(container, dict):
            pairs = list(zip(items[::2], items[1::2]))
            container.clear()
            for key, value in pairs:
                container[key] = value
        elif type(container) is list:
            container[:] = items
        elif type(container) is set:
            container.clear()
            container.update(items)
        else:
            container.clear()
            container.extend(items)

    def take(self, count):
        if count > len(self.data) - self.at:
            raise Nonsense("it ends too soon")
        self.at += count
        return self.data[self.at - count:self.at]

    def number(self):
        return UNSIGNED.unpack(self.take(4))[0]

    def count(self, size):
        """How many things of at least `size` bytes follow."""
        count = self.number()
        if count * size > len(self.data) - self.at:
            raise Nonsense("it ends too soon")
        return count

    def text(self):
        return self.take(self.number())

    def sequence(self, depth=0):
        tag = self.take(1)
        if tag == b"f" or tag == b"i":
            count = self.count(8)
            form = ">%d%s" % (count, "d" if tag == b"f" else "q")
            return list(struct.unpack(form, self.take(8 * count)))
        if tag != b"*":
            raise Nonsense("no sequence")
        return [self.value(depth) for _ in range(self.count(1))]

    def value(self, depth=0):
        if depth > DEEPEST + 4:
            raise Nonsense("it is nested too deeply")
        tag = self.take(1)
        if tag == b"@":
            return self.containers[self.number()]
        if tag == b"i":
            return int.from_bytes(self.text(), "big", signed=True)
        if tag == b"s":
            return self.text().decode("utf-8", "surrogatepass")
        if tag == b"f":
            return FLOAT.unpack(self.take(8))[0]
        if tag == b"c":
            return complex(*struct.unpack(">dd", self.take(16)))
        if tag == b"b":
            return self.text()
        if tag == b"t":
            return tuple(self.sequence(depth + 1))
        if tag == b"z":
            return frozenset(self.sequence(depth + 1))
        if tag == b"r" or tag == b"x":
            parts = [self.value(depth + 1) for _ in range(3)]
            return range(*parts) if tag == b"r" else slice(*parts)
        if tag == b"m":
            return self.link.module(self.text().decode())
        if tag == b"n":
            module = self.text().decode()
            return self.link.named(module, self.text().decode())
        if tag == b"k":
            return self.link.exported[self.number()]
        if tag == b"h":
            number = self.number()
            return self.link.foreign(number, self.value(depth + 1))
        if tag == b"p":
            module, name = PARTED[self.take(1)[0]]
            return getattr(self.link.module(module), name)(*self.value(depth + 1))
        for constant, known in CONSTANTS.items():
            if known == tag:
                return constant
        return self.view(tag, depth)

    def view(self, tag, depth):
        """What a dict's `keys`, `items` and `values` give."""
        items = self.sequence(depth + 1)
        if tag == b"K":
            return dict.fromkeys(items).keys()
        if tag == b"I":
            return dict(zip(items[::2], items[1::2])).items()
        if tag == b"V":
            return dict(enumerate(items)).values()
        raise Nonsense("no such value")
