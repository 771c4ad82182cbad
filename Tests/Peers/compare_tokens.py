"""Compares the ids that lethe and Hugging Face's tokenizers make of a text, and how fast they do.

usage: compare_tokens.py LETHE MODEL FILE

LETHE is the program, MODEL a folder with a tokenizer.json, FILE any text in UTF-8. Needs the package
tokenizers alone. Both are timed by what they take of one processor; of lethe's time that for an empty
text is taken away, so that what is left is encoding and the writing of ids and pieces as JSON.
"""

import json
import os
import resource
import subprocess
import sys
import time

os.environ["TOKENIZERS_PARALLELISM"] = "false"

from tokenizers import Tokenizer


def tokens(lethe, model, text):
    """What lethe makes of a text, and the processor's seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    out = subprocess.run([lethe, "model", "tokens", "--model", model, "-"], input=text,
                         check=True, capture_output=True)
    return json.loads(out.stdout), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def main(lethe, model, path):
    tokenizer = Tokenizer.from_file(os.path.join(model, "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    start = time.process_time()
    expected = tokenizer.encode(text, add_special_tokens=False)
    theirs = time.process_time() - start
    found, seconds = tokens(lethe, model, text.encode())
    ours = seconds - tokens(lethe, model, b"")[1]
    size = len(text.encode())
    print(f"{size} bytes, {len(expected.ids)} tokens; tokenizers {size / theirs / 1e6:.2f} MB/s, "
          f"lethe {size / ours / 1e6:.2f} MB/s, ratio {theirs / ours:.2f}")
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
