"""Makes Tests/Fixtures/tokenizers/stages.json: what Hugging Face's tokenizers make of odd texts, one
stage after the other. Needs the package tokenizers alone.

usage: tokenizers_golden.py OUT
"""

import json
import sys

from tokenizers import Tokenizer, models, pre_tokenizers, trainers

TEXTS = [
    "Hello world, it's 12345 o'clock!  Don't WE'LL?\n\n\tx = y_1**2;\r\n  end  ",
    " leading and trailing \n",
    "a  b   c    d\n \n\n  e\t\tf",
    "na\u00efve caf\u00e9 e\u0301 \u212b \ufb01 \u00bd\u00b2 x\u00b3 \u2460 \u0130 \u00df \u017f '\u017f",
    "\u65e5\u672c\u8a9e\u3001\u30c6\u30ad\u30b9\u30c8 \uac00\ub098 \u1100\u1161\u11a8 \u0e01\u0e33 \u0915\u094d\u0937\u093f",
    "\u0627\u0644\u0633\u0644\u0627\u0645 \u0663\u0664 \u05e9\u05c1\u05bc \u0391\u03a3 \u0441\u0442\u0438\u0439\u0306 \u01c5",
    "\U0001f469\U0001f3fd\u200d\U0001f680 \U00010041\u0301 a\u07fd\u0301 \U0001e900 \U0001d7d8\U0001d400 \U0002ebf0",
    "\u00a0nbsp\u200bzero\u2028line\u0085next\u000bvt\u000cff\u001cfs\u3000wide",
    "<s>mark</s> <sep> x <sep>y<sepz <word> aword word, WORD sword  <mask>  end<mask>",
    "x\u2581y \u2581 \u2581\u2581z",
    "it'S I'M you'RE 'tis ''ll 'LL_d 'K",
    "3.14 1,000,000 2024-11-28 v1.2.3 $5.99 (20%) #tag @at /path\\back ~`|^",
    "", " ", "\n", "\u0000\u0001\u007f\ufeff\ufffd\U0010ffff",
    "ThisIsCamelCase HTTPServer don\u2019t O\u02bcNeill \u00ab\u00bb\u2014\u2026",
]

CORPUS = TEXTS * 3 + ["the hello world this is it and clock end line mark word text don't we'll"] * 9

GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
LLAMA = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
         r"|\s*[\r\n]+|\s+(?!\S)|\s+")
CL100K = (r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*"
          r"|\s*[\r\n]|\s+(?!\S)|\s+")
O200K = (r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
         r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+"
         r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}"
         r"| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")


def trained(pre_tokenizer, size, **options):
    tokenizer = Tokenizer(models.BPE(**options))
    tokenizer.pre_tokenizer = pre_tokenizer
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet()) if not options else list(
        "abcdefghijklmnopqrstuvwxyz.,'\u2581\u65e5\u672c")
    trainer = trainers.BpeTrainer(
        vocab_size=size, initial_alphabet=alphabet, limit_alphabet=len(alphabet), show_progress=False,
        special_tokens=["<unk>"] if options else [])
    tokenizer.train_from_iterator(CORPUS, trainer)
    return json.loads(tokenizer.to_str())["model"]


def with_bytes(model):
    """The same with tokens for all bytes."""
    tokens = [t for t, _ in sorted(model["vocab"].items(), key=lambda item: item[1])]
    tokens = tokens[:1] + [f"<0x{byte:02X}>" for byte in range(256)] + tokens[1:]
    return model | {"vocab": {t: i for i, t in enumerate(tokens)}, "byte_fallback": True,
                    "fuse_unk": True, "unk_token": "<unk>"}


def split(pattern, behavior="Isolated", invert=False, kind="Regex"):
    return {"type": "Split", "pattern": {kind: pattern}, "behavior": behavior, "invert": invert}


def byte_level(space=False, regex=False):
    return {"type": "ByteLevel", "add_prefix_space": space, "trim_offsets": True, "use_regex": regex}


def sequence(*stages):
    return {"type": "Sequence", "pretokenizers": list(stages)}


def metaspace(scheme, cuts):
    return {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": scheme, "split": cuts}


def added(text, special=False, **flags):
    return {"content": text, "single_word": False, "lstrip": False, "rstrip": False,
            "normalized": False, "special": special} | flags


REPLACE = {"type": "Replace", "pattern": {"String": " "}, "content": "\u2581"}
PREPEND = {"type": "Prepend", "prepend": "\u2581"}
STRIP = {"type": "Strip", "content": " ", "start": 1, "stop": 0}
FALLBACK = [{"type": "Replace", "pattern": {"String": "\u2581"}, "content": " "},
            {"type": "ByteFallback"}, {"type": "Fuse"}]
BEHAVIORS = ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"]


def normalizers(*stages):
    return {"type": "Sequence", "normalizers": list(stages)}


def cases():
    """Name, model, options of the model, and the stages."""
    def of_bytes(name, pre_tokenizer, normalizer=None, tokens=(), **options):
        return (name, "bytes", options, dict(
            pre_tokenizer=pre_tokenizer, normalizer=normalizer, added_tokens=list(tokens),
            decoder=byte_level()))

    def of_characters(name, model, normalizer, pre_tokenizer, decoder, tokens=(), **options):
        return (name, model, options, dict(
            pre_tokenizer=pre_tokenizer, normalizer=normalizer, added_tokens=list(tokens),
            decoder=decoder))

    words = byte_level(regex=True)
    yield of_bytes("ByteLevel", words)
    yield of_bytes("ByteLevel with a space", byte_level(space=True, regex=True))
    yield of_bytes("ByteLevel without words", byte_level(space=True))
    for name, pattern in [("GPT-2", GPT2), ("Llama 3", LLAMA), ("cl100k", CL100K), ("o200k", O200K),
                          ("Qwen", LLAMA.replace("{1,3}", "")), ("numbers", LLAMA.replace("{1,3}", "+")),
                          ("\\w", r"\w+|\W"), ("\\d", r"\d{1,3}"),
                          ("lines", r"^.+$|\S"), ("folded", r"(?i)STRASSE|k|\u017f|(?-i)W")]:
        yield of_bytes(f"Split {name}", sequence(split(pattern), byte_level()))
    for behavior in BEHAVIORS:
        for invert in [False, True]:
            yield of_bytes(f"Split {behavior} {invert}", sequence(
                split(r"\s|o+|[.,]", behavior, invert), byte_level()))
        yield of_bytes(f"Punctuation {behavior}", sequence(
            {"type": "Punctuation", "behavior": behavior}, byte_level()))
        yield of_bytes(f"Split text {behavior}", sequence(
            split("  ", behavior, kind="String"), byte_level(regex=True)))
    for alone in [False, True]:
        digits = {"type": "Digits", "individual_digits": alone}
        yield of_bytes(f"Digits {alone}", sequence(digits, words))
    yield of_bytes("Whitespace", sequence({"type": "Whitespace"}, byte_level()))
    yield of_bytes("WhitespaceSplit", sequence({"type": "WhitespaceSplit"}, byte_level(space=True)))
    yield of_bytes("BertPreTokenizer", sequence({"type": "BertPreTokenizer"}, byte_level()))
    yield of_bytes("CharDelimiterSplit", sequence(
        {"type": "CharDelimiterSplit", "delimiter": "e"}, byte_level()))
    yield of_bytes("Falcon", sequence(
        {"type": "Punctuation", "behavior": "Contiguous"}, words,
        {"type": "Digits", "individual_digits": False}, split("[0-9][0-9][0-9]")))
    yield of_bytes("DeepSeek", sequence(
        split(r"\p{N}{1,3}"), split("[\u4e00-\u9fa5\u3040-\u309f\u30a0-\u30ff]+"),
        split(r"[!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+"
              r"| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"), byte_level()))
    for normalizer in ["NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents"]:
        yield of_bytes(normalizer, words, {"type": normalizer})
    yield of_bytes("Strip", words, {"type": "Strip", "strip_left": True, "strip_right": False})
    yield of_bytes("Replace", words, normalizers(
        {"type": "Replace", "pattern": {"Regex": r"\s+"}, "content": " $1 "}, {"type": "NFD"},
        {"type": "StripAccents"}, {"type": "Lowercase"}))
    yield of_bytes("ByteLevel normalizer", None, {"type": "ByteLevel"})
    yield of_bytes("ignore_merges", words, ignore_merges=True)
    yield of_bytes("added tokens", words, {"type": "Lowercase"}, [
        added("<s>", True), added("</s>", True), added("<sep>", lstrip=True, rstrip=True),
        added("word", single_word=True), added("WORD", normalized=True),
        added("<mask>", True, lstrip=True), added("   "), added("end", rstrip=True), added("<sep")])
    for scheme in ["always", "first", "never"]:
        for cuts in [True, False]:
            yield of_characters(
                f"Metaspace {scheme} {cuts}", "fallback", None, metaspace(scheme, cuts),
                metaspace(scheme, cuts), [added("<s>", True), added("<sep>", normalized=True)])
    yield of_characters("Metaspace after Split", "fallback", None, sequence(
        split("[0-9]"), metaspace("first", True)), metaspace("first", True))
    yield of_characters("Llama 2", "fallback", normalizers(PREPEND, REPLACE), None,
                        {"type": "Sequence", "decoders": [*FALLBACK, STRIP]},
                        [added("<s>", True), added("</s>", True, rstrip=True), added("<sep>"),
                         added("word", normalized=True)])
    yield of_characters("Gemma", "fallback", REPLACE, split(" ", "MergedWithPrevious", kind="String"),
                        {"type": "Sequence", "decoders": FALLBACK}, [added("\n\n"), added("  ")])
    for fused in [True, False]:
        yield of_characters(f"unknown fused {fused}", "characters", REPLACE, None, None,
                            unk_token="<unk>", fuse_unk=fused)
    yield of_characters("unknown dropped", "characters", None, None, None, unk_token=None)
    yield of_characters("end of word", "suffix", {"type": "Lowercase"}, {"type": "Whitespace"},
                        {"type": "BPEDecoder", "suffix": "</w>"})
    yield of_characters("within words", "prefix", {"type": "Lowercase"}, {"type": "BertPreTokenizer"}, None)


def main(out):
    space = pre_tokenizers.Metaspace()
    characters = trained(space, 110, unk_token="<unk>")
    models_by_name = {
        "bytes": trained(pre_tokenizers.ByteLevel(add_prefix_space=False), 360),
        "characters": characters, "fallback": with_bytes(characters),
        "suffix": suffixed(), "prefix": prefixed(),
    }
    result = []
    for name, model, options, stages in cases():
        own = models_by_name[model] | options
        count = len(own["vocab"])
        for token in stages["added_tokens"]:
            token["id"] = own["vocab"].get(token["content"], count)
            count += token["id"] == count
        whole = {"version": "1.0", "truncation": None, "padding": None, "post_processor": None,
                 "model": own} | stages
        tokenizer = Tokenizer.from_str(json.dumps(whole))
        ids = [tokenizer.encode(text).ids for text in TEXTS]
        decoded = [tokenizer.decode(row, skip_special_tokens=False) for row in ids]
        options = {key: value for key, value in own.items() if key not in ("vocab", "merges")}
        file = json.dumps(whole | {"model": options | {"@": model}}, separators=(",", ":"))
        result.append({"name": name, "file": file, "ids": ids, "decoded": decoded})
    contents = {
        name: json.dumps({"vocab": model["vocab"], "merges": model["merges"]},
                         separators=(",", ":"))[1:-1]
        for name, model in models_by_name.items()}
    with open(out, "w") as file:
        json.dump({"texts": TEXTS, "models": contents, "cases": result}, file,
                  ensure_ascii=True, separators=(",", ":"))


def suffixed():
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", end_of_word_suffix="</w>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.train_from_iterator(CORPUS, trainers.BpeTrainer(
        vocab_size=150, special_tokens=["<unk>"], end_of_word_suffix="</w>", show_progress=False,
        limit_alphabet=40))
    return json.loads(tokenizer.to_str())["model"]


def prefixed():
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", continuing_subword_prefix="##"))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.train_from_iterator(CORPUS, trainers.BpeTrainer(
        vocab_size=150, special_tokens=["<unk>"], continuing_subword_prefix="##",
        show_progress=False, limit_alphabet=40))
    return json.loads(tokenizer.to_str())["model"]


if __name__ == "__main__":
    main(sys.argv[1])
