"""Makes Tests/Fixtures/gguf/blocks.json: random blocks of every type that lethe reads, and the numbers
that the package `gguf` makes of them.

    ../peers/bin/python Tests/Peers/gguf_blocks.py > Tests/Fixtures/gguf/blocks.json
"""

import base64
import json

import gguf
import numpy as np

# Where the half-precision numbers of a block are.
HALVES = {
    "F16": [0], "Q8_0": [0], "Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2],
    "Q4_K": [0, 2], "Q5_K": [0, 2], "Q6_K": [208], "IQ4_NL": [0], "BF16": [], "F32": [],
}


def encoded(array):
    return base64.b64encode(array.tobytes()).decode()


def main():
    random = np.random.default_rng(11)
    cases = {}
    for name, halves in HALVES.items():
        kind = gguf.GGMLQuantizationType[name]
        values, size = gguf.GGML_QUANT_SIZES[kind]
        count = max(1, 64 // values)
        blocks = random.integers(0, 256, (count, size), dtype=np.uint8)
        for start in halves:
            numbers = random.normal(0, 1, count).astype(np.float16)
            blocks[:, start:start + 2] = numbers.view(np.uint8).reshape(count, 2)
        if name in ("F32", "BF16"):
            numbers = random.normal(0, 1, count).astype(np.float32).view(np.uint8).reshape(count, 4)
            blocks = numbers[:, 4 - size:].copy()
        data = blocks.reshape(-1)
        found = gguf.quants.dequantize(data.reshape(1, -1), kind).astype(np.float32)
        cases[name] = {
            "type": int(kind), "bytes": encoded(data), "values": encoded(found.reshape(-1))}
    print(json.dumps(cases, indent=1, sort_keys=True))


main()
