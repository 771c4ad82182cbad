/// The random numbers of Python's `random.Random` with a whole number as its seed: harnesses draw the
/// examples of their prompts with them.
///
/// - Reference: Matsumoto and Nishimura, *Mersenne Twister*, 1998 (MT19937, seeding by an array); Python
///   3's `random.sample` and `Random._randbelow`.
struct PythonRandom {
    private static let size = 624
    private static let middle = 397
    private var state: [UInt32]
    private var position = size

    init(seed: UInt32) {
        state = Self.filled(19_650_218)
        for index in 1...Self.size {
            let place = (index - 1) % (Self.size - 1) + 1
            state[place] =
                (state[place] ^ (Self.mixed(state[place - 1]) &* 1_664_525)) &+ seed
            if place == Self.size - 1 { state[0] = state[place] }
        }
        // The array is as long as the state less one further, so the second round starts at 2.
        var place = 2
        for _ in 1..<Self.size {
            state[place] =
                (state[place] ^ (Self.mixed(state[place - 1]) &* 1_566_083_941)) &- UInt32(place)
            place += 1
            if place == Self.size {
                state[0] = state[place - 1]
                place = 1
            }
        }
        state[0] = 0x8000_0000
    }

    private static func mixed(_ word: UInt32) -> UInt32 { word ^ (word >> 30) }

    private static func filled(_ seed: UInt32) -> [UInt32] {
        var state = [seed]
        for index in 1..<size {
            state.append(1_812_433_253 &* mixed(state[index - 1]) &+ UInt32(index))
        }
        return state
    }

    /// 32 random bits.
    private mutating func word() -> UInt32 {
        if position == Self.size { renew() }
        var word = state[position]
        position += 1
        word ^= word >> 11
        word ^= (word << 7) & 0x9D2C_5680
        word ^= (word << 15) & 0xEFC6_0000
        return word ^ (word >> 18)
    }

    private mutating func renew() {
        for index in 0..<Self.size {
            let next = state[(index + 1) % Self.size]
            let both = (state[index] & 0x8000_0000) | (next & 0x7FFF_FFFF)
            state[index] =
                state[(index + Self.middle) % Self.size] ^ (both >> 1)
                ^ (both & 1 == 0 ? 0 : 0x9908_B0DF)
        }
        position = 0
    }

    /// A whole number below `limit`, each equally likely.
    private mutating func below(_ limit: Int) -> Int {
        let bits = Int.bitWidth - limit.leadingZeroBitCount
        var number = limit
        while number >= limit { number = Int(word() >> UInt32(32 - bits)) }
        return number
    }

    /// `count` different places of a list of `total`, in the order in which they were drawn.
    ///
    /// - Precondition: `count <= total < 2³²`.
    mutating func sample(_ count: Int, of total: Int) -> [Int] {
        precondition(count <= total && total < 1 << 32, "\(count) of \(total)")
        var small = 21
        if count > 5 {
            var power = 1
            while power < count * 3 { power *= 4 }
            small += power
        }
        return total <= small ? fromPool(count, total) : byRejection(count, total)
    }

    private mutating func fromPool(_ count: Int, _ total: Int) -> [Int] {
        var pool = Array(0..<total)
        return (0..<count).map { drawn in
            let place = below(total - drawn)
            defer { pool[place] = pool[total - drawn - 1] }
            return pool[place]
        }
    }

    private mutating func byRejection(_ count: Int, _ total: Int) -> [Int] {
        var chosen: Set<Int> = []
        return (0..<count).map { _ in
            var place = below(total)
            while !chosen.insert(place).inserted { place = below(total) }
            return place
        }
    }
}
