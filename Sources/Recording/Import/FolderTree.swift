#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files and folders that are read whole.
enum FolderTree {
  static func isFolder(_ path: String) throws(RecordingError) -> Bool {
    let status = try FileDescriptor.open(path, O_RDONLY | O_NONBLOCK).status()
    return status.st_mode & S_IFMT == S_IFDIR
  }

  /// The two files that `ONE+OTHER` names; nil if there is a file of that name, or one is missing.
  static func pair(_ path: String) -> (String, String)? {
    guard path.contains("+"), access(path, F_OK) != 0 else { return nil }
    for place in path.indices where path[place] == "+" {
      let one = String(path[..<place])
      let other = String(path[path.index(after: place)...])
      if access(one, R_OK) == 0, access(other, R_OK) == 0 { return (one, other) }
    }
    return nil
  }

  /// The bytes of a file.
  static func contents(_ path: String, limit: Int) throws(RecordingError) -> [UInt8] {
    let file = try FileDescriptor.open(path, O_RDONLY)
    let size = try file.size()
    guard size <= limit else {
      throw .unrecognised(path: path, message: "it is larger than \(limit >> 20) MB")
    }
    return try file.read(size, at: 0)
  }

  /// The files below a folder whose names end so, in the order of their paths.
  static func files(
    _ folder: String, suffix: String, depth: Int = 8
  ) throws(RecordingError) -> [String] {
    var found: [String] = []
    for name in try FolderListing.names(in: folder).sorted() {
      let path = "\(folder)/\(name)"
      if name.hasSuffix(suffix) {
        found.append(path)
      } else if depth > 0, !name.hasPrefix("."), try isFolder(path) {
        found += try files(path, suffix: suffix, depth: depth - 1)
      }
    }
    return found
  }
}
