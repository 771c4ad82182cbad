internal import Foundation

/// The text of the `config.json` that a model was read from; nil where there was none.
///
/// A model is saved with it, so that what other programs read of the file stays as it is written, to
/// the form of its numbers. Two descriptions of one model are equal however they are put.
struct ConfigurationSource: Sendable, Equatable {
    var text: Data?

    static func == (left: ConfigurationSource, right: ConfigurationSource) -> Bool { true }
}
