#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder of a test's own, which is the program's home and working folder; it goes with the
/// object.
final class Home {
  let path: String

  init() throws {
    var template = Array("/tmp/rpcscope-home-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemFailure("mkdtemp") }
    path = String(decoding: template.dropLast().map { UInt8($0) }, as: UTF8.self)
  }

  deinit {
    guard let tree = try? Self.tree(path) else { return }
    for entry in tree.reversed() { remove(entry) }
  }

  /// The environment of a person who never used the program, in English and UTF-8.
  var environment: [String: String] {
    var environment = [
      "HOME": path, "TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": Installed.searchPath,
      "XDG_STATE_HOME": "\(path)/state", "XDG_CONFIG_HOME": "\(path)/config",
      "XDG_DATA_HOME": "\(path)/data", "XDG_CACHE_HOME": "\(path)/cache", "TMPDIR": "/tmp",
    ]
    // Not ours to change: how a toolchain or an instrumented build is found.
    for (name, value) in Platform.environment
    where name.hasPrefix("LLVM_") || name.hasPrefix("LD_") { environment[name] = value }
    return environment
  }

  /// Writes a file and gives its path.
  @discardableResult
  func write(_ name: String, _ text: String, mode: mode_t = 0o600) throws -> String {
    let file = "\(path)/\(name)"
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw SystemFailure("open \(file)") }
    defer { close(descriptor) }
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Platform.write(descriptor, $0) }
      guard count > 0 else { throw SystemFailure("write \(file)") }
      bytes = bytes.dropFirst(count)
    }
    return file
  }

  /// A file's text; nil if there is none.
  func read(_ name: String) -> String? {
    let descriptor = open("\(path)/\(name)", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    _ = Platform.readAvailable(descriptor, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The paths of all files below, from the folder.
  func files() throws -> [String] {
    try Self.tree(path).map { String($0.dropFirst(path.count + 1)) }
  }

  /// A folder's entries, and theirs, the deepest last.
  private static func tree(_ folder: String) throws -> [String] {
    guard let stream = opendir(folder) else { throw SystemFailure("opendir") }
    defer { closedir(stream) }
    var found = [folder]
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name == "." || name == ".." { continue }
      let path = "\(folder)/\(name)"
      if Int32(entry.pointee.d_type) == Int32(DT_DIR) {
        found += (try? tree(path)) ?? []
      } else {
        found.append(path)
      }
    }
    return found
  }
}

extension Home {
  /// A file's size; nil if there is none.
  func size(_ name: String) -> Int? {
    var facts = stat()
    return stat("\(path)/\(name)", &facts) == 0 ? Int(facts.st_size) : nil
  }
}
