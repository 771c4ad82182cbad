internal import Kernels
package import Tensors

/// Updates a fixed list of parameters from their gradients.
///
/// Each parameter has at most two buffers of its size beside its values.
package protocol Optimizer: AnyObject {
    var settings: OptimizerSettings { get }
    var parameters: [Parameter] { get }
    /// What is kept of every parameter beside its values, in the order of `parameters`.
    var buffers: [OptimizerBuffer] { get }
    /// What is kept beside the buffers.
    var progress: OptimizerProgress { get set }

    /// Updates every parameter that has a gradient, each at the learning rate times its own factor.
    func update(_ rate: StepRate, gradientScale: Double)

    /// Forgets everything, as if no step had been taken from the parameters' present values.
    func reset()

    /// Whether the parameters hold the result of training, what is to be evaluated and stored, at
    /// all times.
    var trainsOnResult: Bool { get }

    /// Makes the parameters hold the result; `reset` must follow.
    func adoptResult()

    /// Runs `body` while the parameters hold the result; training goes on from exactly where it was.
    ///
    /// - Throws: What `body` throws; `TensorError.outOfMemory`.
    func withResult<Result>(_ body: () throws -> Result) throws -> Result
}

/// One kind of number that an optimiser keeps for every weight.
package struct OptimizerBuffer {
    /// The name in files, as in PyTorch.
    package let name: String
    package let storages: [Storage]

    /// Zeros for every parameter.
    ///
    /// - Throws: `TensorError.outOfMemory`.
    init(_ name: String, for parameters: [Parameter]) throws(TensorError) {
        self.name = name
        var storages: [Storage] = []
        for parameter in parameters { storages.append(try Storage(count: parameter.count)) }
        self.storages = storages
    }

    func fillWithZeros() {
        for storage in storages { storage.base.update(repeating: 0, count: storage.count) }
    }

    /// Takes over the parameters' values.
    func copyValues(of parameters: [Parameter]) {
        for (storage, parameter) in zip(storages, parameters) {
            storage.base.update(from: parameter.values, count: storage.count)
        }
    }
}

/// How far an optimiser has come.
package struct OptimizerProgress: Codable, Sendable, Equatable {
    /// Steps taken.
    package var step = 0
    /// The sum of the weights in the average, and the largest learning rate so far; schedule-free
    /// optimisers alone use them.
    package var weightSum = 0.0
    package var largestRate = 0.0

    package init() {}
}

extension Optimizer {
    package var trainsOnResult: Bool { true }

    package func adoptResult() {}

    package func withResult<Result>(_ body: () throws -> Result) throws -> Result { try body() }

    /// L2 norm of all gradients together; NaN or infinite when any of them is.
    package func gradientNorm() -> Double {
        parameters.reduce(0) { sum, parameter in
            guard let gradient = parameter.gradient else { return sum }
            return sum + Elementwise.sumOfSquares(gradient, count: parameter.count)
        }.squareRoot()
    }
}
