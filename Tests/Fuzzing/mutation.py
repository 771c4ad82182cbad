"""Changes to sound inputs, each drawn from a seeded generator that knows the form of the input."""

import json
import re
import struct
import zlib

import specimens

# Text of JSON values that no writer of sound files writes.
NUMBERS = [
    "0", "-1", "1", "2", "3", "65535", "2147483647", "2147483648", "4294967296", "16000000",
    "4611686018427387904", "9223372036854775807", "-9223372036854775808", "1000000000000000",
    "0.5", "1e308", "-1e308", "1e19", "5e-324", "1e-300", "-0.0", "1e-8", "12345678.9",
]
EXTREMES = NUMBERS + [
    "9223372036854775808", "18446744073709551616", "1e309", "NaN", "Infinity", '"nan"', '"inf"', '"-inf"', "null", "true", "false", '""', '" "', '"\\u0000"',
    '"\\u001b]0;PWNED\\u0007\\u001b[2J"', '"\\u009b31m"', '"../../outside/victim"', '"/dev/zero"',
    '"\\ud83d"', '"' + "a" * 300 + '"', '"' + "[" * 20000 + '"', "[]", "{}", "[[]]", "[null]",
    '[0, 1, "two", {}]', "[" * 600 + "]" * 600, '{"a":' * 600 + "1" + "}" * 600,
]


GGUF_KEYS = [
    *(f"llama.{key}" for key in (
        "embedding_length", "feed_forward_length", "block_count", "attention.head_count",
        "attention.head_count_kv", "attention.key_length", "attention.value_length",
        "context_length", "rope.freq_base", "rope.dimension_count", "rope.scaling.type",
        "rope.scaling.factor", "attention.layer_norm_rms_epsilon", "expert_count", "vocab_size",
        "attention.sliding_window")),
    *(f"tokenizer.ggml.{key}" for key in (
        "model", "pre", "tokens", "merges", "token_type", "scores", "bos_token_id",
        "eos_token_id", "add_bos_token", "unknown_token_id", "padding_token_id")),
    "tokenizer.chat_template", "general.architecture", "general.alignment", "split.count",
    "\x1b]0;PWNED\x07",
]
GGUF_TENSORS = ["token_embd.weight", "output_norm.weight", "output.weight", "blk.0.attn_q.weight",
                "blk.1.ffn_down.weight", "blk.0.attn_q.bias", "blk.99.attn_q.weight",
                "rope_freqs.weight", "\x1b]0;PWNED\x07"]


# Bytes in front of the records of a file of items: its mark and its version.
ITEM_HEADER = 12


class Pairs(list):
    """The members of a JSON object in order; a key may be there twice."""


class Raw(str):
    """Text that stands for a JSON value as it is."""


def parse(text):
    return json.loads(text, object_pairs_hook=Pairs)


def render(value):
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, Pairs):
        return "{" + ",".join(json.dumps(key) + ":" + render(item) for key, item in value) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(render, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def containers(value):
    """All lists and objects in a value, itself included."""
    found = []
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Pairs):
            waiting += [member for _, member in item]
        elif isinstance(item, list):
            waiting += item
        if isinstance(item, list) and item:
            found.append(item)
    return found


class Mutation:
    """Draws changes; the same generator draws the same ones."""

    def __init__(self, random):
        self.random = random

    def file(self, name, data):
        """The contents of a file in its form, changed."""
        if self.random.random() < 0.15:
            return self.bytes(data)
        try:
            if name.endswith(".safetensors"):
                return self.safetensors(data)
            if name.endswith("scores.bin"):
                return self.items(data)
            if name.endswith(".gguf"):
                return self.gguf() if self.random.random() < 0.5 else self.header(data)
            if name.endswith((".jsonl", ".txt", ".csv")):
                return self.lines(data)
            if name.endswith(".json"):
                return self.json(data.decode()).encode("utf-8", "surrogatepass")
            if name.endswith(".yaml"):
                return self.yaml(data.decode()).encode("utf-8", "surrogatepass")
        except (ValueError, struct.error, IndexError, RecursionError):
            pass
        return self.bytes(data)

    # Bytes

    def bytes(self, data):
        for _ in range(self.random.choice([1, 1, 1, 2, 4])):
            change = self.random.choice(
                [self.flip, self.cut, self.remove, self.repeat, self.number, self.insert])
            data = change(data)
        return data

    def place(self, data):
        return self.random.randrange(len(data) + 1)

    def flip(self, data):
        changed = bytearray(data)
        for _ in range(self.random.choice([1, 2, 8])):
            if changed:
                changed[self.random.randrange(len(changed))] ^= 1 << self.random.randrange(8)
        return bytes(changed)

    def cut(self, data):
        return data[:self.place(data)]

    def remove(self, data):
        start = self.place(data)
        return data[:start] + data[start + self.random.choice([1, 2, 7, 64, 1000]):]

    def repeat(self, data):
        start = self.place(data)
        piece = data[start:start + self.random.choice([1, 8, 100])]
        return data[:start] + piece * self.random.choice([2, 3, 200]) + data[start:]

    def number(self, data):
        start = self.place(data)
        size = self.random.choice([1, 2, 4, 8])
        value = self.random.choice([0, 1, 0x7F, 0x80, 0xFF, 1 << 31, 1 << 40, 1 << 62, 1 << 63, -1])
        number = (value & ((1 << 8 * size) - 1)).to_bytes(size, "little")
        return data[:start] + number + data[start + size:]

    def insert(self, data):
        start = self.place(data)
        piece = self.random.choice([
            b"\0" * 16, b"\xff\xfe", b"\xef\xbb\xbf", b"\n\n", b"\r", b"\x1b]0;PWNED\x07", b"[" * 50,
            b"{" * 3000, b'"', b"<|endoftext|>", b"\xed\xa0\x80", "\u202e\u0301".encode()])
        return data[:start] + piece + data[start:]

    # Items of a run

    def items(self, data):
        """A file of items with records changed, and with their sizes and checksums right."""
        records, place = [], ITEM_HEADER
        while place + 8 <= len(data):
            size = int.from_bytes(data[place:place + 4], "little")
            records.append(data[place + 8:place + 8 + size])
            place += 8 + size
        for _ in range(self.random.choice([1, 1, 2, 4])):
            index = self.random.randrange(len(records))
            change = self.random.choice(["bytes", "bytes", "bytes", "remove", "repeat", "move"])
            record = records[index] if change == "repeat" else records.pop(index)
            if change == "bytes":
                records.insert(index, self.bytes(record))
            elif change != "remove":
                records.insert(self.random.randrange(len(records) + 1), record)
            if not records:
                break
        framed = [struct.pack("<II", len(record), zlib.crc32(record)) + record
                  for record in records]
        return data[:ITEM_HEADER] + b"".join(framed)

    # JSON

    def json(self, text):
        root = [parse(text)]
        for _ in range(self.random.choice([1, 1, 1, 1, 2, 3])):
            inner = containers(root[0])
            rarely_all = not inner or self.random.random() < 0.03
            self.change(root if rarely_all else self.random.choice(inner))
            root = root[:1] or [Pairs()]
        return render(root[0])

    def change(self, items):
        index = self.random.randrange(len(items))
        is_object = isinstance(items, Pairs)
        key, value = items[index] if is_object else (None, items[index])

        def put(new):
            items[index] = (key, new) if is_object else new

        choice = self.random.randrange(12)
        if choice == 0:
            del items[index]
        elif choice == 1:
            items.insert(self.random.randrange(len(items) + 1), items[index])
        elif choice == 2 and is_object:
            items[index] = (self.other_key(key), value)
        elif choice == 3 and is_object:
            items.append((key, Raw(self.random.choice(EXTREMES))))
        elif choice == 4:
            put([value])
        elif choice == 5:
            put(self.near(value))
        elif choice == 6:
            self.random.shuffle(items)
        elif choice == 7 and isinstance(value, str):
            put(value * self.random.choice([0, 2, 1000]))
        else:
            put(Raw(self.extreme(value)))

    def extreme(self, value):
        """What is put in a value's place; of the same type more often than not, to get further."""
        if isinstance(value, (int, float)) and self.random.random() < 0.7:
            return self.random.choice(NUMBERS)
        return self.random.choice(EXTREMES)

    def other_key(self, key):
        return self.random.choice(
            [key.upper(), key + "_", "", key[:-1], key.replace("_", ""), "__metadata__",
             "\x1b[31m" + key])

    def near(self, value):
        if isinstance(value, bool):
            return not value
        if isinstance(value, (int, float)):
            return self.random.choice([value + 1, value - 1, -value, value * 2, value // 2,
                                       value * 1000, str(value), value + 0.5])
        if isinstance(value, str):
            return self.random.choice([value + " ", value.upper(), value[1:], value + "\x1b[2J",
                                       value + "é", len(value)])
        return Raw(self.random.choice(EXTREMES))

    # Lines

    def lines(self, data):
        lines = data.split(b"\n")
        for _ in range(self.random.choice([1, 1, 2, 5])):
            self.change_line(lines)
        return b"\n".join(lines)

    def change_line(self, lines):
        index = self.random.randrange(len(lines))
        choice = self.random.randrange(10)
        if choice == 0:
            del lines[index]
            lines or lines.append(b"")
        elif choice == 1:
            lines[index:index] = [lines[index]] * self.random.choice([1, 1, 30])
        elif choice == 2:
            other = self.random.randrange(len(lines))
            lines[index], lines[other] = lines[other], lines[index]
        elif choice == 3:
            lines[index] = self.bytes(lines[index])
        elif choice == 4:
            del lines[index + 1:]
            lines[index] = self.cut(lines[index])
        elif choice == 5:
            lines.insert(index, self.random.choice([b"", b" ", b"\r", b"null", b"{}", b"[]", b"\0"]))
        else:
            try:
                lines[index] = self.json(lines[index].decode()).encode("utf-8", "surrogatepass")
            except ValueError:
                lines[index] = self.bytes(lines[index])

    # YAML

    def yaml(self, text):
        for _ in range(self.random.choice([1, 1, 1, 2])):
            keys = list(re.finditer(r"([A-Za-z_]+):( *)([^,{}\[\]\n]*)", text))
            found = self.random.choice(keys)
            text = text[:found.start()] + self.yaml_entry(found) + text[found.end():]
        return text

    def yaml_entry(self, found):
        key, value = found[1], found[3]
        choice = self.random.randrange(16)
        if choice == 0:
            return ""
        if choice == 1:
            return f"{self.other_key(key)}: {value}"
        if choice == 2:
            return self.random.choice([f"{key}: &a {value}", f"{key}: *a", f"{key}: !!int {value}",
                                       f"<<: {value}", f"? {value}", f"{key}: |\n {value}"])
        if choice == 3:
            return f"{key}: [{value}, {value}]"
        if choice == 4:
            return f"{key}: {value}\n{key}: {value}"
        if choice == 5 and re.fullmatch(r"[0-9.e+-]+ *", value):
            return f"{key}: {self.near(float(value) if '.' in value else int(value, 0))}"
        number = re.match("[0-9]", value)
        return f"{key}: {self.extreme(0 if number else value)}"

    # Weight files

    def safetensors(self, data):
        length = struct.unpack("<Q", data[:8])[0]
        header, contents = data[8:8 + length], data[8 + length:]
        choice = self.random.randrange(6)
        if choice == 0:
            return self.number(data[:8])[:8] + data[8:]
        if choice == 1:
            return data[:8 + length] + self.floats(contents)
        header = self.json(header.decode()).encode("utf-8", "surrogatepass")
        if choice == 2:
            contents = self.bytes(contents)
        return struct.pack("<Q", len(header)) + header + contents

    def floats(self, data):
        """Half-precision numbers, some of them not finite or as large as can be."""
        bad = self.random.choice([b"\x00\x7e", b"\x00\x7c", b"\x00\xfc", b"\xff\x7b", b"\x01\x00"])
        if self.random.random() < 0.3:
            return bad * (len(data) // 2)
        start = self.random.randrange(0, max(1, len(data) - 2), 2)
        return data[:start] + bad + data[start + 2:]

    def gguf(self):
        """A file that is sound as such, with other metadata and tensors."""
        metadata, shapes = {}, {}
        for _ in range(self.random.choice([1, 1, 2, 3])):
            if self.random.random() < 0.7:
                metadata[self.random.choice(GGUF_KEYS)] = self.gguf_value()
            else:
                shapes[self.random.choice(GGUF_TENSORS)] = self.random.choice(
                    [None, [], [1], [16], [16, 16], [8, 16], [267, 16], [3, 5, 7], [0, 16]])
        return specimens.gguf(metadata, shapes)

    def gguf_value(self):
        number = self.random.choice([
            0, 1, 2, 3, 16, 255, 65535, 1 << 24, (1 << 31) - 1, 1 << 31, 1 << 40, (1 << 63) - 1,
            1 << 63, -1, -(1 << 63)])
        return self.random.choice([
            number, number, number, float(self.random.choice([0, -1, 1e30, 1e-30])), float("nan"),
            float("inf"), "", "llama", "\x1b]0;PWNED\x07", [], ["a"], ["a b"], ["\x1b[2J"] * 300,
            [number % 100], [3] * 267, None])

    def header(self, data):
        """A binary file whose head says where all else is."""
        end = min(len(data), self.random.choice([32, 400, 9000]))
        return self.bytes(data[:end]) + data[end:]
