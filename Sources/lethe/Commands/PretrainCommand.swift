import ArgumentParser
import Foundation
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

    func validate() throws {
        if let steps, steps < 1 { throw ValidationError("--steps \(steps): use at least 1") }
        if let learningRate, !(learningRate > 0) {
            throw ValidationError("--learning-rate \(learningRate): use a positive number")
        }
    }

    func run() throws {
        var plan = PretrainingPlan.tiny
        if let steps { plan.steps = steps }
        if let learningRate { plan.learningRate = learningRate }
        StandardError.write("preparing \(plan.steps) steps of text\n")
        let pretraining = try Pretraining(plan, folder: URL(filePath: output))
        _ = try pretraining.run { report in
            if report.step % 50 == 0 || report.step == plan.steps {
                let speed = Double(report.tokens) / report.seconds
                StandardError.write(
                    String(
                        format: "step %d/%d  loss %.4f  %.0f tokens/s\n", report.step, plan.steps,
                        report.loss, speed))
            }
            return true
        }
    }
}
