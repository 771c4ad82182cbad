"""Compares the ids that lethe and Hugging Face's tokenizers make of a text, and times the latter.

usage: compare_tokens.py LETHE MODEL FILE

LETHE is the program, MODEL a folder with a tokenizer.json, FILE any text in UTF-8. Needs the package
tokenizers alone.
"""

import json
import os
import subprocess
import sys
import time

os.environ["TOKENIZERS_PARALLELISM"] = "false"

from tokenizers import Tokenizer


def main(lethe, model, path):
    tokenizer = Tokenizer.from_file(os.path.join(model, "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    start = time.perf_counter()
    expected = tokenizer.encode(text, add_special_tokens=False)
    seconds = time.perf_counter() - start
    out = subprocess.run([lethe, "model", "tokens", "--model", model, path],
                         check=True, capture_output=True)
    found = json.loads(out.stdout)
    size = len(text.encode())
    print(f"{size} bytes, {len(expected.ids)} tokens; tokenizers: {size / seconds / 1e6:.2f} MB/s")
    if found["ids"] == expected.ids:
        assert found["pieces"] == expected.tokens, "the ids are equal, but not the pieces"
        return print("equal")
    place = next(i for i, (a, b) in enumerate(zip(found["ids"] + [None], expected.ids + [None]))
                 if a != b)
    print(f"they differ from token {place} on: {found['pieces'][place:place + 8]}, "
          f"not {expected.tokens[place:place + 8]}")
    sys.exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
