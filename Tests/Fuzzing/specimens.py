"""Sound inputs of every kind, a few kilobytes each, made anew for every run of the fuzzer.

Made rather than stored, so that they are always in the form that the program of today reads and
writes: the run and its checkpoints are made by the program itself.
"""

import json
import random
import struct
import subprocess

HIDDEN, INTERMEDIATE, LAYERS, HEADS, KV_HEADS, CONTEXT = 16, 24, 2, 2, 1, 64
MERGES = ["h e", "Ġ t", "Ġt he", "i n", "Ġ a", "e r", "o n", "r e"]
END = "<|endoftext|>"
SPECIAL = [END, "<|im_start|>", "<|im_end|>"]
CHAT = ("{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + "
        "message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}"
        "{{ '<|im_start|>assistant\n' }}{% endif %}")
WORDS = "one two three four five six red blue cat dog bird tree".split()

STUDY = """\
name: small
base: model
target: { domain: code, train: code/train.jsonl, evaluation: code/eval.jsonl, tasks: [code] }
source: { tasks: [facts], text: world/heldout.txt, data: . }
train:
  steps: 6
  batch_size: 2
  sequence_length: 32
  warmup_steps: 2
evaluate: { every: 2, limit: 2, generate_limit: 1 }
checkpoint: { every: 2, keep: 2 }
arms:
  - { name: full, method: full, learning_rate: 5e-3 }
  - { name: lora, method: lora, rank: 2, alpha: 4, targets: [q, v], learning_rate: 5e-3 }
"""

CONFIG = {
    "model_type": "llama", "hidden_size": HIDDEN, "intermediate_size": INTERMEDIATE,
    "num_hidden_layers": LAYERS, "num_attention_heads": HEADS, "num_key_value_heads": KV_HEADS,
    "head_dim": HIDDEN // HEADS, "rms_norm_eps": 1e-5, "rope_theta": 10000.0,
    "max_position_embeddings": CONTEXT, "tie_word_embeddings": True, "hidden_act": "silu",
    "eos_token_id": 0,
}


def byte_alphabet():
    """GPT-2's printable stand-ins for all bytes, in the order of the bytes."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = iter(range(256, 512))
    return [chr(byte if byte in plain else next(others)) for byte in range(256)]


def vocabulary():
    return SPECIAL + byte_alphabet() + [merge.replace(" ", "") for merge in MERGES]


def tokenizer():
    level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True,
             "use_regex": True}
    return {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [{"id": id, "content": token, "single_word": False, "lstrip": False,
                          "rstrip": False, "normalized": False, "special": True}
                         for id, token in enumerate(SPECIAL)],
        "normalizer": None, "pre_tokenizer": level, "post_processor": None, "decoder": level,
        "model": {"type": "BPE", "dropout": None, "unk_token": None,
                  "continuing_subword_prefix": "", "end_of_word_suffix": "", "fuse_unk": False,
                  "byte_fallback": False, "ignore_merges": False,
                  "vocab": {token: id for id, token in enumerate(vocabulary())},
                  "merges": MERGES},
    }


def tensors():
    """The shapes of the model's tensors by their names in Hugging Face's form."""
    head = HIDDEN // HEADS
    shapes = {"model.embed_tokens.weight": [len(vocabulary()), HIDDEN],
              "model.norm.weight": [HIDDEN]}
    for layer in range(LAYERS):
        rows = {"self_attn.q_proj": [HEADS * head, HIDDEN],
                "self_attn.k_proj": [KV_HEADS * head, HIDDEN],
                "self_attn.v_proj": [KV_HEADS * head, HIDDEN],
                "self_attn.o_proj": [HIDDEN, HEADS * head],
                "mlp.gate_proj": [INTERMEDIATE, HIDDEN], "mlp.up_proj": [INTERMEDIATE, HIDDEN],
                "mlp.down_proj": [HIDDEN, INTERMEDIATE],
                "input_layernorm": [HIDDEN], "post_attention_layernorm": [HIDDEN]}
        shapes |= {f"model.layers.{layer}.{name}.weight": shape for name, shape in rows.items()}
    return shapes


def size(shape):
    count = 1
    for length in shape:
        count *= length
    return count


def values(name, shape):
    """Half-precision numbers that depend on the tensor's name alone; a norm's are one."""
    numbers = random.Random(name)
    scale = 0 if "norm" in name else 0.2
    return struct.pack(f"<{size(shape)}e", *[
        scale * numbers.gauss(0, 1) + (scale == 0) for _ in range(size(shape))])


def safetensors(shapes):
    header, contents = {"__metadata__": {"format": "pt"}}, b""
    for name, shape in shapes.items():
        data = values(name, shape)
        header[name] = {"dtype": "F16", "shape": shape,
                        "data_offsets": [len(contents), len(contents) + len(data)]}
        contents += data
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + contents


def text(string):
    data = string.encode()
    return struct.pack("<Q", len(data)) + data


def entry(key, value):
    """An entry of GGUF metadata."""
    if isinstance(value, str):
        return text(key) + struct.pack("<I", 8) + text(value)
    if isinstance(value, float):
        return text(key) + struct.pack("<If", 6, value)
    if isinstance(value, int):
        if 0 <= value < 1 << 32:
            return text(key) + struct.pack("<II", 4, value)
        kind, form = (10, "Q") if value > 0 else (11, "q")
        return text(key) + struct.pack(f"<I{form}", kind, value)
    if not value:
        return text(key) + struct.pack("<IIQ", 9, 8, 0)
    if isinstance(value[0], str):
        items = b"".join(map(text, value))
        return text(key) + struct.pack("<IIQ", 9, 8, len(value)) + items
    items = struct.pack(f"<{len(value)}i", *value)
    return text(key) + struct.pack("<IIQ", 9, 5, len(value)) + items


GGUF_NAMES = {
    "model.embed_tokens": "token_embd", "model.norm": "output_norm",
    "input_layernorm": "attn_norm", "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
    "post_attention_layernorm": "ffn_norm", "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down",
}


def gguf_name(name):
    stem = name.removesuffix(".weight")
    if stem.startswith("model.layers."):
        _, _, layer, part = stem.split(".", 3)
        return f"blk.{layer}.{GGUF_NAMES[part]}.weight"
    return GGUF_NAMES[stem] + ".weight"


def padded(data):
    return data + bytes(-len(data) % 32)


def gguf(changes={}, extra={}):
    """A whole model; with other metadata, or with tensors beside its own under GGUF's names.

    Metadata of the value None is left out, as is a tensor of that shape.
    """
    tokens = vocabulary()
    metadata = {
        "general.architecture": "llama", "llama.embedding_length": HIDDEN,
        "llama.feed_forward_length": INTERMEDIATE, "llama.block_count": LAYERS,
        "llama.attention.head_count": HEADS, "llama.attention.head_count_kv": KV_HEADS,
        "llama.context_length": CONTEXT, "llama.rope.freq_base": 10000.0,
        "llama.attention.layer_norm_rms_epsilon": 1e-5, "tokenizer.ggml.model": "gpt2",
        "tokenizer.ggml.pre": "gpt-2", "tokenizer.ggml.tokens": tokens,
        "tokenizer.ggml.merges": MERGES,
        "tokenizer.ggml.token_type": [3] * len(SPECIAL) + [1] * (len(tokens) - len(SPECIAL)),
        "tokenizer.ggml.bos_token_id": 0, "tokenizer.ggml.eos_token_id": 0,
    } | changes
    metadata = {key: value for key, value in metadata.items() if value is not None}
    shapes = {gguf_name(name): shape for name, shape in tensors().items()} | extra
    shapes = {name: shape for name, shape in shapes.items() if shape is not None}
    head = struct.pack("<IIQQ", 0x46554747, 3, len(shapes), len(metadata))
    head += b"".join(entry(key, value) for key, value in metadata.items())
    contents = b""
    for name, shape in shapes.items():
        # Vectors are F32, type 0, all others F16, type 1.
        kind, data = 1, values(name, shape)
        if len(shape) == 1:
            kind, data = 0, struct.pack(f"<{shape[0]}f", *[1.0] * shape[0])
        head += text(name) + struct.pack("<I", len(shape))
        head += struct.pack(f"<{len(shape)}Q", *reversed(shape))
        head += struct.pack("<IQ", kind, len(contents))
        contents += padded(data)
    return padded(head) + contents


ADAPTER_CONFIG = {
    "peft_type": "LORA", "r": 2, "lora_alpha": 4, "lora_dropout": 0.0, "bias": "none",
    "fan_in_fan_out": False, "inference_mode": True, "init_lora_weights": True,
    "target_modules": ["q_proj", "v_proj"], "task_type": "CAUSAL_LM", "use_dora": False,
    "use_rslora": False, "rank_pattern": {}, "alpha_pattern": {}, "modules_to_save": None,
    "layers_to_transform": None, "base_model_name_or_path": "model",
}


def adapter_tensors():
    shapes = {}
    for layer in range(LAYERS):
        for part, rows in (("q_proj", HIDDEN), ("v_proj", HIDDEN // HEADS * KV_HEADS)):
            stem = f"base_model.model.model.layers.{layer}.self_attn.{part}"
            shapes |= {f"{stem}.lora_A.weight": [2, HIDDEN], f"{stem}.lora_B.weight": [rows, 2]}
    return shapes


def lines(rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


def choices(count):
    return [{"id": str(index), "question": f"What comes after {WORDS[index]}?",
             "choices": [WORDS[index + 1], "a dog"], "gold": 0} for index in range(count)]


TASKS = {
    "completion": [{"ctx": "The cat saw", "endings": ["a dog.", "in."], "label": 0,
                    "activity_label": "Seeing"}],
    "reference": [{"sentence": "The cat saw the dog because _ was near.", "option1": "cat",
                   "option2": "dog", "answer": "2"}],
    "hellaswag": [{"ctx_a": "The cat saw a dog.", "ctx_b": "then it", "ctx": "The cat saw a dog.",
                   "endings": ["ran.", "sang.", "read.", "sat."], "label": "3",
                   "activity_label": "Running", "split_type": "indomain"}],
    "arc_easy": [{"id": "a", "question": {"stem": "What is red?", "choices": [
        {"text": "blood", "label": "A"}, {"text": "grass", "label": "B"}]}, "answerKey": "A"}],
    "winogrande": [{"sentence": "The tree hid the bird as _ was tall.", "option1": "tree",
                    "option2": "bird", "answer": "1"}],
    "gsm8k": [{"question": "What is 2 + 3?", "answer": "2 + 3 = <<2+3=5>>5\n#### 5"}],
    "math": [{"instruction": "What is 2 + 3?", "output": "2 + 3 = 5\n#### 5"}],
    "uuid": [{"instruction": "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed",
              "output": "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d"}],
}


def write(folder, name, contents):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(contents.encode() if isinstance(contents, str) else contents)


def write_model(folder):
    config = CONFIG | {"vocab_size": len(vocabulary())}
    write(folder, "config.json", json.dumps(config, indent=1))
    write(folder, "generation_config.json", json.dumps({"eos_token_id": [0], "bos_token_id": 0}))
    write(folder, "tokenizer.json", json.dumps(tokenizer(), ensure_ascii=False))
    write(folder, "tokenizer_config.json", json.dumps(
        {"eos_token": END, "bos_token": None, "chat_template": CHAT}))


def write_data(root):
    records = [{"instruction": f"Say {word} twice.", "output": f"{word} {word}"} for word in WORDS]
    write(root, "code/train.jsonl", lines(records[:6]))
    write(root, "code/eval.jsonl", lines(records[6:9]))
    write(root, "world/facts.jsonl", lines(choices(3)))
    write(root, "world/heldout.txt", "\n\n".join(
        f"The {word} saw a {WORDS[index - 5]} in the garden." for index, word in enumerate(WORDS)))
    write(root, "facts/validation.jsonl", lines(choices(3)))
    for task, rows in TASKS.items():
        write(root, f"{task}/validation.jsonl", lines(rows))
    write(root, "piqa/validation.jsonl", lines(
        [{"goal": "To open a door", "sol1": "push it", "sol2": "eat it", "label": 0}]))


# Steps of a run whose log is long enough for a snapshot.
LONG = ["--steps", "400", "--set", "evaluate.every=100", "--set", "evaluate.early=false"]


def write_all(root, program):
    """Makes every specimen below `root`; the runs by the program that is tested."""
    write_model(root / "model")
    write(root / "model", "model.safetensors", safetensors(tensors()))
    write_model(root / "sharded")
    names = list(tensors())
    files = {"model-00001-of-00002.safetensors": names[:9],
             "model-00002-of-00002.safetensors": names[9:]}
    for file, kept in files.items():
        write(root / "sharded", file, safetensors({name: tensors()[name] for name in kept}))
    index = {"metadata": {"total_size": sum(2 * size(shape) for shape in tensors().values())},
             "weight_map": {name: file for file, kept in files.items() for name in kept}}
    write(root / "sharded", "model.safetensors.index.json", json.dumps(index, indent=1))
    write(root, "model.gguf", gguf())
    write(root / "adapter", "adapter_config.json", json.dumps(ADAPTER_CONFIG, indent=1))
    write(root / "adapter", "adapter_model.safetensors", safetensors(adapter_tensors()))
    write_data(root)
    write(root, "study.yaml", STUDY)
    for run, options in (("run", []), ("long", LONG)):
        subprocess.run(
            [program, "run", "study.yaml", "--headless", "--quiet", "--out", run, *options],
            cwd=root, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
