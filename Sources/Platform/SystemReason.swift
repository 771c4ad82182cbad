import Foundation

/// Why the operating system refused something, in its own words, and what can be done.
package struct SystemReason: Error, Equatable, Sendable {
    /// The number in `errno`.
    package let code: Int32

    package init(code: Int32) { self.code = code }

    /// The failure of the last system call of this thread.
    package static var last: SystemReason { SystemReason(code: errno) }

    /// The system's failure behind an error of Foundation; nil if there is none.
    package init?(_ error: any Error) {
        if let own = error as? SystemReason {
            self = own
        } else if let system = error as? POSIXError {
            self.init(code: system.code.rawValue)
        } else {
            let bridged = error as NSError
            if bridged.domain == NSPOSIXErrorDomain {
                self.init(code: Int32(truncatingIfNeeded: bridged.code))
            } else if let cause = bridged.userInfo[NSUnderlyingErrorKey] as? any Error {
                self.init(cause)
            } else {
                return nil
            }
        }
    }

    /// `No space left on device`.
    package var words: String { String(cString: strerror(code)) }

    /// What to do, where something can be done.
    package var advice: String? {
        switch code {
        case ENOSPC, EDQUOT: "free some space"
        case EFBIG: "raise the limit of file sizes (ulimit -f), or choose another file system"
        case EACCES, EPERM, EROFS: "check the permissions, or choose another place"
        case ENOENT: "check the path"
        case ENOTDIR: "a part of the path is a file; name a folder"
        case EEXIST: "name something that is not there yet"
        case EISDIR: "name a file"
        case ENAMETOOLONG: "use a shorter name"
        case ELOOP: "check the links in the path"
        case EMFILE, ENFILE: "raise the limit of open files (ulimit -n)"
        case ENOMEM: "free some memory, or raise its limit (ulimit -v)"
        case EBADF: "it is closed; open it, or send it to a file"
        default: nil
        }
    }
}

extension SystemReason: CustomStringConvertible {
    package var description: String { words + (advice.map { "; \($0)" } ?? "") }
}

/// Why something failed, in words for a message: the system's, ours, or what is wrong with JSON.
package func reason(of error: any Error) -> String {
    if let system = SystemReason(error) { return system.description }
    if let json = error as? DecodingError { return json.reason }
    return type(of: error) is NSError.Type || error is CocoaError
        ? error.localizedDescription : "\(error)"
}

extension DecodingError {
    fileprivate var reason: String {
        switch self {
        case .keyNotFound(let key, let context):
            "no \(key.stringValue)" + Self.place(context, before: " in ")
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "wrong type" + Self.place(context, before: " at ")
        case .dataCorrupted(let context):
            context.codingPath.isEmpty
                ? "not valid JSON" : context.debugDescription + Self.place(context, before: " at ")
        @unknown default: "not the JSON that is expected"
        }
    }

    private static func place(_ context: Context, before words: String) -> String {
        context.codingPath.isEmpty
            ? "" : words + context.codingPath.map(\.stringValue).joined(separator: ".")
    }
}
