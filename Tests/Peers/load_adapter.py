"""Loads what lethe trained with PEFT and transformers, and continues prompts with it.

    python Tests/Peers/load_adapter.py MODEL ADAPTER PROMPT...

MODEL is the base, ADAPTER a checkpoint's folder of a run. For every prompt it prints the last
row's highest logits and the greedy continuation.
"""

import argparse
import json
import tempfile
from pathlib import Path

import peft
import safetensors.torch
import torch

import base


def load(model, adapter):
    """The model under an adapter, or whole if `adapter` is a folder of whole weights.

    Methods that merge updates into the base leave its weights beside the adapter.
    """
    adapter = Path(adapter)
    is_whole = (adapter / "model.safetensors").exists()
    loaded = whole_model(adapter) if is_whole else base.load_model(model)
    if (adapter / "adapter_config.json").exists():
        loaded = peft.PeftModel.from_pretrained(loaded, adapter)
        check_tensors(loaded, adapter)
    return loaded.eval()


def whole_model(folder):
    """The whole weights of a folder, whether or not an adapter lies beside them."""
    with tempfile.TemporaryDirectory() as alone:
        for name in ["config.json", "model.safetensors"]:
            (Path(alone) / name).symlink_to((folder / name).resolve())
        return base.load_model(alone)


def check_tensors(model, adapter):
    """PEFT must have taken every tensor of the file, and have nothing besides."""
    saved = safetensors.torch.load_file(adapter / "adapter_model.safetensors")
    loaded = peft.get_peft_model_state_dict(model)
    if saved.keys() != loaded.keys():
        raise ValueError(f"not in both: {sorted(saved.keys() ^ loaded.keys())}")
    different = [name for name in saved if not torch.equal(saved[name], loaded[name])]
    if different:
        raise ValueError(f"read otherwise: {different}")


@torch.no_grad()
def describe(model, tokenizer, prompt, count, top=5):
    ids = torch.tensor([tokenizer.encode(prompt)])
    highest = model(input_ids=ids).logits[0, -1].topk(top)
    continuation = model.generate(
        input_ids=ids,
        attention_mask=torch.ones_like(ids),
        do_sample=False,
        max_new_tokens=count,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.eos_token_id,
    )[0, ids.shape[1] :].tolist()
    return {
        "prompt": prompt,
        "ids": ids[0].tolist(),
        "highest_logits": dict(zip(highest.indices.tolist(), highest.values.tolist())),
        "greedy": continuation,
        "text": tokenizer.decode(continuation, skip_special_tokens=True),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model")
    parser.add_argument("adapter")
    parser.add_argument("prompts", nargs="+")
    parser.add_argument("--tokens", type=int, default=40, help="the most new tokens")
    arguments = parser.parse_args()
    model = load(arguments.model, arguments.adapter)
    tokenizer = base.load_tokenizer(arguments.model)
    for prompt in arguments.prompts:
        print(json.dumps(describe(model, tokenizer, prompt, arguments.tokens)))


if __name__ == "__main__":
    main()
