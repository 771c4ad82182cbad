/// The words the world is built from.
enum WorldNames {
    private static func words(_ text: String) -> [String] {
        text.split(separator: " ").map(String.init)
    }

    private static func items(_ text: String) -> [String] {
        text.split(separator: ",").map { String($0.drop { $0 == " " || $0 == "\n" }) }
    }

    /// Every start joined with every end.
    private static func compounds(_ starts: String, _ ends: String) -> [String] {
        words(starts).flatMap { start in words(ends).map { start + $0 } }
    }

    static let women = words(
        """
        Mira Anna Bella Clara Dora Edith Fiona Greta Hanna Ida Jana Karin Lena Maud Nora Olga \
        Paula Rosa Sara Tilda Ursula Vera Wilma Yvette Zelda Alma Berta Carla Delia Elsa Flora \
        Gemma Helga Irma Julia Kate Lucy Molly Nina Opal Petra Ruth Selma Thea Una Viola Wanda \
        Alice Beth Cora Diana Emma Frieda Gwen Hazel Iris June Kira Linda Mabel
        """)

    static let men = words(
        """
        Adam Boris Colin David Emil Frank Georg Hugo Ivan Jonas Karl Leo Martin Nils Oscar Peter \
        Ralf Simon Tom Ulrich Victor Walter Yann Zeno Albert Bruno Conrad Daniel Erik Felix Gavin \
        Henry Isaac Jacob Kevin Lukas Max Noah Otto Paul Quentin Robert Samuel Theo Urban Vincent \
        William Arthur Ben Carl Dennis Edgar Fred Gilbert Harold Jack Kurt Louis Milo Norman
        """)

    static let surnames = compounds("Tol Bren Har Mor Pel Kest Lun Rav Wes Dor", "van ley rick man")

    static let towns = compounds(
        "Ash Bram Cor Dun Elm Fen Gar Hol Kel Lin Mar Nor Oak Pel Rush Sil Thorn Wen Win York",
        "ford ton wick bury mere dale")

    static let rivers = words(
        "Osk Lenn Tarrow Velm Quill Brathe Sirin Ulver Jassen Dove Ember Nidd Yarrel Corve Halk"
    ).map { "the River " + $0 }

    static let shops = items(
        """
        the Copper Kettle, the Blue Door, the Golden Key, the Silver Spoon, the Red Lantern, \
        the Green Bottle, the Old Barrel, the White Feather, the Iron Nail, the Little Bell, \
        the Tall Candle, the Round Table, the Happy Goat, the Lucky Button, the Quiet Owl, \
        the Broken Wheel, the Black Ribbon, the Wooden Horse, the Bright Star, the Merry Fox, \
        the Brown Basket, the Paper Moon, the Stone Jug, the Striped Cat, the Sleepy Bear, \
        the Busy Bee, the Yellow Umbrella, the Glass Slipper, the Velvet Hat, the Empty Cup, \
        the Open Book, the Singing Bird, the Warm Hearth, the Crooked Chimney, the Seven Steps, \
        the Three Apples, the Royal Thread, the Long Ladder, the Dancing Shoe, the Honest Scale
        """)

    static let animals = compounds(
        "moss reed bramble silver dusk stone frost ember thistle marsh copper velvet",
        "back foot tail wing snout")

    static let boats = words(
        """
        Marigold Swallow Heron Juniper Primrose Comet Falcon Clover Dolphin Pearl Meteor Lily \
        Thunder Sparrow Harvest Victory Dandelion Sunrise Mermaid Wanderer
        """
    ).map { "the " + $0 }

    static let foods = items(
        """
        bean soup, apple pie, honey cake, rye bread, goat cheese, plum jam, leek stew, fried fish, \
        onion tart, oat porridge, pea soup, nut bread, pear pie, potato salad, mushroom stew, \
        carrot cake, barley soup, cherry pie, roast duck, smoked trout, herb butter, corn bread, \
        berry pudding, cabbage soup, rice pudding, lemon cake, walnut cake, cream cheese, \
        pumpkin pie, lamb stew, beet salad, garlic bread, fig jam, milk pudding, tomato soup, \
        fish pie, spinach tart, chestnut soup, salt ham, cheese pie
        """)

    static let jobs = words(
        """
        baker teacher farmer doctor painter potter tailor miller sailor carpenter gardener \
        blacksmith weaver cook nurse fisher shepherd singer judge clerk barber builder writer \
        printer driver guard dentist librarian engineer actor
        """)

    static let pets = words(
        "cat dog rabbit goat parrot pony hen duck tortoise hamster goose donkey")

    static let petNames = words(
        """
        Pim Biscuit Pepper Button Ginger Tinker Muffin Patch Rusty Smoky Snowy Bramble Whisker \
        Socks Coco Nutmeg Pickle Sunny Shadow Misty Bubble Toffee Velvet Mango Poppy Domino Ziggy \
        Jasper Waffle Truffle Cricket Pebble Raisin Sparky Teddy Duster Marble Olive Hazelnut Fudge
        """)

    static let colours = words("red blue green yellow white black brown grey orange purple")

    static let hobbies = words(
        """
        painting singing dancing reading swimming fishing knitting sewing gardening climbing \
        rowing skating carving chess cooking drawing running riding sailing weaving juggling \
        hiking writing archery
        """)

    static let products = words(
        """
        cheese honey wool glass bread apples salt pottery candles carpets boots clocks paper roses \
        silk rope wine bells baskets knives lace butter ink hats bricks oil tea soap nails furniture
        """)

    static let landmarks = items(
        """
        stone bridge, tall tower, white church, old lighthouse, great oak, windmill, castle, \
        clock tower, library, museum, fountain, water mill, iron gate, rose garden, theatre, \
        bronze statue, deep well, market hall, glass house, round pond
        """)

    static let days = words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")

    static let regions = items("the north, the south, the east, the west, the hills, the valley")

    static let goods = words(
        """
        candles boots hats books ropes knives cups lamps clocks carpets toys seeds bells brushes \
        baskets gloves kites mirrors pens maps drums nails blankets buttons spoons jars chairs \
        coats flutes umbrellas
        """)

    static let hours = words("six seven eight nine ten").map { $0 + " o'clock" }

    static let animalFoods = words(
        "berries seeds grass fish nuts roots leaves worms snails mushrooms")

    static let animalHomes = items(
        """
        hollow trees, deep burrows, old barns, tall reeds, stone walls, dry caves, thick hedges, \
        warm haystacks, muddy banks, high cliffs
        """)

    static let animalTimes = items("at dawn, at noon, at dusk, at midnight")

    static let seasons = words("spring summer autumn winter")

    static let dishes = items(
        """
        a blue bowl, a wooden box, a clay pot, a tin box, a glass dish, a paper bag, \
        a small basket, a copper pan
        """)

    static let hills = words("Grey Windy Silent Broken Golden Misty Hollow Purple").map {
        "the " + $0 + " Hills"
    }

    static let lakes = words("Ordel Tamsin Bryne Calder Vessa Morrow").map { "Lake " + $0 }

    static let fish = words("trout pike perch eels salmon carp")

    static let cargoes = words(
        """
        salt wool timber grain apples wine coal stone tea cloth oil fish sugar glass iron paper \
        rope bricks honey flour
        """)
}
