import ArgumentParser
import Foundation
import Terminal
import Training

/// `lethe pretrain`: makes the embedded base model again.
struct PretrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pretrain",
        abstract: "Pretrain the embedded base model from nothing; run again to continue.")

    @Option(name: .customLong("out"), help: "The folder to write the model to.")
    var output: String

    @Option(help: "Optimiser steps.")
    var steps: Int?

    @Option(help: "Peak learning rate.")
    var learningRate: Double?

    /// The text of all steps is held in memory: 4096 tokens a step.
    private static let most = 1_000_000

    func validate() throws {
        if let steps, !(1...Self.most).contains(steps) {
            throw ValidationError("--steps \(steps): use 1 to \(Self.most)")
        }
        if let learningRate, !(learningRate > 0) {
            throw ValidationError("--learning-rate \(learningRate): use a positive number")
        }
    }

    func run() throws {
        try Failure.report(pretrain)
    }

    private func pretrain() throws {
        var plan = PretrainingPlan.tiny
        if let steps { plan.steps = steps }
        if let learningRate { plan.learningRate = learningRate }
        StandardError.write("preparing \(plan.steps) steps of text\n")
        let pretraining = try Pretraining(plan, folder: URL(filePath: output))
        SignalWatch.start()
        let isFinished = try pretraining.run { report in
            if report.step % 50 == 0 || report.step == plan.steps {
                let speed = Double(report.tokens) / report.seconds
                StandardError.write(
                    String(
                        format: "step %d/%d  loss %.4f  %.0f tokens/s\n", report.step, plan.steps,
                        report.loss, speed))
            }
            return SignalWatch.pending == nil
        }
        guard !isFinished, let signal = SignalWatch.pending else { return }
        StandardError.write("lethe: interrupted; run the same command again to continue\n")
        throw ExitCode(signal.exitCode)
    }
}
