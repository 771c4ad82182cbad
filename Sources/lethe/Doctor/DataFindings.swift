import Bases
import Catalog
import Foundation
import Models
import Studies

/// What `lethe doctor` finds of data and models.
enum DataFindings {
    static var all: [Finding] {
        let locator = DataLocator.standard()
        return [data(locator), base(locator)] + ModelCatalog.entries.map(model)
    }

    private static func data(_ locator: DataLocator) -> Finding {
        guard let folder = locator.datasets,
            FileManager.default.fileExists(atPath: folder.path)
        else {
            return Finding(
                .missing, "data",
                locator.datasets.map { "\($0.path) is not there" }
                    ?? "no datasets folder beside the program or above it",
                advice: "keep the program in its package, or set LETHE_DATASETS to the folder")
        }
        let count = StudyFile.list(locator: locator).count
        return Finding(.ok, "data", "\(folder.path), \(count) studies")
    }

    private static func base(_ locator: DataLocator) -> Finding {
        let name = BaseModel.embeddedName
        do {
            let url = try BaseModel.url(of: name, locator: locator)
            let model = try ModelDescription(url)
            let millions = Double(model.configuration.parameterCount) / 1e6
            return Finding(
                .ok, "model \(name)",
                "\(url.path), \(AlignedText.number(millions, digits: 2)) M parameters")
        } catch {
            return Finding(
                .missing, "model \(name)", "\(error)",
                advice: "make it again: lethe pretrain --out datasets/base/\(name)")
        }
    }

    private static func model(_ entry: ModelEntry) -> Finding {
        let catalog = ModelCatalog()
        return catalog.isPresent(entry)
            ? Finding(.ok, "model \(entry.name)", catalog.localURL(of: entry).path)
            : Finding(
                .missing, "model \(entry.name)", "not in \(catalog.folder.path)",
                advice: "lethe model get \(entry.name)")
    }
}
