"""Writes the models of small Hugging Face folders as GGUF, as llama.cpp's converter does, and compares
what lethe makes of both: ids of texts, and log-likelihoods of every token.

    ../peers/bin/python Tests/Peers/gguf_families.py LETHE FOLDER... [--types F32,Q8_0]

Each folder has config.json, model.safetensors and tokenizer.json. What GGUF does not state (Gemma 2's
scale of attention) is first made what llama.cpp takes for it.
"""

import argparse
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import gguf
import numpy as np
from safetensors.numpy import load_file, save_file

ARCHITECTURES = {
    "llama": gguf.MODEL_ARCH.LLAMA, "mistral": gguf.MODEL_ARCH.LLAMA,
    "qwen2": gguf.MODEL_ARCH.QWEN2, "qwen3": gguf.MODEL_ARCH.QWEN3,
    "smollm3": gguf.MODEL_ARCH.SMOLLM3, "gemma2": gguf.MODEL_ARCH.GEMMA2,
    "gemma3_text": gguf.MODEL_ARCH.GEMMA3, "olmo2": gguf.MODEL_ARCH.OLMO2,
    "phi3": gguf.MODEL_ARCH.PHI3, "gpt_neox": gguf.MODEL_ARCH.GPTNEOX,
}
PRE = {
    "llama": "llama-bpe", "smollm3": "llama-bpe", "qwen2": "qwen2", "qwen3": "qwen2",
    "olmo2": "dbrx", "gpt_neox": "olmo",
}
PERMUTED = {"llama", "mistral", "smollm3"}
TEXTS = [
    "Hello, world! It's 12345 o'clock.", "  two spaces\n\nand lines\t tab", "naïve café 日本語 🙂",
    "def f(x):\n    return x**2 # 100%", "I'LL they've we'd", "", " ", "a", "1234 5 67 890",
    "<s> </s> <|endoftext|> <unk>", "ÀÉ e\u0301 ﬁ",
]


def rotary(config):
    parameters = config.get("rope_parameters") or {}
    return parameters.get("full_attention", parameters)


def head_size(config):
    return config.get("head_dim") or config["hidden_size"] // config["num_attention_heads"]


def permuted(weight, heads):
    """`LlamaModel.permute`."""
    shape = weight.shape
    split = weight.reshape(heads, 2, shape[0] // heads // 2, *shape[1:])
    return np.ascontiguousarray(split.swapaxes(1, 2).reshape(shape))


def by_part(weight, heads):
    """`GPTNeoXModel.modify_tensors`."""
    split = weight.reshape(heads, 3, -1, *weight.shape[1:])
    return np.concatenate([split[:, part].reshape(-1, *weight.shape[1:]) for part in range(3)])


def rotary_factors(config):
    """`LlamaModel.generate_extra_tensors`."""
    rope = rotary(config)
    if rope.get("rope_type") != "llama3":
        return None
    size, context = head_size(config), rope["original_max_position_embeddings"]
    frequencies = 1 / rope["rope_theta"] ** (np.arange(0, size, 2) / size)
    factors = []
    for frequency in frequencies:
        length = 2 * np.pi / frequency
        if length < context / rope["high_freq_factor"]:
            factors.append(1)
        elif length > context / rope["low_freq_factor"]:
            factors.append(rope["factor"])
        else:
            smooth = (context / length - rope["low_freq_factor"]) / (
                rope["high_freq_factor"] - rope["low_freq_factor"])
            factors.append(1 / ((1 - smooth) / rope["factor"] + smooth))
    return np.array(factors, dtype=np.float32)


def write_numbers(writer, config):
    kind, rope, size = config["model_type"], rotary(config), head_size(config)
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_vocab_size(config["vocab_size"])
    if kind == "gpt_neox":
        writer.add_parallel_residual(config["use_parallel_residual"])
        writer.add_layer_norm_eps(config["layer_norm_eps"])
    else:
        writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
        writer.add_head_count_kv(config["num_key_value_heads"])
    if config.get("head_dim"):
        writer.add_key_length(size)
        writer.add_value_length(size)
    writer.add_rope_freq_base(rope["rope_theta"])
    writer.add_rope_dimension_count(int(size * rope.get("partial_rotary_factor", 1)))
    if rope.get("rope_type") == "linear":
        writer.add_rope_scaling_type(gguf.RopeScalingType.LINEAR)
        writer.add_rope_scaling_factor(rope["factor"])
    if kind in ("gemma2", "gemma3_text", "phi3") and config.get("sliding_window"):
        writer.add_sliding_window(config["sliding_window"])
        if kind != "phi3" and config.get("layer_types"):
            writer.add_sliding_window_pattern(
                [layer == "sliding_attention" for layer in config["layer_types"]])
    if config.get("attn_logit_softcapping"):
        writer.add_attn_logit_softcapping(config["attn_logit_softcapping"])
    if config.get("final_logit_softcapping"):
        writer.add_final_logit_softcapping(config["final_logit_softcapping"])


def write_tensors(writer, config, tensors, quantisation):
    kind = config["model_type"]
    names = gguf.get_tensor_name_map(ARCHITECTURES[kind], config["num_hidden_layers"])
    factors = rotary_factors(config)
    if factors is not None:
        writer.add_tensor("rope_freqs.weight", factors)
    for name, values in tensors.items():
        values = values.astype(np.float32)
        if kind in PERMUTED and ".q_proj." in name:
            values = permuted(values, config["num_attention_heads"])
        if kind in PERMUTED and ".k_proj." in name:
            values = permuted(values, config["num_key_value_heads"])
        if kind == "gpt_neox" and ".query_key_value." in name:
            values = by_part(values, config["num_attention_heads"])
        if kind.startswith("gemma") and name.endswith("norm.weight"):
            values = values + 1
        new = names.get_name(name, try_suffixes=(".weight", ".bias"))
        block = gguf.GGML_QUANT_SIZES[quantisation][0]
        if quantisation == gguf.GGMLQuantizationType.F32 or values.ndim == 1 or (
                values.shape[-1] % block):
            writer.add_tensor(new, values)
        else:
            writer.add_tensor(
                new, gguf.quants.quantize(values, quantisation), raw_dtype=quantisation)


def write_tokenizer(writer, config, tokenizer):
    model, kind = tokenizer["model"], config["model_type"]
    is_pieces = bool(model.get("byte_fallback"))
    tokens = [None] * config["vocab_size"]
    for token, number in model["vocab"].items():
        tokens[number] = token
    types = [gguf.TokenType.NORMAL] * len(tokens)
    for added in tokenizer["added_tokens"]:
        tokens[added["id"]] = added["content"]
        types[added["id"]] = (
            gguf.TokenType.CONTROL if added["special"] else gguf.TokenType.USER_DEFINED)
    for number, token in enumerate(tokens):
        if token is None:
            tokens[number], types[number] = f"[PAD{number}]", gguf.TokenType.UNUSED
        elif is_pieces and len(token) == 6 and token.startswith("<0x"):
            types[number] = gguf.TokenType.BYTE
        elif is_pieces and token == "<unk>":
            types[number] = gguf.TokenType.UNKNOWN
    merges = [m if isinstance(m, str) else " ".join(m) for m in model["merges"]]
    writer.add_tokenizer_model("llama" if is_pieces else "gpt2")
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    if is_pieces:
        ranks = {}
        for rank, merge in enumerate(merges):
            ranks.setdefault(merge.replace(" ", ""), -float(rank) - 1)
        writer.add_token_scores([ranks.get(token, 0.0) for token in tokens])
        text = json.dumps(tokenizer.get("normalizer")) + json.dumps(tokenizer["pre_tokenizer"])
        writer.add_add_space_prefix("Prepend" in text or '"prepend_scheme": "first"' in text)
    else:
        writer.add_tokenizer_pre(PRE[kind])
        writer.add_token_merges(merges)
    named = re.findall(
        r'"ids": \[(\d+)\]', json.dumps(tokenizer.get("post_processor") or {}))
    if named:
        writer.add_bos_token_id(int(named[0]))
        writer.add_add_bos_token(True)
    elif config.get("bos_token_id") is not None:
        writer.add_bos_token_id(config["bos_token_id"])
        writer.add_add_bos_token(False)
    end = config.get("eos_token_id")
    end = end[0] if isinstance(end, list) else end
    if end is not None and end < len(tokens):
        writer.add_eos_token_id(end)
    if config.get("pad_token_id") is not None:
        writer.add_pad_token_id(config["pad_token_id"])


def convert(folder, file, quantisation):
    config = json.loads((folder / "config.json").read_text())
    writer = gguf.GGUFWriter(file, gguf.MODEL_ARCH_NAMES[ARCHITECTURES[config["model_type"]]])
    write_numbers(writer, config)
    write_tensors(writer, config, load_file(folder / "model.safetensors"), quantisation)
    write_tokenizer(writer, config, json.loads((folder / "tokenizer.json").read_text()))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def stateable(folder, place):
    """The folder, or a copy with what GGUF files cannot say as llama.cpp takes it."""
    config = json.loads((folder / "config.json").read_text())
    scalar = config.get("query_pre_attn_scalar")
    if scalar is None or scalar == head_size(config):
        return folder, ""
    copy = place / folder.name
    shutil.copytree(folder, copy, copy_function=shutil.copyfile)
    (copy / "config.json").write_text(
        json.dumps(config | {"query_pre_attn_scalar": head_size(config)}))
    return copy, f" (query_pre_attn_scalar {scalar} made {head_size(config)})"


def likelihoods(lethe, model, rows, place):
    ids, samples = place / "ids.jsonl", place / "samples.jsonl"
    ids.write_text("".join(json.dumps(row) + "\n" for row in rows))
    subprocess.run(
        [lethe, "eval", "--model", model, "--ids", ids, "--samples", samples, "--quiet"],
        check=True, stdout=subprocess.DEVNULL)
    lines = samples.read_text().splitlines()
    return np.concatenate([np.array(json.loads(line)["logLikelihoods"]) for line in lines])


def tokens(lethe, model, text, place, marks):
    file = place / "text.txt"
    file.write_text(text)
    command = [lethe, "model", "tokens", "--model", model, file] + (["--marks"] if marks else [])
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["ids"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("lethe")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--types", default="F32,F16,BF16,Q8_0,Q4_0")
    arguments = parser.parse_args()
    kinds = [gguf.GGMLQuantizationType[name] for name in arguments.types.split(",")]
    random = np.random.default_rng(3)
    for original in arguments.folders:
        with tempfile.TemporaryDirectory() as name:
            place = Path(name)
            folder, note = stateable(original, place)
            size = json.loads((folder / "config.json").read_text())["vocab_size"]
            rows = [random.integers(3, size, 60).tolist() for _ in range(2)]
            expected = likelihoods(arguments.lethe, folder, rows, place)
            for kind in kinds:
                file = place / f"{kind.name}.gguf"
                convert(folder, file, kind)
                found = likelihoods(arguments.lethe, file, rows, place)
                print(f"{original.name} {kind.name}: {np.abs(found - expected).max():.2e}{note}")
            file = place / f"{kinds[0].name}.gguf"
            for text in TEXTS:
                for marks in (False, True):
                    one = tokens(arguments.lethe, folder, text, place, marks)
                    other = tokens(arguments.lethe, file, text, place, marks)
                    if one != other:
                        print(f"  {text!r} marks {marks}: {one} in the folder, {other} in GGUF")


main()
