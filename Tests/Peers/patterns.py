"""Makes the parts of Tests/Fixtures/peft that name modules in odd ways: adapters of random numbers
that PEFT saved, with ranks, scales and layers of their own, and what they say on the base.

    python Tests/Peers/patterns.py Tests/Fixtures/peft
"""

import argparse
import json
from pathlib import Path

import peft
import torch

from goldens import base_model, logits, save

CASES = {
    # Of several expressions that fit a module, the first counts, in the order of the file.
    "patterns": {
        "target_modules": ["q_proj", "v_proj", "down_proj"],
        "rank_pattern": {r"layers\.1\..*": 2, "q_proj": 3},
        "alpha_pattern": {
            r"^model\.layers\.(?P<layer>[0])\.mlp\.down_proj": 5,
            "self_attn.[qk]_proj": 2.5,
        },
        "use_rslora": True,
        "modules_to_save": ["norm"],
    },
    "layers": {
        "target_modules": ["k_proj", "o_proj"],
        "layers_to_transform": 1,
        "layers_pattern": ["h", "layers"],
        "use_dora": True,
    },
    "expression": {
        "target_modules": r"model\.layers\.(0\.self_attn|1\.mlp)\.(q|up|down)_proj",
        "exclude_modules": ["mlp.down_proj"],
    },
    "all-linear": {"target_modules": "all-linear", "exclude_modules": r".*\.0\.mlp\..*"},
}


def adapter(name, output, generator):
    options = {"r": 1, "lora_alpha": 3} | CASES[name]
    model = peft.get_peft_model(base_model(), peft.LoraConfig(**options))
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.requires_grad:
                parameter.add_(0.3 * torch.randn(parameter.shape, generator=generator))
    config = model.peft_config["default"]
    if isinstance(config.target_modules, str):
        model.save_pretrained(output / name)
        (output / name / "README.md").unlink()
    else:
        save(model, output / name, None)
    # What PEFT reads again, for it need not be what it wrote.
    return logits(peft.PeftModel.from_pretrained(base_model(), output / name))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("output", type=Path)
    output = parser.parse_args().output
    torch.set_num_threads(1)
    generator = torch.Generator().manual_seed(3)
    found = {name: adapter(name, output, generator) for name in CASES}
    (output / "patterns.json").write_text(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
