/// The keys of the `config.json` that a model was read from; empty where there was none.
///
/// A model is saved with them, so that what other programs read of the file stays. Two descriptions of
/// one model are equal however they are put.
struct ConfigurationSource: Sendable, Equatable {
    var keys: [String: FileValue] = [:]

    static func == (left: ConfigurationSource, right: ConfigurationSource) -> Bool { true }
}
