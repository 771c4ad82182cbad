import Foundation

/// The forms of data file that are known by their first bytes and are not read.
enum ForeignForm {
    /// What a file is that begins like this; nil for one that may be read.
    static func name(of data: Data) -> String? {
        forms.first { data.starts(with: $0.start) }?.name
    }

    private static let forms: [(start: [UInt8], name: String)] = [
        (Array("PAR1".utf8), "a Parquet file"),
        (Array("ARROW1".utf8), "an Arrow file"),
        (
            Array("version https://git-lfs".utf8),
            "a Git LFS pointer (`git lfs pull` fetches the file)"
        ),
        (Array("SQLite format 3".utf8), "an SQLite database"),
        (Array("%PDF-".utf8), "a PDF file"),
        ([0x50, 0x4B, 0x03, 0x04], "a zip archive"),
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed with zstd"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "compressed with xz"),
        (Array("BZh".utf8), "compressed with bzip2"),
        ([0x89, 0x48, 0x44, 0x46], "an HDF5 file"),
        ([0xFF, 0xFE], "text in UTF-16"),
        ([0xFE, 0xFF], "text in UTF-16"),
    ]
}
