package import Datasets
package import Foundation
internal import Settings

/// A task as its file declares it: where its rows are, what is asked of them, and how an answer is
/// judged.
package struct TaskDefinition: Sendable, Equatable {
    /// Its name in tables and on the command line.
    package private(set) var name: String
    /// What it is, in a line.
    package let summary: String
    /// The rows that are asked.
    package let data: TaskData
    /// What the task's files are told apart by, as subjects; empty for a task of one file.
    package private(set) var parts: [String]
    package let question: Question
    /// Solved rows that stand before every question.
    package let examples: TaskExamples
    /// What stands before them; empty for nothing.
    package let preamble: TextTemplate
    /// What stands between a question and its answer.
    package let delimiter: String
    /// The file that declares it.
    package let file: String
    /// Where its data are looked for first: beside the file of a user's own task; nil for lethe's.
    package var ownFolder: URL?
    /// Where its keys were written; no part of what it means.
    let origins: TaskOrigins

    /// What is asked, and how the answer is taken.
    package enum Question: Sendable, Equatable {
        /// Which of several options: the most likely one.
        case choice(ChoiceQuestion)
        /// A text that the model writes.
        case written(WrittenQuestion)
        /// A text that the model predicts.
        case continuation(ContinuationQuestion)
        /// A text that the model writes after a prompt in the layout that it was fine-tuned on.
        case record([AnswerMetric])
        /// Whole texts that the model predicts.
        case texts(TextForm)
    }

    /// What a file of whole texts is.
    package enum TextForm: String, Sendable, CaseIterable {
        /// WikiText as it is published, in articles.
        case wikitext
        /// Any text.
        case text
    }

    /// A part as a task of its own.
    func alone(_ part: String) -> TaskDefinition {
        var task = self
        task.name = "\(name)_\(part)"
        task.parts = [part]
        return task
    }

    /// Whether the model writes answers.
    package var isWritten: Bool {
        switch question {
        case .written, .record: true
        case .choice, .continuation, .texts: false
        }
    }

    /// The metrics of written answers; none for other tasks.
    package var answerMetrics: [AnswerMetric] {
        switch question {
        case .written(let question): question.metrics
        case .record(let metrics): metrics
        case .choice, .continuation, .texts: []
        }
    }

    /// Whether answers are run as programs.
    package var judgesPrograms: Bool { answerMetrics.contains { $0.rule == .program } }

    /// A problem of a key, with the line at which it was written.
    func problem(_ key: String, _ text: String) -> SettingsProblem {
        SettingsProblem(file: file, origin: origins.lines[key], path: key, text: text)
    }
}

/// The lines of a task's keys; all are equal, for they say nothing about what the task means.
struct TaskOrigins: Sendable, Equatable {
    let lines: [String: SettingsOrigin]

    static func == (left: TaskOrigins, right: TaskOrigins) -> Bool { true }
}
