import Foundation
import Kernels
import TestSupport
import Testing

@Suite struct RowsTests {
    private func norm(
        _ x: [Float], _ gain: [Float], offset: Float = 0, epsilon: Float
    ) -> (y: [Float], rstd: [Float]) {
        let rows = x.count / gain.count
        var y = [Float](repeating: .nan, count: x.count)
        var rstd = [Float](repeating: .nan, count: rows)
        Rows.rmsNorm(
            x, gain: gain, offset: offset, into: &y, rstd: &rstd, rows: rows,
            channels: gain.count, epsilon: epsilon)
        return (y, rstd)
    }

    @Test(
        "RMSNorm equals the reference, and so does its gradient", arguments: raggedSizes,
        [Float(0), 1])
    func rmsNorm(channels: Int, offset: Float) {
        var random = RandomArrays(seed: 1)
        let rows = 11
        let (x, dy) = (random.floats(rows * channels), random.floats(rows * channels))
        let gain = random.floats(channels)
        let (y, rstd) = norm(x, gain, offset: offset, epsilon: 1e-5)
        let whole = doubles(gain).map { $0 + Double(offset) }
        let start = random.floats(rows * channels)
        var (dx, added) = ([Float](repeating: .nan, count: x.count), start)
        var partials = [Float](repeating: .nan, count: Rows.gainParts * channels)
        Rows.rmsNormBackward(
            dy, x: x, gain: gain, offset: offset, rstd: rstd, dx: &dx, accumulate: false,
            dGain: &partials, rows: rows, channels: channels)
        Rows.rmsNormBackward(
            dy, x: x, gain: gain, offset: offset, rstd: rstd, dx: &added, accumulate: true,
            dGain: nil, rows: rows, channels: channels)
        var dGain = [Double](repeating: 0, count: channels)
        for row in 0..<rows {
            let range = row * channels..<(row + 1) * channels
            let input = doubles(Array(x[range]))
            let expected = Reference.rmsNorm(input, gain: whole, epsilon: 1e-5)
            expectClose(doubles(Array(y[range])), expected, relative: 1e-5)
            let gradient = Reference.rmsNormBackward(
                doubles(Array(dy[range])), x: input, gain: whole, epsilon: 1e-5)
            let tolerance = 2e-6 * Double(rstd[row] + 1)
            expectClose(
                doubles(Array(dx[range])), gradient.dx, relative: 1e-5, absolute: tolerance)
            expectClose(
                doubles(Array(added[range])),
                zip(gradient.dx, start[range]).map { $0 + Double($1) }, relative: 1e-5,
                absolute: tolerance)
            for i in 0..<channels { dGain[i] += gradient.dGain[i] }
        }
        let summed = (0..<channels).map { channel in
            (0..<Rows.gainParts).reduce(0.0) { $0 + Double(partials[$1 * channels + channel]) }
        }
        expectClose(summed, dGain, relative: 1e-5, absolute: 1e-5)
    }

    @Test("RMSNorm of zeros is zero, of equal numbers one, and huge rows do not overflow early")
    func rmsNormExtremes() {
        let gain = [Float](repeating: 1, count: 17)
        #expect(
            norm([Float](repeating: 0, count: 17), gain, epsilon: 1e-5).y.allSatisfy { $0 == 0 })
        let equal = norm([Float](repeating: -3, count: 17), gain, epsilon: 0).y
        expectClose(equal, [Float](repeating: -1, count: 17))
        let huge = norm([Float](repeating: 1e18, count: 17), gain, epsilon: 1e-5).y
        expectClose(huge, [Float](repeating: 1, count: 17))
        #expect(norm([.nan] + gain.dropLast(), gain, epsilon: 1e-5).y.allSatisfy { $0.isNaN })
    }

    @Test("LayerNorm equals the reference, and so does its gradient", arguments: raggedSizes)
    func layerNorm(channels: Int) {
        var random = RandomArrays(seed: 8)
        let rows = 11
        let (x, dy) = (random.floats(rows * channels), random.floats(rows * channels))
        let (gain, bias) = (random.floats(channels), random.floats(channels))
        var (y, mean, rstd) = (x, [Float](repeating: .nan, count: rows), [Float](dy.prefix(rows)))
        Rows.layerNorm(
            x, gain: gain, bias: bias, into: &y, mean: &mean, rstd: &rstd, rows: rows,
            channels: channels, epsilon: 1e-2)
        var (dx, added) = ([Float](repeating: .nan, count: x.count), x)
        var dGains = [Float](repeating: .nan, count: Rows.gainParts * channels)
        var dBiases = dGains
        Rows.layerNormBackward(
            dy, x: x, gain: gain, mean: mean, rstd: rstd, dx: &dx, accumulate: false,
            dGain: &dGains, dBias: &dBiases, rows: rows, channels: channels)
        Rows.layerNormBackward(
            dy, x: x, gain: gain, mean: mean, rstd: rstd, dx: &added, accumulate: true, dGain: nil,
            dBias: nil, rows: rows, channels: channels)
        expectClose(added, zip(dx, x).map { $0 + $1 }, relative: 1e-5, absolute: 1e-5)
        var (dGain, dBias) = (
            [Double](repeating: 0, count: channels), [Double](repeating: 0, count: channels)
        )
        for row in 0..<rows {
            let range = row * channels..<(row + 1) * channels
            let (input, slope) = (doubles(Array(x[range])), doubles(Array(dy[range])))
            expectClose(
                doubles(Array(y[range])),
                Reference.layerNorm(
                    input, gain: doubles(gain), bias: doubles(bias), epsilon: 1e-2),
                relative: 1e-5, absolute: 1e-5)
            let gradient = Reference.layerNormBackward(
                slope, x: input, gain: doubles(gain), epsilon: 1e-2)
            expectClose(
                doubles(Array(dx[range])), gradient.dx, relative: 1e-5,
                absolute: 3e-6 * Double(rstd[row] + 1))
            for i in 0..<channels {
                dGain[i] += gradient.dGain[i]
                dBias[i] += slope[i]
            }
        }
        func summed(_ parts: [Float]) -> [Double] {
            (0..<channels).map { channel in
                (0..<Rows.gainParts).reduce(0.0) { $0 + Double(parts[$1 * channels + channel]) }
            }
        }
        expectClose(summed(dGains), dGain, relative: 1e-5, absolute: 1e-5)
        expectClose(summed(dBiases), dBias, relative: 1e-5, absolute: 1e-5)
    }

    @Test("a rotation of the first channels leaves the others alone", arguments: [2, 4, 8])
    func partialRotation(rotated: Int) {
        var random = RandomArrays(seed: 9)
        let (size, heads, positions) = (8, 3, [Int32]([3, 0]))
        let x = random.floats(2 * heads * size)
        let angles = (0..<4).flatMap { position in
            (0..<rotated / 2).map { Double(position) / Double($0 + 1) }
        }
        var y = x
        Rows.rotate(
            &y, positions: positions, cosine: angles.map { Float(cos($0)) },
            sine: angles.map { Float(sin($0)) }, sign: 1, rows: 2, heads: heads, size: size,
            rotated: rotated)
        let expected = (0..<2 * heads).flatMap { head in
            let channels = doubles(Array(x[head * size..<(head + 1) * size]))
            return Reference.rotate(
                Array(channels.prefix(rotated)), position: Int(positions[head / heads]),
                frequencies: (0..<rotated / 2).map { 1 / Double($0 + 1) })
                + channels.dropFirst(rotated)
        }
        expectClose(doubles(y), expected, relative: 1e-6, absolute: 1e-6)
    }

    @Test("rotation equals the reference and a negative sign undoes it", arguments: [2, 6, 32, 66])
    func rotate(size: Int) {
        var random = RandomArrays(seed: 2)
        let (rows, heads, positions) = (5, 3, [Int32]([0, 4, 1, 1, 3]))
        let x = random.floats(rows * heads * size)
        let frequencies = (0..<size / 2).map { 1 / Double($0 + 1) }
        let angles = (0..<5).flatMap { position in frequencies.map { Double(position) * $0 } }
        let cosine = angles.map {
            Float(Reference.rotate([1, 0], position: 1, frequencies: [$0])[0])
        }
        let sine = angles.map {
            Float(Reference.rotate([1, 0], position: 1, frequencies: [$0])[1])
        }
        var y = x
        func turn(_ sign: Float) {
            Rows.rotate(
                &y, positions: positions, cosine: cosine, sine: sine, sign: sign, rows: rows,
                heads: heads, size: size)
        }
        turn(1)
        let expected = (0..<rows * heads).flatMap { head in
            Reference.rotate(
                doubles(Array(x[head * size..<(head + 1) * size])),
                position: Int(positions[head / heads]), frequencies: frequencies)
        }
        expectClose(doubles(y), expected)
        turn(-1)
        expectClose(y, x)
    }

    @Test("gathering copies rows and scattering adds them, repeated indices in order")
    func gatherAndScatter() {
        for channels in raggedSizes {
            var random = RandomArrays(seed: 3)
            let indices: [Int32] = [4, 0, 4, 2]
            let table = random.floats(5 * channels)
            var y = [Float](repeating: .nan, count: indices.count * channels)
            Rows.gather(table, indices: indices, into: &y, rows: indices.count, channels: channels)
            let expected = indices.flatMap { table[Int($0) * channels..<(Int($0) + 1) * channels] }
            #expect(y == expected)
            var sums = [Float](repeating: 1, count: 5 * channels)
            Rows.scatterAdd(
                y, indices: indices, into: &sums, scale: 0.5, rows: indices.count,
                channels: channels)
            for channel in 0..<channels {
                let (zero, four) = (table[channel], table[4 * channels + channel])
                expectClose([sums[channel], sums[channels + channel]], [1 + 0.5 * zero, 1])
                expectClose([sums[4 * channels + channel]], [1 + four])
            }
        }
    }
}
