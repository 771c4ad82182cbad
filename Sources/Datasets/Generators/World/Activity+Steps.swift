extension Activity {
    static let atHome = """
        Baking bread
        mixes flour and water in a <big|large> bowl
        kneads the dough with both hands
        lets the dough rise under a cloth
        forms a round loaf
        puts the loaf into the hot oven
        takes the brown bread out and lets it cool

        Cooking soup
        cuts <carrots and leeks|onions and carrots> into small pieces
        fills a pot with water
        puts the vegetables into the pot
        lets the soup boil for an hour
        tastes the soup and adds some salt
        pours the soup into bowls

        Making tea
        fills the kettle with fresh water
        waits until the water boils
        puts the tea leaves into the pot
        pours the hot water over the leaves
        waits for <three|four|five> minutes
        drinks the tea from a cup

        Frying eggs
        puts butter into the pan
        waits until the butter is hot
        breaks <two|three> eggs into the pan
        adds a little salt and pepper
        waits until the eggs are white and firm
        eats the eggs with bread

        Washing clothes
        sorts the clothes by colour
        puts the dirty clothes into the tub
        adds soap and warm water
        rubs the spots until they are gone
        rinses the clothes with clean water
        hangs the wet clothes on the line

        Ironing a shirt
        heats the iron
        lays the shirt flat on the board
        sprays a little water on the cloth
        moves the iron slowly over the sleeves
        hangs the smooth shirt in the wardrobe
        lets the iron cool down

        Washing the dishes
        scrapes the rests from the plates
        fills the sink with hot water
        scrubs the plates with a brush
        rinses the plates under the tap
        dries the plates with a towel
        puts the plates back on the shelf

        Sweeping the floor
        moves the chairs out of the way
        takes the broom from the corner
        sweeps the dust into a heap
        brings the heap onto the dustpan
        throws the dust into the bin
        moves the chairs back

        Cleaning the windows
        fills a bucket with water and vinegar
        climbs on a small ladder
        wipes the glass with a wet sponge
        pulls the water off with a rubber blade
        polishes the glass with old newspaper
        looks through the clear window

        Making the bed
        takes off the old sheets
        shakes the pillows at the window
        spreads a clean sheet over the mattress
        puts new covers on the pillows
        lays the blanket over the sheet
        folds back one corner of the blanket

        Lighting the stove
        sweeps the cold ashes out
        lays paper and thin sticks inside
        strikes a match
        holds the flame to the paper
        puts a thick log on the fire
        closes the iron door and warms {her} hands

        Sewing on a button
        looks for a button of the right size
        pulls a thread through the needle
        makes a knot at the end of the thread
        pushes the needle up through the holes
        winds the thread under the button
        cuts off the rest of the thread

        Knitting a scarf
        chooses a ball of soft wool
        casts thirty loops onto the needle
        knits one row after another
        measures whether it is long enough
        closes the last row
        wraps the new scarf around {her} neck

        Painting a wall
        covers the floor with old sheets
        fills the cracks in the wall
        stirs the paint with a stick
        rolls the paint onto the wall
        paints the corners with a thin brush
        waits until the wall is dry

        Washing the dog
        calls the dog into the yard
        wets the fur with warm water
        rubs dog soap into the fur
        rinses the soap out of the fur
        jumps back when the dog shakes itself
        dries the dog with an old towel

        Writing a letter
        takes a sheet of paper and a pen
        writes the date at the top
        tells the news of the week
        signs the letter with {her} name
        folds the paper and puts it into an envelope
        writes the address on the envelope

        Brushing the teeth
        opens the tube of toothpaste
        presses a little paste on the brush
        brushes up and down for two minutes
        spits the foam into the sink
        rinses {her} mouth with water
        puts the brush back into the glass

        Making jam
        washes the ripe berries
        weighs the berries and the sugar
        cooks the berries with the sugar
        skims the foam from the pot
        fills the hot jam into glasses
        sticks a label on each glass
        """

    static let outdoors = """
        Planting flowers
        digs small holes in the earth
        sets one bulb into each hole
        covers the bulbs with earth
        waters the bed with a can
        waits for the first green leaves
        enjoys the flowers in spring

        Growing tomatoes
        fills small pots with earth
        presses a seed into each pot
        puts the pots on a sunny shelf
        moves the young plants into the garden
        ties the plants to tall sticks
        picks the red tomatoes

        Mowing the lawn
        picks up the toys from the grass
        gets the mower out of the shed
        pushes the mower from one side to the other
        rakes the cut grass together
        carries the cut grass to the heap
        cleans the blades of the mower

        Fishing
        digs up some worms
        puts a worm on the hook
        throws the line into the water
        waits quietly on the bank
        feels a strong pull on the line
        lifts a fine fish out of the water

        Rowing a boat
        unties the boat from the post
        pushes the boat away from the bank
        takes one oar in each hand
        pulls the oars through the water
        turns the boat around the island
        ties the boat to the post again

        Picking apples
        leans a ladder against the tree
        climbs up with a basket
        turns each apple until it comes off
        lays the apples gently into the basket
        carries the full basket down
        stores the apples in the cool cellar

        Flying a kite
        looks for an open field
        unrolls a piece of string
        holds the kite against the wind
        runs until the kite goes up
        lets out more and more string
        winds the string up and goes home

        Putting up a tent
        looks for a flat and dry place
        spreads the cloth on the ground
        joins the poles together
        lifts the tent with the poles
        hammers the pegs into the ground
        rolls out a sleeping bag inside

        Chopping wood
        sharpens the axe
        stands a log on the block
        swings the axe high over {her} head
        splits the log into two halves
        stacks the pieces beside the house
        covers the stack against the rain

        Milking a goat
        leads the goat to the stand
        cleans the udder with a warm cloth
        puts a pail under the goat
        squeezes the milk into the pail
        carries the warm milk to the kitchen
        pours the milk through a fine cloth

        Feeding the hens
        fills a bowl with grain
        opens the gate of the hen yard
        scatters the grain on the ground
        changes the water in the trough
        looks for eggs in the straw
        shuts the gate behind {her} back

        Collecting honey
        puts on a hat with a veil
        blows smoke into the hive
        lifts a heavy frame out of the hive
        brushes the bees off the frame
        cuts the wax open with a knife
        lets the honey run into a jar

        Riding a horse
        brushes the back of the horse
        lays the saddle on the horse
        tightens the belt of the saddle
        swings {her} leg over the saddle
        rides slowly out of the stable
        gives the tired horse some hay

        Building a snowman
        rolls a big ball of snow
        sets a smaller ball on top
        lifts the head onto the body
        uses a carrot for the nose
        presses in two stones for the eyes
        puts an old hat on the head

        Swimming in the lake
        changes clothes behind a bush
        tests the water with one foot
        walks in up to the knees
        dives under a small wave
        swims to the wooden raft
        rests in the sun on the raft

        Repairing a bicycle
        turns the bicycle upside down
        takes off the flat wheel
        finds the hole in the tube
        glues a patch over the hole
        pumps air into the tyre
        rides once around the yard
        """

    static let elsewhere = """
        Posting a letter
        sticks a stamp on the envelope
        walks to the post office
        asks the clerk how long it takes
        drops the letter into the red box
        hears the letter fall
        walks home and waits for an answer

        Shopping at the market
        writes a list of what is needed
        takes the big basket along
        compares the stalls
        asks the seller for the price
        pays with small coins
        carries the full basket home

        Borrowing a book
        shows the card at the desk
        looks along the shelves
        reads the first page of a novel
        takes the novel to the desk
        gets a stamp with the date
        brings the novel back in two weeks

        Travelling by train
        buys a ticket at the window
        looks for the right platform
        waits behind the white line
        gets on and looks for a seat
        shows the ticket to the conductor
        gets off at the last station

        Visiting the doctor
        tells the nurse {her} name
        sits down in the waiting room
        describes where it hurts
        breathes in while the doctor listens
        gets a paper for some medicine
        buys the medicine and goes to bed

        Having a haircut
        hangs {her} coat on the hook
        sits down in front of the mirror
        says how short it should be
        keeps still while the scissors click
        looks at the back with a hand mirror
        pays the barber and leaves

        Eating at an inn
        chooses a table at the window
        reads the menu
        orders the dish of the day
        spreads a napkin over {her} knees
        eats everything on the plate
        asks for the bill

        Playing chess
        sets up the pieces on the board
        moves a pawn two squares forward
        brings out a knight
        loses a bishop
        traps the king in the corner
        says checkmate and shakes hands

        Making a clay pot
        presses the air out of the clay
        sets the lump in the middle of the wheel
        turns the wheel with one foot
        pulls the sides up with wet fingers
        burns the pot in the kiln
        paints a blue pattern on the pot

        Drawing a portrait
        sharpens a soft pencil
        asks the model to sit still
        draws the outline of the face
        adds the eyes and the mouth
        makes the shadows darker
        shows the finished drawing to the model

        Taking a photograph
        sets the camera on three legs
        looks through the lens
        asks everyone to smile
        presses the small silver knob
        develops the film in a dark room
        hangs the picture on the wall

        Crossing the street
        stops at the edge of the road
        looks left and right
        waits until a wagon has passed
        walks quickly to the other side
        steps up onto the pavement
        goes on along the shop windows

        Putting a child to bed
        helps the child into pyjamas
        reads a short story aloud
        tucks the blanket in
        sings a quiet song
        blows out the candle
        leaves the door a little open

        Giving a concert
        tunes the strings of the violin
        walks out onto the stage
        bows to the audience
        plays a long and sad piece
        listens to the applause
        packs the violin into its case
        """
}
