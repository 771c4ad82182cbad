import Foundation

/// A folder that is held open, and through which what is in it is reached by name.
///
/// A run folder may come from a stranger. So no link below it is followed, for reading, writing,
/// renaming or removing; a pipe or a device in a file's place is refused before anybody waits for
/// it; and a file that is written in place must have no second name elsewhere (`openat`,
/// `O_NOFOLLOW`, `O_NONBLOCK`; POSIX.1-2017). The folder that the user names may itself be a link.
final class OpenFolder: Sendable {
    /// What stands at a name.
    enum Kind: Sendable { case file, folder, link, other }

    private let descriptor: FileDescriptor
    var path: String { descriptor.path }
    private var raw: Int32 { descriptor.raw }

    private init(_ descriptor: FileDescriptor) { self.descriptor = descriptor }

    /// - Throws: `RunStoreError.system`.
    convenience init(_ url: URL) throws {
        self.init(try FileDescriptor(opening: url, flags: O_RDONLY | O_DIRECTORY))
    }

    // MARK: - Looking

    /// What stands at a name; nil if nothing does, or it cannot be told.
    func kind(_ name: String) -> Kind? { status(name).map(Self.kind) }

    /// The bytes of a file; nil if there is none.
    func size(_ name: String) -> Int? { status(name).map { Int($0.st_size) } }

    /// When a file was last written, in seconds and nanoseconds since 1970; nil if there is none.
    func modification(_ name: String) -> (Int, Int)? {
        status(name).map { (Int($0.st_mtim.tv_sec), Int($0.st_mtim.tv_nsec)) }
    }

    private func status(_ name: String) -> stat? {
        var status = stat()
        return fstatat(raw, name, &status, AT_SYMLINK_NOFOLLOW) == 0 ? status : nil
    }

    private static func kind(_ status: stat) -> Kind {
        switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        case S_IFLNK: .link
        default: .other
        }
    }

    /// The names of everything in the folder, sorted.
    ///
    /// - Throws: `RunStoreError.system`.
    func names() throws -> [String] {
        let copy = openat(raw, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else {
            throw RunStoreError.last("list", path)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    // MARK: - Opening

    /// Opens a folder in this one; nil if nothing stands at the name.
    ///
    /// - Throws: `RunStoreError.outOfPlace`, `RunStoreError.system`.
    func folder(_ name: String) throws -> OpenFolder? {
        let opened = openat(raw, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        if opened >= 0 { return OpenFolder(FileDescriptor(opened, path: path(name))) }
        let code = errno
        if code == ENOENT { return nil }
        try check(name, is: .folder)
        throw RunStoreError.system(action: "open", path: path(name), code: code)
    }

    /// Opens a folder in this one, and makes it if nothing stands at the name.
    ///
    /// - Throws: `RunStoreError.outOfPlace`, `RunStoreError.system`.
    func makeFolder(_ name: String) throws -> OpenFolder {
        if mkdirat(raw, name, 0o755) != 0, errno != EEXIST {
            throw RunStoreError.last("create", path(name))
        }
        guard let made = try folder(name) else { throw RunStoreError.last("open", path(name)) }
        return made
    }

    /// Opens a file; `flags` are those of `open`.
    ///
    /// - Throws: `RunStoreError.outOfPlace`, `RunStoreError.system`.
    func file(_ name: String, flags: Int32) throws -> FileDescriptor {
        let safe = flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        let opened = openat(raw, name, safe, 0o644)
        guard opened >= 0 else {
            let code = errno
            try check(name, is: .file)
            throw RunStoreError.system(action: "open", path: path(name), code: code)
        }
        let file = FileDescriptor(opened, path: path(name))
        var status = stat()
        guard fstat(opened, &status) == 0 else { throw RunStoreError.last("open", file.path) }
        try check(Self.kind(status), is: .file, name)
        if flags & O_ACCMODE != O_RDONLY, status.st_nlink > 1 {
            throw RunStoreError.outOfPlace(path: file.path, found: "has a second name elsewhere")
        }
        return file
    }

    /// - Throws: `RunStoreError.outOfPlace` if something else stands at the name.
    func check(_ name: String, is wanted: Kind) throws {
        if let found = kind(name) { try check(found, is: wanted, name) }
    }

    private func check(_ found: Kind, is wanted: Kind, _ name: String) throws {
        guard found != wanted else { return }
        let word =
            switch found {
            case .file: "is a file where a folder belongs"
            case .folder: "is a folder where a file belongs"
            case .link: "is a link"
            case .other: "is a pipe, a socket or a device"
            }
        throw RunStoreError.outOfPlace(path: path(name), found: word)
    }

    // MARK: - Reading and writing

    /// The contents of a file; nil if there is none.
    ///
    /// - Throws: `RunStoreError.outOfPlace`, `RunStoreError.tooLarge`, `RunStoreError.system`.
    func read(_ name: String, limit: Int) throws -> Data? {
        guard kind(name) != nil else { return nil }
        let file = try file(name, flags: O_RDONLY)
        var contents = Data()
        while contents.count <= limit {
            let piece = try file.read(upTo: min(1 << 20, limit + 1 - contents.count))
            if piece.isEmpty { return contents }
            contents.append(piece)
        }
        throw RunStoreError.tooLarge(path: file.path, limit: limit)
    }

    /// What a file is called until it is whole.
    static func temporary(_ name: String) -> String { name + ".tmp" }

    /// Replaces a file as a whole: at any instant it holds either the old or the new content.
    ///
    /// - Parameters:
    ///   - name: The file's name.
    ///   - fill: Writes the content into the file that it is given.
    /// - Throws: What `fill` throws; `RunStoreError.system`.
    func replace(_ name: String, _ fill: (FileDescriptor) throws -> Void) throws {
        let temporary = Self.temporary(name)
        unlinkat(raw, temporary, 0)
        do {
            let file = try file(temporary, flags: O_WRONLY | O_CREAT | O_EXCL)
            try fill(file)
            try file.sync()
            try rename(temporary, to: name)
        } catch {
            unlinkat(raw, temporary, 0)
            throw error
        }
        try sync()
    }

    /// Replaces a file by `data`, as `replace(_:_:)` does.
    func write(_ data: Data, to name: String) throws {
        try replace(name) { try writeAll(data, to: $0.raw, path: path(name)) }
    }

    // MARK: - Changing

    /// Gives what stands at a name another name; a file or an empty folder there is replaced.
    ///
    /// - Throws: `RunStoreError.system`.
    func rename(_ name: String, to new: String) throws {
        guard renameat(raw, name, raw, new) == 0 else {
            throw RunStoreError.last("rename to \(new)", path(name))
        }
    }

    /// Removes what stands at a name, a folder with all that is in it; a link itself, never what it
    /// leads to.
    ///
    /// - Throws: `RunStoreError.system`.
    func remove(_ name: String) throws {
        guard let found = kind(name) else { return }
        if found == .folder, let inner = try folder(name) {
            for child in try inner.names() { try inner.remove(child) }
        }
        guard unlinkat(raw, name, found == .folder ? AT_REMOVEDIR : 0) == 0 else {
            throw RunStoreError.last("remove", path(name))
        }
    }

    /// Makes renames and removals inside the folder durable.
    func sync() throws { try descriptor.sync() }

    /// Forces the folder and everything in it to the disk.
    ///
    /// - Returns: The bytes of the files.
    /// - Throws: `RunStoreError.outOfPlace`, `RunStoreError.system`.
    func syncTree() throws -> Int {
        var bytes = 0
        for name in try names() {
            if let inner = kind(name) == .folder ? try folder(name) : nil {
                bytes += try inner.syncTree()
            } else {
                try file(name, flags: O_RDONLY).sync()
                bytes += Int(status(name)?.st_size ?? 0)
            }
        }
        try sync()
        return bytes
    }

    private func path(_ name: String) -> String { path + "/" + name }
}
