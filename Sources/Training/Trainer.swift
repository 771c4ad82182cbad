package import Adapters
package import Datasets
internal import Kernels
internal import Models
package import Tensors

/// How one arm is trained.
package struct TrainingSettings: Sendable, Equatable {
    /// Peak learning rate.
    package var learningRate: Double
    package var schedule: LearningRateSchedule
    /// Largest L2 norm of the gradients; 0 does not clip (PyTorch's `clip_grad_norm_`).
    package var gradientClip: Double
    package var optimizer: OptimizerSettings
    /// Seed of data order and dropout.
    package var seed: UInt64

    package init(
        learningRate: Double, schedule: LearningRateSchedule, gradientClip: Double = 1,
        optimizer: OptimizerSettings = OptimizerSettings(), seed: UInt64 = 0
    ) {
        self.learningRate = learningRate
        self.schedule = schedule
        self.gradientClip = gradientClip
        self.optimizer = optimizer
        self.seed = seed
    }
}

/// What one optimiser step reports.
package struct StepReport: Sendable, Equatable {
    /// Steps completed, this one included.
    package var step: Int
    /// Mean loss of the batch before the update, nats per token.
    package var loss: Double
    /// L2 norm of the gradients before clipping.
    package var gradientNorm: Double
    package var learningRate: Double
    /// Rows of the batch, with and without loss.
    package var tokens: Int
    package var seconds: Double
    package var phases: StepPhases

    /// False when the loss or a gradient is NaN or infinite; the weights were then left alone.
    package var isFinite: Bool { loss.isFinite && gradientNorm.isFinite }
}

/// Where the seconds of a step went; the rest is the batch and the arena.
package struct StepPhases: Sendable, Equatable {
    /// Up to the loss, with the output head's gradients, which are computed in the same pass.
    package var forward = 0.0
    package var backward = 0.0
    /// The gradients' norm and the update.
    package var optimizer = 0.0
}

/// Trains one arm, step by step.
package final class Trainer {
    package let tuned: FineTunedModel
    package let settings: TrainingSettings
    package let optimizer: any Optimizer
    private let tape: Tape
    private(set) var stream: BatchStream

    /// Optimiser steps completed.
    package private(set) var step = 0
    /// Tokens trained on.
    package private(set) var tokens = 0
    /// Seconds spent in steps.
    package private(set) var seconds = 0.0
    /// Floating-point operations of the steps' matrix products.
    package private(set) var flops = 0.0
    /// The most bytes that the activations and gradients of a step took, of those of this process.
    package private(set) var stepBytes = 0
    /// The peak that a command has set; nil for the planned one.
    private var commandedRate: Double?

    /// The peak of the schedule; a command may change it.
    package var learningRate: Double {
        get { commandedRate ?? settings.learningRate }
        set { commandedRate = newValue }
    }

    /// - Throws: `TensorError.outOfMemory`.
    package init(
        _ tuned: FineTunedModel, examples: [TokenizedExample], batchSize: Int,
        settings: TrainingSettings, arena: Arena
    ) throws {
        self.tuned = tuned
        self.settings = settings
        optimizer = try settings.optimizer.optimizer(of: tuned.trainable)
        stream = BatchStream(examples, batchSize: batchSize, seed: settings.seed)
        tape = Tape(arena: arena, isRecording: true)
    }

    /// Whether the planned steps are done.
    package var isFinished: Bool { step >= settings.schedule.totalSteps }

    /// One optimiser step on the next batch.
    package func trainStep() -> StepReport {
        let clock = ContinuousClock()
        let start = clock.now
        let batch = stream.next()
        restartIfDue()
        tuned.dropout.step = SplitMix64.number(step, seed: settings.seed)
        let flopsBefore = tape.flops
        var phases = StepPhases()
        let loss = forwardBackward(batch, &phases)
        let rate = StepRate(
            peak: learningRate,
            share: settings.schedule.factor(at: step) * (tuned.restarts?.factor(at: step) ?? 1))
        let updateStart = clock.now
        let norm = optimizer.gradientNorm()
        if loss.isFinite && norm.isFinite {
            optimizer.update(rate, gradientScale: clipFactor(norm))
        }
        phases.optimizer = (clock.now - updateStart) / .seconds(1)
        stepBytes = max(stepBytes, tape.arena.peak * MemoryLayout<Float>.stride)
        tape.reset()
        let duration = (clock.now - start) / .seconds(1)
        step += 1
        tokens += batch.tokenCount
        seconds += duration
        flops += Double(tape.flops - flopsBefore)
        return StepReport(
            step: step, loss: loss, gradientNorm: norm, learningRate: rate.value,
            tokens: batch.tokenCount, seconds: duration, phases: phases)
    }

    private func restartIfDue() {
        guard let number = tuned.restarts?.number(before: step) else { return }
        optimizer.adoptResult()
        tuned.restart(number: number)
        optimizer.reset()
    }

    private func forwardBackward(_ batch: TrainingBatch, _ phases: inout StepPhases) -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        let model = tuned.model
        let hidden = model.hidden(
            batch.tokens, layout: SequenceLayout(offsets: batch.offsets), on: tape)
        let loss = tape.crossEntropy(
            hidden, head: model.output, targets: batch.targets, weights: batch.weights)
        let middle = clock.now
        tape.backward()
        phases.forward = (middle - start) / .seconds(1)
        phases.backward = (clock.now - middle) / .seconds(1)
        return loss.mean
    }

    private func clipFactor(_ norm: Double) -> Double {
        guard settings.gradientClip > 0 else { return 1 }
        return min(1, settings.gradientClip / (norm + 1e-6))
    }

    // MARK: - State

    /// The counters and positions that, with the weights and the optimiser's moments, make
    /// training continue exactly.
    package var progress: TrainerProgress {
        TrainerProgress(
            step: step, tokens: tokens, seconds: seconds, flops: flops,
            learningRate: learningRate, optimizer: optimizer.progress, position: stream.position)
    }

    /// Continues from stored counters and positions, which are possible.
    ///
    /// - Throws: `DatasetError.positionOutOfRange` if the data has changed.
    package func restore(_ progress: TrainerProgress) throws {
        try stream.seek(to: progress.position)
        step = progress.step
        tokens = progress.tokens
        seconds = progress.seconds
        flops = progress.flops
        learningRate = progress.learningRate
        optimizer.progress = progress.optimizer
        tuned.resume(after: progress.step)
    }
}

/// Where an arm's training stands.
package struct TrainerProgress: Codable, Sendable, Equatable {
    package var step: Int
    package var tokens: Int
    package var seconds: Double
    package var flops: Double
    package var learningRate: Double
    package var optimizer: OptimizerProgress
    package var position: BatchStream.Position
}
