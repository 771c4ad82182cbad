"""Makes Tests/Fixtures/generation/top-p.json: what transformers leaves of distributions.

    python Tests/Peers/top_p.py > Tests/Fixtures/generation/top-p.json

Temperature first, then top-p, as transformers' `generate` orders them; no two tokens are equally
likely, for transformers does not say which of those goes first.
"""

import json
import random

import torch
from transformers import TemperatureLogitsWarper, TopPLogitsWarper

CASES = [(1.0, 0.9), (0.7, 0.5), (0.2, 0.95), (1.5, 0.99), (1.0, 0.01), (3.0, 0.3)]


def kept(logits, temperature, top_p):
    """Probabilities after both; 0 for what is left out."""
    scores = torch.tensor([logits], dtype=torch.float32)
    scores = TemperatureLogitsWarper(temperature)(None, scores)
    scores = TopPLogitsWarper(top_p)(None, scores)
    return [round(value, 7) for value in torch.softmax(scores, -1)[0].tolist()]


def main():
    generator = random.Random(5)
    cases = []
    for temperature, top_p in CASES:
        logits = [round(generator.gauss(0, 3), 4) for _ in range(24)]
        assert len(set(logits)) == len(logits)
        cases.append(
            {
                "temperature": temperature,
                "top_p": top_p,
                "logits": logits,
                "probabilities": kept(logits, temperature, top_p),
            }
        )
    print("[" + ",\n ".join(json.dumps(case) for case in cases) + "]")


if __name__ == "__main__":
    main()
