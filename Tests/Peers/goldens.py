"""Makes Tests/Fixtures/peft: a random Llama, adapters that PEFT trained on it, and what they say.

    python Tests/Peers/goldens.py Tests/Fixtures/peft
"""

import argparse
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

import peft
import torch
import transformers

SEQUENCES = [[(7 * i + 3 * j * j + 5) % 96 for j in range(17)] for i in range(2)]
LAST_ROWS = 3  # of the first sequence, whose logits are kept
STEPS = 6
PROJECTIONS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


@dataclass
class Case:
    """One adapter: how PEFT configures it and how fast it learns."""

    config: peft.PeftConfig
    learning_rate: float

    def settings(self):
        settings = {"rank": self.config.r, "learningRate": self.learning_rate}
        if isinstance(self.config, peft.LoraConfig):
            settings["alpha"] = self.config.lora_alpha
        return settings


def lora(**options):
    return peft.LoraConfig(r=4, lora_alpha=6, target_modules=PROJECTIONS, **options)


CASES = {
    "lora": Case(lora(), 1e-2),
    "rslora": Case(lora(use_rslora=True), 1e-2),
    "dora": Case(lora(use_dora=True), 1e-2),
    "pissa": Case(lora(init_lora_weights="pissa"), 3e-3),
    # PEFT unties a table that is trained alone, unless it is told not to.
    "embeddings": Case(lora(modules_to_save=["embed_tokens"]), 1e-2),
    "tied": Case(lora(modules_to_save=["embed_tokens", "lm_head"], ensure_weight_tying=True), 1e-2),
    "vera": Case(peft.VeraConfig(r=6, target_modules=PROJECTIONS, save_projection=True), 5e-2),
}


def base_model():
    """A Llama with grouped queries whose predictions depend on everything in it."""
    config = transformers.LlamaConfig(
        vocab_size=96, hidden_size=40, intermediate_size=64, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=64,
        rope_parameters={"rope_type": "default", "rope_theta": 500.0}, rms_norm_eps=1e-5,
        tie_word_embeddings=True, attn_implementation="eager",
    )
    model = transformers.LlamaForCausalLM(config).float()
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            parameter.copy_(1 + 0.2 * noise if name.endswith("norm.weight") else 0.25 * noise)
    return model


def start_like_the_test(model):
    """Gives every A of LoRA the values of a formula that the test knows as well."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "lora_A" in name:
                row = torch.arange(parameter.shape[0], dtype=torch.float64)[:, None]
                column = torch.arange(parameter.shape[1], dtype=torch.float64)[None]
                parameter.copy_(0.2 * torch.sin(1 + (0.3 + row) * column))


def train(model, learning_rate):
    """The losses of a few steps of AdamW without weight decay."""
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=learning_rate, weight_decay=0)
    batch = torch.tensor(SEQUENCES)
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = model(input_ids=batch, labels=batch).loss
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


@torch.no_grad()
def logits(model):
    rows = model(input_ids=torch.tensor(SEQUENCES[:1])).logits[0, -LAST_ROWS:]
    return [float(f"{value:.8g}") for value in rows.flatten().tolist()]


def save(model, folder, start):
    """PEFT's folder of an adapter; PiSSA as the LoRA that PEFT converts it into."""
    config = model.peft_config["default"]
    config.target_modules = sorted(config.target_modules)  # the same file at every run
    conversion = {"path_initial_model_for_weight_conversion": str(start)} if start else {}
    model.save_pretrained(folder, **conversion)
    (folder / "README.md").unlink()


def adapter(name, case, output):
    model = peft.get_peft_model(base_model(), case.config)
    is_taken_from_base = name == "pissa"
    with tempfile.TemporaryDirectory() as start:
        if is_taken_from_base:
            model.save_pretrained(start)
        else:
            start_like_the_test(model)
        trained = sum(p.numel() for p in model.parameters() if p.requires_grad)
        losses = train(model, case.learning_rate)
        save(model, output / name, start if is_taken_from_base else None)
    return case.settings() | {"trainable": trained, "losses": losses, "logits": logits(model)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("output", type=Path)
    output = parser.parse_args().output
    torch.manual_seed(0)
    torch.set_num_threads(1)
    base = base_model()
    base.save_pretrained(output / "base")
    (output / "base/generation_config.json").unlink()
    base_logits = logits(base)
    goldens = {
        "madeWith": f"PyTorch {torch.__version__}, transformers {transformers.__version__}, "
        f"PEFT {peft.__version__}",
        "sequences": SEQUENCES,
        "lastRows": LAST_ROWS,
        "logits": base_logits,
        "full": {"learningRate": 1e-3, "losses": train(base, 1e-3)},
        "adapters": {name: adapter(name, case, output) for name, case in CASES.items()},
    }
    (output / "goldens.json").write_text(json.dumps(goldens) + "\n")


if __name__ == "__main__":
    main()
