"""Loads a base model for the other scripts: a Hugging Face folder, a GGUF file or given sizes."""

from pathlib import Path

import torch
import transformers

SIZES = ["hidden", "intermediate", "layers", "heads", "kv_heads", "vocabulary"]


def location(path):
    """The arguments of `from_pretrained` for a folder or a GGUF file."""
    path = Path(path).expanduser()
    if path.suffix == ".gguf":
        return {"pretrained_model_name_or_path": str(path.parent), "gguf_file": path.name}
    return {"pretrained_model_name_or_path": str(path)}


def load_model(path):
    return transformers.AutoModelForCausalLM.from_pretrained(
        **location(path), dtype=torch.float32, attn_implementation="sdpa"
    )


def load_tokenizer(path):
    return transformers.AutoTokenizer.from_pretrained(**location(path))


def new_model(sizes, context):
    """A model of random weights; `sizes` are comma-separated numbers in the order of SIZES."""
    values = dict(zip(SIZES, (int(size) for size in sizes.split(",")), strict=True))
    config = transformers.LlamaConfig(
        hidden_size=values["hidden"],
        intermediate_size=values["intermediate"],
        num_hidden_layers=values["layers"],
        num_attention_heads=values["heads"],
        num_key_value_heads=values["kv_heads"],
        vocab_size=values["vocabulary"],
        max_position_embeddings=context,
        tie_word_embeddings=True,
    )
    return transformers.LlamaForCausalLM(config).float()
