import Adapters
import Models
import TestSupport
@testable import Tensors
import Testing

@Suite struct MoRATests {
    /// An operator on a projection: k is a grouped-query shape [12, 20], up [28, 20] and down
    /// [20, 28] have sizes that do not divide, q [24, 20] at rank 9 has a size that does.
    struct Sample: Sendable, CustomTestStringConvertible {
        let kind: MoRAOperator
        let projection: Projection
        let rank: Int

        var testDescription: String { "\(kind.rawValue) \(projection.rawValue) r\(rank)" }

        static let all = MoRAOperator.allCases.flatMap { kind in
            [(Projection.k, 1), (.k, 4), (.up, 1), (.up, 3), (.down, 2), (.q, 9), (.q, 2)].map {
                Sample(kind: kind, projection: $0.0, rank: $0.1)
            }
        }

        /// The adapter with random entries, and the reference with the same.
        func make() throws -> (adapter: MoRAAdapter, reference: MoRAReference) {
            let attached = try AttachedMethod.perturbed(
                MoRA(rank: rank, kind: kind, targets: [projection]))
            let adapter = try #require(
                attached.tuned.model.blocks[1][projection].adapter as? MoRAAdapter)
            let shape = smallConfiguration.shape(of: projection)
            let size = adapter.matrix.rows
            let matrix = (0..<size).map { row in
                (0..<size).map { Double(adapter.matrix.values[row * size + $0]) }
            }
            return (
                adapter,
                MoRAReference(
                    kind: kind, matrix: matrix, rows: shape.rows, columns: shape.columns)
            )
        }
    }

    private func inputs(_ rows: Int, _ columns: Int) throws -> Parameter {
        var generator = SmallGenerator(state: 12)
        let values = try Parameter("x", rows: rows, columns: columns, isTrainable: false)
        values.fillNormal(deviation: 1, using: &generator)
        return values
    }

    private func doubles(_ x: Parameter, row: Int) -> [Double] {
        (0..<x.columns).map { Double(x.values[row * x.columns + $0]) }
    }

    @Test("forward and gradients equal the reference", arguments: Sample.all)
    func forwardAndBackward(sample: Sample) throws {
        let (adapter, reference) = try sample.make()
        let x = try inputs(3, reference.columns)
        let upstream = try inputs(3, reference.rows)
        let zero = try Parameter(
            "base", rows: reference.rows, columns: reference.columns, isTrainable: false)
        let tape = Tape(arena: Arena(), isRecording: true)
        defer { tape.reset() }
        let input = tape.constant(
            UnsafeBufferPointer(x.storage.buffer), rows: 3, columns: x.columns,
            requiresGradient: true)
        let output = adapter.forward(input, base: zero, on: tape)
        let expected = (0..<3).flatMap { reference.output(doubles(x, row: $0)) }
        expectClose(tape.values(output).map(Double.init), expected, absolute: 2e-5)
        tape.gradientToWrite(output).pointer.update(from: upstream.values, count: upstream.count)
        tape.backward()
        let gradients = (0..<3).map {
            reference.gradients(x: doubles(x, row: $0), upstream: doubles(upstream, row: $0))
        }
        expectClose(
            (tape.gradient(input) ?? UnsafeBufferPointer(start: nil, count: 0)).map(Double.init),
            gradients.flatMap(\.input), absolute: 2e-5)
        let ofMatrix = gradients[0].matrix.indices.map { index in
            gradients.reduce(0) { $0 + $1.matrix[index] }
        }
        expectClose(
            (gradient(of: adapter.matrix) ?? []).map(Double.init), ofMatrix, absolute: 5e-5)
    }

    @Test("the merged update equals the reference's", arguments: Sample.all)
    func merging(sample: Sample) throws {
        let (adapter, reference) = try sample.make()
        let update = try Parameter(
            "update", rows: reference.rows, columns: reference.columns, isTrainable: false)
        adapter.merge(into: update)
        expectClose(
            update.storage.buffer.map(Double.init), reference.update.flatMap { $0 },
            absolute: 1e-5)
    }

    @Test("the update has the rank that the operator allows", arguments: Sample.all)
    func updateRank(sample: Sample) throws {
        let reference = try sample.make().reference
        let (rows, columns) = (reference.rows, reference.columns)
        let size = reference.matrix.count
        let blocks = (columns + size - 1) / size
        let expected = sample.kind.usesBlocks ? min(rows, columns, blocks * size) : size
        #expect(numericalRank(reference.update) == expected)
    }

    @Test("the size meets LoRA's number of parameters, rounded as the authors' code does")
    func sizes() {
        let sharing = MoRA(rank: 8, kind: .sharing)
        #expect(sharing.size(for: (576, 1536)) == 130)
        #expect(sharing.size(for: (4096, 11008)) == 348)
        #expect(MoRA(rank: 8, kind: .sharing).size(for: (4096, 4096)) == 256)
        #expect(MoRA(rank: 128, kind: .sharing).size(for: (4096, 4096)) == 1024)
        #expect(MoRA(rank: 8, kind: .rotation).size(for: (576, 576)) == 96)
        #expect(MoRA(rank: 8, kind: .rotation).size(for: (192, 576)) == 78)
        #expect(MoRA(rank: 9, kind: .rotation).size(for: (192, 576)) == 82)
    }

    @Test("size² parameters for each target", arguments: MoRAOperator.allCases)
    func trainableCount(kind: MoRAOperator) throws {
        let mora = MoRA(rank: 3, kind: kind)
        let squares = smallConfiguration.projections.map { projection in
            let size = mora.size(for: smallConfiguration.shape(of: projection))
            return size * size
        }
        let tuned = try AttachedMethod(mora).tuned
        #expect(tuned.trainableCount == 2 * squares.reduce(0, +))
        #expect(tuned.trainable.allSatisfy { $0.storage.buffer.allSatisfy { $0 == 0 } })
    }

    @Test("a matrix wider than a projection is refused with the largest rank that fits")
    func problems() {
        #expect(MoRA(rank: 4, kind: .sharing).problems(for: smallConfiguration).isEmpty)
        #expect(
            MoRA(rank: 5, kind: .sharing).problems(for: smallConfiguration).map(\.description) == [
                "rank: rank 5 makes a matrix 13 wide, wider than projection k [12, 20]: "
                    + "use at most 4"
            ])
        // An even size fits where an odd one did not.
        #expect(MoRA(rank: 5, kind: .rotation).problems(for: smallConfiguration).isEmpty)
        var narrow = smallConfiguration
        narrow.hiddenSize = 300
        narrow.kvHeadCount = 1
        #expect(
            MoRA(rank: 1, targets: [.v]).problems(for: narrow).map(\.text) == [
                "rank 1 makes a matrix 16 wide, wider than projection v [6, 300]: "
                    + "no target takes one; use another method"
            ])
        #expect(
            MoRA(rank: 9, targets: [.v, .o, .k]).problems(for: narrow).map(\.text) == [
                "rank 9 makes a matrix 52 wide, wider than projection k [6, 300]: "
                    + "leave k, v out of the targets and use at most 2"
            ])
        #expect(MoRA(rank: .max).problems(for: smallConfiguration).count == 1)
        #expect(MoRA(rank: 0).problems(for: smallConfiguration).count == 1)
        #expect(MoRA(rank: 1, dropout: 1).problems(for: smallConfiguration).count == 1)
        #expect(MoRA(rank: 1, targets: []).problems(for: smallConfiguration).count == 1)
    }
}
