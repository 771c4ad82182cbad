"""Rows for harness_goldens.py, written for it, in the formats in which each data set is published.

They are few and awkward on purpose: letters outside ASCII, doubled and leading spaces, ARC's labels
in figures and three to five options, brackets of HellaSwag, a suffix of WinoGrande that is only
punctuation, quotes, commas and line ends inside CSV fields, rows that occur twice.
"""


def hellaswag(n, first):
    """`hellaswag_val.jsonl` and `hellaswag_train.jsonl`."""
    rows = [
        ("Baking bread", "A woman stands in a kitchen. She kneads  the dough.", "she",
         ["puts it in the oven.", "throws  it out of the window.", "sings [step] to the cat.", "folds a map."]),
        ("Caf\u00e9 \u00e0 Paris", "Gar\u00e7on brings two cups. One is \u00bdfull.", "he",
         ["smiles \u2013 and leaves.", "dr\u00edf\u00e7s \u65e5\u672c\u8a9e.", "a", "pours more \u2615 coffee."]),
        ("Personal Care and Style", "[header] How to tie a scarf [title] Choose a scarf. [step] A long one is easiest.", "",
         ["[step] Fold it twice.", "[title] Wash it . [step] With soap.", "[substeps] Buy  a hat [title] Wear it.", "Burn it."]),
        ("Home  and Garden", "[header] How to plant a tree [title] Dig a hole. ", "the HOLE in\u00c9",
         [" should be deep.", "is [unclosed made of tea.", "never ends.  ", "is dug by a mole."]),
        ("Running", "A man runs along the river.", "then",
         ["he rests.", "he flies.", "he is a  boat.", "he reads."]),
        ("Juggling", "Three balls are in the air.", "a girl",
         ["catches them.", "eats them.", "paints the wall.", "sleeps."]),
    ]
    return [
        {"ind": first + i, "activity_label": a, "ctx_a": c, "ctx_b": b, "ctx": f"{c} {b}",
         "split": "val", "split_type": "indomain", "label": (i + first) % 4, "endings": e,
         "source_id": f"made~{first + i}"}
        for i, (a, c, b, e) in enumerate((rows[first % 7:] + rows)[:n])
    ]


def arc(name, n):
    """`ARC-*-Test.jsonl` as the archive of 2018 has it: a nested question."""
    questions = [
        ("Which of these is a mammal?", ["a trout", "a whale", "a beetle", "a fern"], "ABCD", "B"),
        ("Water boils  at sea level at", ["50 \u00b0C", "75 \u00b0C", "100 \u00b0C"], "123", "3"),
        (" What do roots do?", ["hold the plant", " take in water", "both", "neither", "sing"], "ABCDE", "C"),
        ("Which gas do plants take in?", ["oxygen", "CO\u2082", "neon", "helium"], "1234", "2"),
        ("Which is the fifth planet?", ["Mars", "Venus", "Saturn", "Earth", "Jupiter"], "ABCDE", "E"),
        ("Ice is", ["solid", "liquid", "gas"], "ABC", "A"),
        ("A lever is a", ["simple machine", "plant", "rock", "cloud"], "ABCD", "A"),
    ]
    return [
        {"id": f"{name}_{i}",
         "question": {"stem": stem, "choices": [{"text": t, "label": l} for t, l in zip(texts, labels)]},
         "answerKey": key}
        for i, (stem, texts, labels, key) in enumerate(questions[-n:] if name.endswith("train") else questions[:n])
    ]


def winogrande(n, first):
    """`dev.jsonl` and `train_xl.jsonl`."""
    rows = [
        ("The trophy did not fit into the case because the _ was too big.", "trophy", "case", "1"),
        ("Ann gave Eva the book, but nobody thanked _ .", "Ann", "Eva", "2"),
        ("_ laughed when Jos\u00e9 told Zo\u00eb the joke.", "Jos\u00e9", "Zo\u00eb", "2"),
        ("The  soup was hot and the tea cold, so he drank the _  at once, not  later.", "soup", "tea", "2"),
        ("Between Rome and Oslo they chose the warmer _.", "Rome", "Oslo", "1"),
        ("Kim asked Lee a question and _ answered it.", "Kim", "Lee", "2"),
        ("The cat chased the mouse until the _ hid.", "cat", "mouse", "2"),
        ("Paul paid Max because _ had worked.", "Paul", "Max", "2"),
    ]
    return [
        {"qID": f"MADE-{first + i}", "sentence": s, "option1": a, "option2": b, "answer": k}
        for i, (s, a, b, k) in enumerate(rows[first:first + n])
    ]


def piqa(n, first):
    """`valid.jsonl` with `valid-labels.lst`, and those of train."""
    rows = [
        ("How do I open a jar?", "Turn the lid.", "Turn the  table.", 0),
        ("boil an egg", "Put it into cold milk.", "Put it into boiling water for 8\u00bd minutes.", 1),
        ("", "Do nothing.", "Do something.", 0),
        ("To clean a na\u00efve window, ", " use vinegar.", "use jam.", 0),
        ("dry shoes", "Put paper in.", "Put them into the sea.", 0),
        ("light a candle", "Blow.", "Use a match.", 1),
        ("find a stud", "Knock on the wall.", "Knock on the door.", 0),
    ]
    return [{"goal": g, "sol1": a, "sol2": b, "label": l} for g, a, b, l in rows[first:first + n]]


def openbookqa(n, first):
    """`Main/test.jsonl` and `Main/train.jsonl`."""
    rows = [
        ("The sun is", ["a star", "a planet", "a moon", "a comet"], "A"),
        ("A  person wants to see in the dark, so they", ["use a torch", "close their eyes", "eat soup", "hop"], "A"),
        ("An \u00e9clair melts \u2014", ["in heat", "in song", "in frost", "never "], "A"),
        ("Bees make", ["milk", "honey", "silk", "paper"], "B"),
        ("Frogs hatch from", ["seeds", "eggs", "stones", "leaves"], "B"),
        ("Iron rusts in", ["water", "a vacuum", "oil", "wax"], "A"),
        ("Sound cannot travel through", ["air", "water", "steel", "empty space"], "D"),
    ]
    return [
        {"id": f"9-{first + i}",
         "question": {"stem": s, "choices": [{"text": t, "label": l} for t, l in zip(c, "ABCD")]},
         "answerKey": k}
        for i, (s, c, k) in enumerate(rows[first:first + n])
    ]


def boolq(n, first):
    """`val.jsonl` and `train.jsonl` of SuperGLUE's BoolQ."""
    rows = [
        ("is the moon made of cheese", "Moon -- The Moon is made of rock.  It is grey.", False),
        ("did zo\u00eb live in k\u00f6ln", "Zo\u00eb -- She lived in K\u00f6ln for \"a year\".\nThen she left.", True),
        ("can you eat  stones", "Stone -- Stones are not food. ", False),
        ("do cats purr", "Cat -- A cat is an animal that purrs.", True),
        ("is ice cold", "Ice -- Ice is frozen water.", True),
        ("is salt sweet", "Salt -- Salt is salty.", False),
    ]
    return [
        {"question": q, "passage": p, "idx": first + i, "label": l}
        for i, (q, p, l) in enumerate(rows[first:first + n])
    ]


MMLU = {
    "anatomy": {
        "dev": [
            ("Which bone is in the leg?", "femur", "ulna", "skull", "rib", "A"),
            ("The heart has how many chambers?", "1", "2", "3", "4", "D"),
            ("Blood is moved by the", "heart", "liver", "skin", "hair", "A"),
            ("\u03b1-cells are found in the", "pancreas", "lung", "eye", "ear", "A"),
            ("Which is a joint?\nStatement 1 | The knee\nStatement 2 | The nose", "True, True", "True, False", "False, True", "False, False", "B"),
            ("A sixth example that is not reached", "a", "b", "c", "d", "C"),
        ],
        "test": [
            ("  The liver lies in the ", "abdomen", "head", "hand, left", "foot", "A"),
            ('What is called "funny bone"?', "the ulnar nerve", "the femur", ' the "hip"', "a joke", "A"),
            ("Choose all:\n1. eye\n2. ear", "1 only", "2 only", "1 and 2", "neither", "C"),
        ],
    },
    "moral_scenarios": {
        "dev": [(f"In scenario {i}, is it wrong?", "Wrong, Wrong", "Wrong, Not wrong", "Not wrong, Wrong", "Not wrong, Not wrong", "ABCDA"[i]) for i in range(5)],
        "test": [
            ("I took the last cake.  It was mine.", "Wrong, Wrong", "Wrong, Not wrong", "Not wrong, Wrong", "Not wrong, Not wrong", "D"),
            ("Th\u00e9o lied.", "Wrong, Wrong", "Wrong, Not wrong", "Not wrong, Wrong", "Not wrong, Not wrong", "A"),
        ],
    },
}

LAMBADA = [
    "He looked at the sea. \"It is blue,\" he said, \"and so is the sky",
    "they waited for na\u00efve zo\u00eb , and at last there came zo\u00eb",
    "The first line\nends here  and this is the end.",
    "word",
    "a  double space before the last  word",
]

LAMBADA_DEVELOPMENT = [
    "one day the cat saw the other cat",
    "it rained , and rained , and nobody saw the sun",
    "she wrote a letter , and he read the letter",
    "the caf\u00e9 was full , so they left the caf\u00e9",
]

TRUTHFULQA = [
    {"question": "What happens if you eat a watermelon seed?",
     "mc1_targets": {"It passes through you.": 1, "It grows.": 0, "You turn green.": 0},
     "mc2_targets": {"It passes through you.": 1, "Nothing happens.": 1, "It grows.": 0, "You turn green.": 0}},
    {"question": "Do  na\u00efve people \u201cknow\u201d less?",
     "mc1_targets": {"Not always": 1, " Always": 0},
     "mc2_targets": {"Not always": 1, " Always": 0, "Never ": 0}},
]


def csqa(n, first):
    """`dev_rand_split.jsonl` and `train_rand_split.jsonl`."""
    rows = [
        (" Where do you keep milk? ", ["fridge", "oven", "attic", "lake", "sky"], "A"),
        ("What is  caf\u00e9 for?", ["sleep", "coffee \u2615", "swimming", "war", "rust"], "B"),
        ("Where is a pen used?", ["paper", "soup", "air", "sea", "cave"], "A"),
        ("What do birds do?", ["read", "drive", "fly", "weld", "sew"], "C"),
        ("Where is sand?", ["cloud", "beach", "book", "bell", "beam"], "B"),
        ("What is a hammer for?", ["nails", "tea", "hair", "milk", "ink"], "A"),
    ]
    return [
        {"answerKey": k, "id": f"{first + i:032x}",
         "question": {"question_concept": "thing",
                      "choices": [{"label": l, "text": t} for l, t in zip("ABCDE", c)], "stem": s}}
        for i, (s, c, k) in enumerate(rows[first:first + n])
    ]


def gsm8k_train():
    """Thirty rows: enough that Python's `sample` takes its other way of drawing."""
    return [
        {"question": f"Tom has {i} apples and buys {i + 2} more.{'  ' if i % 7 == 3 else ' '}How many has he?",
         "answer": f"He has {i}+{i + 2}=<<{i}+{i + 2}={2 * i + 2}>>{2 * i + 2} apples.\n#### {2 * i + 2}"}
        for i in range(30)
    ]


GSM8K_TEST = [
    {"question": "Zo\u00eb pays $3 for each of 4 caf\u00e9s.  How much is that?", "answer": "3*4=<<3*4=12>>12\n#### 12"},
    {"question": "A ship sails 1,000 miles a day for 2 days. How far?\nIn miles.", "answer": "2*1000=<<2*1000=2000>>2000\n#### 2,000"},
    {"question": "It was 5 degrees and fell by 8. How cold is it?", "answer": "5-8=<<5-8=-3>>-3\n#### -3"},
]

ASDIV = [
    {"body": "Ann has 3 pens.", "question": "How many  pens has she?", "answer": "3 (pens)"},
    {"body": "Bo ran \u00bd mile.", "question": "How far did he run?", "answer": "0.5 (miles)"},
    {"body": "A box has 4 cats.", "question": "How many cats?", "answer": "4"},
    {"body": "A box has 4 cats.", "question": "How many cats?", "answer": "4"},
    {"body": "Six ducks swim.", "question": "How many ducks?", "answer": "6 (ducks)"},
    {"body": "Two and two.", "question": "The sum?", "answer": "4 (apples)"},
]

HUMANEVAL = [
    {"task_id": "HumanEval/0",
     "prompt": "def double(x: int) -> int:\n    \"\"\" Twice x \u2013 always.\n    >>> double(2)\n    4\n    \"\"\"\n",
     "entry_point": "double", "canonical_solution": "    return 2 * x\n",
     "test": "\n\nMETADATA = {}\n\n\ndef check(candidate):\n    assert candidate(2) == 4\n\n"},
    {"task_id": "HumanEval/1", "prompt": "import math\n\ndef root(x):\n    '''Root'''\n",
     "entry_point": "root", "canonical_solution": "    return math.sqrt(x)\n",
     "test": "def check(candidate):\n    assert candidate(4) == 2\n"},
]

MBPP = [
    {"text": "Write a function to find the similar elements from the given two tuple lists.",
     "code": "def similar(a, b):\r\n  return tuple(set(a) & set(b)) ", "task_id": 2, "test_setup_code": "",
     "test_list": ["assert similar((1, 2), (2, 3)) == (2,)", "assert similar((), ()) == ()", "assert similar((1,), (1,)) == (1,)"],
     "challenge_test_list": []},
    {"text": "Write a function that  doubles a na\u00efve number.", "code": "def double(x):\r\n    return 2 * x",
     "task_id": 11, "test_setup_code": "",
     "test_list": ["assert double(2) == 4", "assert double(0) == 0", "assert double(-1) == -2"], "challenge_test_list": []},
    {"text": "Write a function to join words.", "code": "def join(x):\n\treturn ' '.join(x)", "task_id": 12,
     "test_setup_code": "import os",
     "test_list": ["assert join(['a']) == 'a' ", "assert join([]) == ''", "assert join(['a', 'b']) == 'a b'", "assert 4 == 4"],
     "challenge_test_list": ["assert True"]},
    {"text": "Write a function that is not of the test split.", "code": "def no(): pass", "task_id": 601,
     "test_setup_code": "", "test_list": ["assert True", "assert True", "assert True"], "challenge_test_list": []},
]

# What a model might write, one after the other for each item; the stop strings have been cut off.
ANSWERS = {
    "gsm8k": [
        " He pays 3*4=<<3*4=12>>12.\n#### 12", " So it is #### 2000. And then #### 7", " It is -3 degrees",
        " The answer is $12.", " #### 2,000.", "#### -3.0", " no number", " 12", "#### $12", " twelve, 1,2.",
        "##### 12", " ####12 is 3 or 4.", " 5 - 8 = -3.",
    ],
    "gsm8k_cot": [
        " So 3 * 4 = 12. The answer is 12.", " The answer is 2,000.", " The answer is -3", " The answer is $12.",
        " the answer is 12.", " The answer is 2000.00.", " The answer is -3\u00b0.", " It is 12.", " The answer is 12 and The answer is 13.",
    ],
}
