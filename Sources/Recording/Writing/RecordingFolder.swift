#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where recordings are kept: `$XDG_STATE_HOME/rpcscope/sessions`, a file a session, named by time
/// and target so that names sort by age.
public struct RecordingFolder: Sendable, Equatable {
  /// The folder's path.
  public let path: String

  /// A folder of that path.
  public init(path: String) { self.path = path }

  /// The user's folder; nil without a home.
  public static var standard: RecordingFolder? {
    if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") {
      return RecordingFolder(path: state + "/rpcscope/sessions")
    }
    return environment("HOME").map { RecordingFolder(path: $0 + "/.local/state/rpcscope/sessions") }
  }

  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A path for a session that began then; nothing is made yet.
  public func newPath(target: String, startedAt: Double, process: Int32? = nil) -> String {
    let process = process ?? getpid()
    return "\(path)/\(Self.stamp(startedAt))-\(Self.plain(target))-\(process).jsonl"
  }

  /// `20261121-140052`, in UTC.
  private static func stamp(_ seconds: Double) -> String {
    let date = CivilTime(seconds)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(date.year)\(two(date.month))\(two(date.day))-"
      + "\(two(date.hour))\(two(date.minute))\(two(date.second))"
  }

  /// A target's letters as far as they fit a file name; never its credentials, options or queries.
  private static func plain(_ target: String) -> String {
    var text = target[...]
    if let slashes = text.split(separator: "://", maxSplits: 1).dropFirst().first {
      // The host and port: what else is there may be a key.
      let authority = slashes.prefix { !"/?#".contains($0) }
      text = authority.split(separator: "@").last ?? ""
    } else if text.hasPrefix("stdio:") {
      let program = text.dropFirst(6).prefix { $0 != " " }
      text = program.split(separator: "/").last ?? program
    }
    let letters = text.unicodeScalars.prefix(48).map { scalar -> Character in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", ".", "-": Character(scalar)
      default: "_"
      }
    }
    return letters.isEmpty ? "session" : String(letters)
  }

  /// The recordings' paths, the newest first.
  public func list() throws(RecordingError) -> [String] {
    try FolderListing.names(in: path)
      .filter { $0.hasSuffix(".jsonl") && Self.isOurs($0) }
      .sorted(by: >).map { "\(path)/\($0)" }
  }

  /// Removes all but the newest; those being written are left. Returns how many were removed.
  @discardableResult
  public func prune(keeping count: Int = 100) throws(RecordingError) -> Int {
    var removed = 0
    for old in try list().dropFirst(max(0, count)) {
      guard let file = try? FileDescriptor.open(old, O_RDONLY), file.lock() else { continue }
      if unlink(old) == 0 { removed += 1 }
    }
    return removed
  }

  /// Whether a file's name begins with a time as ours do.
  private static func isOurs(_ name: String) -> Bool {
    let stamp = name.utf8.prefix(16)
    return stamp.count == 16
      && stamp.enumerated().allSatisfy { place, byte in
        place == 8 || place == 15 ? byte == 0x2D : (0x30...0x39).contains(byte)
      }
  }

  /// Opens a recording for appending, with the folders above it, locked against other writers.
  static func create(_ path: String) throws(RecordingError) -> FileDescriptor {
    let flags = O_RDWR | O_APPEND | O_CREAT
    let file: FileDescriptor
    do throws(RecordingError) {
      file = try FileDescriptor.open(path, flags)
    } catch .system(_, _, ENOENT) {
      makeFolders(above: path)
      file = try FileDescriptor.open(path, flags)
    }
    guard file.lock() else { throw .inUse(path: path) }
    return file
  }

  private static func makeFolders(above path: String) {
    var at = path.startIndex
    while let slash = path[at...].dropFirst().firstIndex(of: "/") {
      mkdir(String(path[..<slash]), 0o700)
      at = slash
    }
  }
}

/// The names in a folder.
enum FolderListing {
  /// The names but `.` and `..`, in no order; none if there is no such folder.
  static func names(in path: String) throws(RecordingError) -> [String] {
    guard let folder = opendir(path) else {
      if errno == ENOENT { return [] }
      throw .system(operation: "open", path: path, errno: errno)
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
