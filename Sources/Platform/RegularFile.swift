package import Foundation

/// Files that can be read as a whole: no folders, and no pipes or devices, which may never end.
package enum RegularFile {
    /// Why there is no such file at `url`, behind links; nil if there is one.
    package static func problem(_ url: URL) -> String? {
        var status = stat()
        guard stat(url.path, &status) == 0 else { return SystemReason.last.description }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return nil
        case S_IFDIR: return SystemReason(code: EISDIR).description
        default: return "it is a pipe or a device; name a file"
        }
    }
}
