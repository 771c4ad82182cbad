import Foundation

/// A part of lethe that reads what somebody else has written.
struct Reader: Sendable {
    let name: String
    /// Reads an input as far as the program would go with it; throws where the program refuses it.
    let read: @Sendable (Data, Surroundings) throws -> Void

    static let all = models + adapters + data + studies + runs + screen
}
