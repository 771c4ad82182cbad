internal import Models
package import Tensors

/// A tensor of an adapter's file: a parameter, or a parameter with another behind it.
package struct StoredTensor {
    /// The side on which two parameters lie beside each other.
    enum Axis { case rows, columns }

    private struct Companion {
        let parameter: Parameter
        let axis: Axis
        /// What the file's numbers are multiplied by, 1 or -1.
        let sign: Float
    }

    package let parameter: Parameter
    package let name: String
    /// The name in files that earlier versions wrote, where it was another.
    private let olderName: String?
    private let companion: Companion?

    /// A parameter under its own name.
    init(_ parameter: Parameter) {
        self.parameter = parameter
        name = parameter.name
        olderName = nil
        companion = nil
    }

    /// A parameter of the model that is stored beside an adapter.
    init(_ parameter: Parameter, whole declaration: ParameterDeclaration) {
        let tensor = AdapterTensor(whole: declaration)
        self.parameter = parameter
        name = tensor.name
        olderName = tensor.olderName
        companion = nil
    }

    init(_ parameter: Parameter, following other: Parameter, along axis: Axis, sign: Float) {
        self.parameter = parameter
        name = parameter.name
        olderName = nil
        companion = Companion(parameter: other, axis: axis, sign: sign)
    }

    /// The shape in the file.
    package var shape: [Int] {
        switch companion?.axis {
        case nil: parameter.storedShape
        case .rows: [2 * parameter.rows, parameter.columns]
        case .columns: [parameter.rows, 2 * parameter.columns]
        }
    }

    /// The numbers of the file.
    var values: [Float] {
        guard let companion else { return Array(parameter.storage.buffer) }
        let own = Array(parameter.storage.buffer)
        let other = companion.parameter.storage.buffer.map { $0 * companion.sign }
        guard companion.axis == .columns else { return own + other }
        var result: [Float] = []
        for start in stride(from: 0, to: own.count, by: parameter.columns) {
            result += own[start..<start + parameter.columns]
            result += other[start..<start + parameter.columns]
        }
        return result
    }

    /// What a file calls it, or should.
    func storedName(in file: some WeightFile) -> String {
        AdapterTensor.storedName(of: [name, olderName].compactMap { $0 }, in: file) ?? name
    }

    /// Reads the tensor from a file that has it in its shape.
    func read(from file: some WeightFile) throws {
        let name = storedName(in: file)
        guard let companion else { return try file.read(name, into: parameter.storage.buffer) }
        let values = try file.readFloats(name)
        let columns = parameter.columns
        let (stride, offset) =
            companion.axis == .rows ? (columns, parameter.count) : (2 * columns, columns)
        for row in 0..<parameter.rows {
            for column in 0..<columns {
                let index = row * columns + column
                parameter.values[index] = values[row * stride + column]
                companion.parameter.values[index] =
                    companion.sign * values[row * stride + column + offset]
            }
        }
    }
}
