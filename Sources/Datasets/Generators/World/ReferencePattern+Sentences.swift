extension ReferencePattern {
    static let ofThings: [ReferencePattern] = [
        .init(
            .things, .containers, "{x} does not fit in {y} because", ofFirst: "is too big",
            ofSecond: "is too small"),
        .init(
            .things, .containers, "{x} fell out of {y} because", ofFirst: "was not tied down",
            ofSecond: "had a hole"),
        .init(
            .things, .things, "{p} bought {x} and not {y} because", ofFirst: "was cheap",
            ofSecond: "was too expensive"),
        .init(
            .things, .things, "{p} carried {x} and left {y} because", ofFirst: "was light",
            ofSecond: "was too heavy"),
        .init(
            .things, .things, "{x} sank in the pond but {y} did not because",
            ofFirst: "was made of iron", ofSecond: "was made of wood"),
        .init(
            .things, .things, "{p} washed {x} but not {y} because", ofFirst: "was dirty",
            ofSecond: "was clean"),
        .init(
            .things, .things, "{x} stands on top of {y}, so", ofFirst: "can be taken first",
            ofSecond: "is hard to reach"),
        .init(
            .things, .things, "the rope could hold {x} but not {y} because",
            ofFirst: "was not heavy", ofSecond: "was far too heavy"),
        .init(
            .things, .things, "{p} likes {x} more than {y} because", ofFirst: "is beautiful",
            ofSecond: "is ugly"),
        .init(
            .things, .things, "{p} kept {x} and threw {y} away because",
            ofFirst: "was still useful", ofSecond: "was broken"),
        .init(
            .things, .furniture, "{p} put {x} on {y}, but", ofFirst: "slid off at once",
            ofSecond: "broke under the weight"),
        .init(
            .furniture, .furniture, "{x} is taller than {y}, so", ofFirst: "stands at the back",
            ofSecond: "stands in front"),
        .init(
            .foods, .foods, "{p} ate {x} and not {y} because", ofFirst: "was fresh",
            ofSecond: "smelled bad"),
        .init(
            .foods, .foods, "{p} warmed {x} but not {y} because", ofFirst: "was cold",
            ofSecond: "was still hot"),
        .init(
            .animals, .animals, "{x} could not catch {y} because", ofFirst: "was too slow",
            ofSecond: "was too fast"),
        .init(
            .animals, .animals, "{x} chased {y} through the field because",
            ofFirst: "was hungry", ofSecond: "had stolen some food"),
        .init(
            .animals, .animals, "{x} is stronger than {y}, so", ofFirst: "won the fight",
            ofSecond: "lost the fight"),
        .init(
            .animals, .animals, "{p} fed {x} but not {y} because", ofFirst: "looked thin",
            ofSecond: "looked fat"),
        .init(
            .vehicles, .vehicles, "{x} passed {y} because", ofFirst: "was going fast",
            ofSecond: "was going slowly"),
        .init(
            .vehicles, .vehicles, "{x} pulled {y} out of the mud because",
            ofFirst: "had a strong engine", ofSecond: "was stuck"),
        .init(
            .clothes, .clothes, "{p} wore {x} and not {y} because", ofFirst: "was warm",
            ofSecond: "was too thin"),
        .init(
            .clothes, .clothes, "{p} mended {x} but not {y} because", ofFirst: "was torn",
            ofSecond: "was whole"),
        .init(
            .plants, .plants, "{p} watered {x} but not {y} because", ofFirst: "was dry",
            ofSecond: "was wet"),
        .init(
            .plants, .plants, "{p} cut down {x} and kept {y} because", ofFirst: "was dead",
            ofSecond: "was healthy"),
    ]

    static let ofPeople: [ReferencePattern] = [
        .init(
            .people, .people, "{x} thanked {y} because", ofFirst: "had got help",
            ofSecond: "had given help"),
        .init(
            .people, .people, "{x} asked {y} a question because",
            ofFirst: "wanted to know more", ofSecond: "knew the answer"),
        .init(
            .people, .people, "{x} gave {y} some bread because", ofFirst: "had plenty",
            ofSecond: "was hungry"),
        .init(
            .people, .people, "{x} lent {y} a coat because", ofFirst: "had two coats",
            ofSecond: "was cold"),
        .init(
            .people, .people, "{x} ran faster than {y}, so", ofFirst: "won the race",
            ofSecond: "lost the race"),
        .init(
            .people, .people, "{x} taught {y} to swim because", ofFirst: "was a good teacher",
            ofSecond: "wanted to learn it"),
        .init(
            .people, .people, "{x} visited {y} in hospital because", ofFirst: "was worried",
            ofSecond: "was ill"),
        .init(
            .people, .people, "{x} sold {y} a boat because", ofFirst: "needed money",
            ofSecond: "needed a boat"),
        .init(
            .people, .people, "{x} followed {y} through the forest because",
            ofFirst: "was lost", ofSecond: "knew the way"),
        .init(
            .people, .people, "{x} knocked at the door of {y}, but",
            ofFirst: "got no answer", ofSecond: "did not open"),
        .init(
            .people, .people, "{x} beat {y} at chess because", ofFirst: "played well",
            ofSecond: "played badly"),
        .init(
            .people, .people, "{x} forgave {y} because", ofFirst: "has a kind heart",
            ofSecond: "said sorry"),
        .init(
            .people, .people, "{x} waited for {y} because", ofFirst: "was early",
            ofSecond: "was late"),
        .init(
            .people, .people, "{x} could not carry {y} because", ofFirst: "was too weak",
            ofSecond: "was too heavy"),
        .init(
            .people, .people, "{x} woke {y} up because", ofFirst: "heard a noise",
            ofSecond: "had slept too long"),
        .init(
            .people, .people, "{x} paid {y} for the new fence because",
            ofFirst: "had ordered it", ofSecond: "had built it"),
    ]
}
