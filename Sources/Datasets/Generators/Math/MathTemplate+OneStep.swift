extension MathTemplate {
    static let withOneStep: [MathTemplate] = [
        .init(
            "get more", [("a", 2...40), ("b", 2...40)],
            [
                "{p} has {a} {i}. {f} gives {him} {b} more. How many {i} does {p} have now?",
                "{p} had {a} {i} and bought {b} more. How many {i} does {p} have?",
                "there are {a} {i} on the table. {p} adds {b} {i}. How many {i} are there now?",
            ], steps: [.init("c = a + b", "there are {=} {i}.")]),
        .init(
            "give away", [("a", 10...60), ("b", 2...40)],
            [
                "{p} has {a} {i}. {^she} gives {b} of them to {f}. How many {i} are left?",
                "{p} had {a} {i} but lost {b}. How many {i} does {p} still have?",
                "{p} sold {b} of {her} {a} {i}. How many {i} are left?",
            ], steps: [.init("c = a - b", "{=} {i} are left.")]),
        .init(
            "boxes", [("a", 2...15), ("b", 2...15)],
            [
                "{p} has {a} boxes with {b} {i} each. How many {i} does {p} have?",
                "there are {b} {i} in each box. {p} takes {a} boxes. How many {i} are these?",
                "{p} fills {a} bags with {b} {i} each. How many {i} does {she} need?",
            ], steps: [.init("c = a * b", "there are {=} {i}.")]),
        .init(
            "share", [("a", 6...120), ("b", 2...12)],
            [
                "{p} shares {a} {i} among {b} friends. How many {i} does each friend get?",
                "{p} puts {a} {i} into {b} equal boxes. How many {i} are in each box?",
                "{b} children share {a} {i}. How many {i} does each child get?",
            ], steps: [.init("c = a / b", "each one gets {=} {i}.")]),
        .init(
            "price", [("a", 2...15), ("b", 2...15)],
            [
                "{p} buys {a} {i} for {b} coins each. How many coins does {she} pay?",
                "one of the {i} costs {b} coins. How many coins do {a} {i} cost?",
                "{p} sells {a} {i} for {b} coins each. How many coins does {she} get?",
            ], steps: [.init("c = a * b", "the price is {=} coins.")]),
        .init(
            "change", [("a", 20...100), ("b", 3...80)],
            [
                "{p} pays for {m} with {a} coins. The price is {b} coins. How many coins does {she} get back?",
                "{p} has {a} coins and buys {m} for {b} coins. How many coins are left?",
            ], steps: [.init("c = a - b", "{she} has {=} coins left.")]),
        .init(
            "two goods", [("a", 2...40), ("b", 2...40)],
            [
                "{p} buys {m} for {a} coins and {m2} for {b} coins. How many coins does {she} pay?",
                "{m} costs {a} coins and {m2} costs {b} coins. How many coins does {p} need for both?",
            ], steps: [.init("c = a + b", "both cost {=} coins.")]),
        .init(
            "price of one", [("a", 6...120), ("b", 2...12)],
            [
                "{p} pays {a} coins for {b} {i}. How many coins does one of them cost?",
                "{b} {i} cost {a} coins. What is the price of one?",
            ], steps: [.init("c = a / b", "one costs {=} coins.")]),
        .init(
            "days", [("a", 6...120), ("b", 2...12)],
            [
                "{p} has {a} {i} and uses {b} of them each day. For how many days are they enough?",
                "{p} must make {a} {i}. {^she} makes {b} a day. How many days does {she} need?",
            ], steps: [.init("c = a / b", "it takes {=} days.")]),
        .init(
            "walking", [("a", 2...9), ("b", 2...12)],
            [
                "{p} walks {a} miles every hour. How many miles does {she} walk in {b} hours?",
                "{p} walks for {b} hours, {a} miles in each hour. How far does {she} walk?",
            ], steps: [.init("c = a * b", "{she} walks {=} miles.")]),
        .init(
            "age", [("a", 8...60), ("b", 2...30)],
            [
                "{p} is {a} years old. {f} is {b} years older. How old is {f}?",
                "{p} is {a} years old now. How old will {she} be in {b} years?",
            ], steps: [.init("c = a + b", "the age is {=} years.")]),
        .init(
            "dearer", [("a", 8...60), ("b", 2...50)],
            [
                "{m} costs {a} coins and {m2} costs {b} coins. How many coins dearer is {m}?",
                "{p} pays {a} coins for {m}. {f} pays {b} coins. How many coins less does {f} pay?",
            ], steps: [.init("c = a - b", "the difference is {=} coins.")]),
    ]
}
