package import Bases
internal import Datasets
package import Foundation
internal import Kernels
package import Models
internal import Platform
internal import Tokenizers

/// A study that is written for a model and data that someone has.
package struct StudyDraft {
    /// A file that is to be written.
    package struct File: Sendable, Equatable {
        package let url: URL
        package let contents: Data
    }

    let request: StudyDraftRequest
    let name: String
    let domain: String
    /// The base as the study names it.
    let base: String
    package let configuration: ModelConfiguration
    let template: DraftTemplate
    let data: DraftData
    let source: DraftSource
    let sequenceLength: Int
    let arms: DraftArms
    let steps: DraftSteps
    /// The study's own file.
    package let url: URL

    /// Looks at the model and the data; nothing is written, and no weight is read.
    ///
    /// - Parameters:
    ///   - request: What it is made from.
    ///   - locator: Finds the files.
    ///   - room: Bytes that the study may take; nil for three quarters of what the machine has left.
    /// - Throws: `StudyDraftError` with all that is wrong.
    package init(_ request: StudyDraftRequest, locator: DataLocator, room: Int? = nil) throws {
        let place = DraftPlace(request, locator)
        var inputs = DraftInputs(request, locator)
        let model = inputs.model()
        let data = inputs.data(beside: place.url)
        let source = inputs.source()
        guard inputs.problems.isEmpty, let model, let data, let source else {
            throw StudyDraftError.unusable(inputs.problems)
        }
        try place.checkIsFree(data.files.map(\.url))
        template = try DraftTemplate(model, data)
        sequenceLength = try template.sequenceLength(
            of: data.training, named: request.train,
            context: model.configuration.maxSequenceLength)
        arms = try DraftArms(
            model.configuration, sequenceLength: sequenceLength,
            room: room ?? Memory.freeBytes / 4 * 3)
        steps = DraftSteps(
            examples: template.exampleCount(of: data.training, sequenceLength),
            parameters: model.configuration.parameterCount,
            mostSequences: arms.mostSequences)
        self.request = request
        (self.data, self.source) = (data, source)
        (name, domain, url) = (place.name, place.domain, place.url)
        base = inputs.path(request.base)
        configuration = model.configuration
    }

    /// What a user should know who does not read the study: of the data, of what is missing, and what
    /// to do next.
    package var remarks: [String] {
        var remarks = [data.remark]
        if source.isEmpty {
            remarks.append(
                "nothing is said of what the base may forget; name text that it knows with "
                    + "--source-text, or add source.text to the study")
        }
        if let needed = arms.missingFull {
            remarks.append(
                "full fine-tuning would need \(MemorySize(bytes: needed).rounded), of which "
                    + "\(MemorySize(bytes: arms.room).rounded) may be taken, and is left out")
        }
        return remarks + ["next: lethe study check \(url.lastPathComponent)"]
    }

    /// All files, the study last.
    package var files: [File] {
        data.files + [File(url: url, contents: Data(yaml.utf8))]
    }

    /// Writes all files, or none of them; what is there already is never replaced.
    ///
    /// - Throws: `FileError`.
    package func write() throws {
        var written: [URL] = []
        do {
            for file in files {
                try WholeFile.create(file.contents, at: file.url)
                written.append(file.url)
            }
        } catch {
            for url in written { try? FileManager.default.removeItem(at: url) }
            throw error
        }
    }
}
