"""Tokens per second and peak memory of training with PyTorch, transformers and PEFT in float32.

    python Tests/Peers/train_speed.py --model FOLDER_OR_GGUF --method lora --rank 16

Prints one JSON object. Run it once per measurement: the peak is that of the process.
"""

import argparse
import json
import os
import resource
import statistics
import time

import peft
import torch

import base

PROJECTIONS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", help="a Hugging Face folder or a .gguf file")
    parser.add_argument(
        "--sizes",
        default="128,384,4,4,2,2048",
        help="without --model: " + ",".join(base.SIZES) + " of a new one",
    )
    parser.add_argument("--method", choices=["full", "lora"], default="full")
    parser.add_argument("--rank", type=int, default=8, help="of LoRA on all seven projections")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--sequence", type=int, default=128)
    parser.add_argument("--steps", type=int, default=5, help="steps that are timed")
    parser.add_argument("--warm-up", type=int, default=2, help="steps before")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def make_model(arguments):
    model = (
        base.load_model(arguments.model)
        if arguments.model
        else base.new_model(arguments.sizes, arguments.sequence)
    )
    if arguments.method == "lora":
        config = peft.LoraConfig(
            r=arguments.rank, lora_alpha=2 * arguments.rank, target_modules=PROJECTIONS
        )
        model = peft.get_peft_model(model, config)
    return model.train()


def step_seconds(model, arguments):
    """The seconds of every timed step: forward, backward, clip, AdamW (fused, as in Trainer)."""
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=1e-4, weight_decay=0, fused=True)
    vocabulary = model.config.vocab_size
    shape = (arguments.batch, arguments.sequence)
    seconds = []
    for _ in range(arguments.warm_up + arguments.steps):
        ids = torch.randint(vocabulary, shape)
        start = time.perf_counter()
        optimizer.zero_grad(set_to_none=True)
        model(input_ids=ids, labels=ids, use_cache=False).loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1)
        optimizer.step()
        seconds.append(time.perf_counter() - start)
    return seconds[arguments.warm_up :]


def main():
    arguments = parse_arguments()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)
    seconds = statistics.median(step_seconds(make_model(arguments), arguments))
    report = {
        "tokens_per_second": arguments.batch * arguments.sequence / seconds,
        "seconds_per_step": seconds,
        "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "threads": arguments.threads,
        "preloaded": os.environ.get("LD_PRELOAD", ""),
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
