import Datasets
import Testing

@Suite struct SampleTests {
    private let letters = (0..<40).map { "item \($0)" }

    @Test("a sample keeps the file's order and knows each item's place")
    func order() {
        let sample = Sample(drawing: 9, of: letters)
        #expect(sample.items.count == 9 && sample.total == 40)
        #expect(sample.places == sample.places.sorted() && Set(sample.places).count == 9)
        #expect(sample.items == sample.places.map { letters[$0 - 1] })
        #expect(sample.items != Array(letters.prefix(9)), "it is not the head of the file")
        let named = sample.numberedMap { "\($1): \($0)" }
        #expect(named.items == zip(sample.places, sample.items).map { "\($0): \($1)" })
        #expect(named.total == 40)
    }

    @Test("the same file gives the same sample, and a smaller one is a part of it")
    func nested() {
        let large = Sample(drawing: 20, of: letters)
        #expect(Sample(drawing: 20, of: letters).places == large.places)
        for limit in 1..<20 {
            #expect(Set(large.places).isSuperset(of: Sample(drawing: limit, of: letters).places))
        }
        // The draw decides what published numbers are made of: it never changes.
        #expect(Sample(drawing: 4, of: letters).places == [5, 9, 33, 36])
    }

    @Test("without a limit below the count all items stay", arguments: [nil, 40, 41])
    func whole(limit: Int?) {
        #expect(Sample(drawing: limit, of: letters).items == letters)
        #expect(Sample(first: limit, of: letters).items == letters)
    }

    @Test("the head of a file is another choice")
    func head() {
        let head = Sample(first: 3, of: letters)
        #expect(head.places == [1, 2, 3] && head.total == 40)
        #expect(head.filter { $0 != "item 1" }.places == [1, 3])
    }

    @Test("every item is drawn about equally often over many files")
    func uniform() {
        var counts = Array(repeating: 0, count: 12)
        for total in 12..<400 {
            for place in Sample(drawing: total / 4, of: Array(0..<total)).places
            where place <= 12 { counts[place - 1] += 1 }
        }
        #expect(counts.allSatisfy { (60...140).contains($0) }, "\(counts)")
    }
}
