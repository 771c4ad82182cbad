internal import Foundation
internal import Kernels

extension Parameter {
    /// Fills with N(0, deviation²) by the Box-Muller transform.
    package func fillNormal(
        deviation: Float, using generator: inout some RandomNumberGenerator
    ) {
        var spare: Float?
        for index in 0..<count {
            if let value = spare {
                values[index] = deviation * value
                spare = nil
                continue
            }
            let radius = (-2 * log(1 - unit(&generator))).squareRoot()
            let angle = 2 * Float.pi * unit(&generator)
            values[index] = deviation * radius * cos(angle)
            spare = radius * sin(angle)
        }
    }

    /// Fills with U(-bound, bound).
    package func fillUniform(bound: Float, using generator: inout some RandomNumberGenerator) {
        for index in 0..<count { values[index] = bound * (2 * unit(&generator) - 1) }
    }

    /// Fills with random orthonormal rows, uniform among all such.
    ///
    /// - Precondition: there are at most as many rows as columns.
    package func fillOrthonormalRows(using generator: inout some RandomNumberGenerator) {
        fillNormal(deviation: 1, using: &generator)
        Orthonormal.rows(values, rows: rows, columns: columns)
    }

    /// Fills with one value.
    package func fill(_ value: Float) { values.update(repeating: value, count: count) }

    /// Uniform in [0, 1) with 24 bits.
    private func unit(_ generator: inout some RandomNumberGenerator) -> Float {
        Float(generator.next() >> 40) * 0x1p-24
    }
}
