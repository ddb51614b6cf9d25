import Wire

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files that are kept for a target, for its owner's eyes only.
///
/// Their names have the host or the program and a number that tells targets apart; nothing else of a
/// target, which may have a key in its path or its arguments.
struct TargetFile: Sendable {
  /// Where files of a kind are kept.
  enum Place: Sendable {
    /// What can't be had again (XDG's state).
    case state(String)
    /// What is only quicker to have at hand (XDG's cache).
    case cache(String)
  }

  let path: String

  /// The file of that path.
  init(path: String) { self.path = path }

  /// The file of a target; nil without a home.
  init?(_ place: Place, _ target: Target) {
    let base: String?
    let folder: String
    switch place {
    case .state(let name): (base, folder) = (Self.folder("XDG_STATE_HOME", ".local/state"), name)
    case .cache(let name): (base, folder) = (Self.folder("XDG_CACHE_HOME", ".cache"), name)
    }
    guard let base else { return nil }
    path = "\(base)/rpcscope/\(folder)/\(Self.name(target)).json"
  }

  private static func folder(_ variable: String, _ standard: String) -> String? {
    if let path = environment(variable), path.hasPrefix("/") { return path }
    return environment("HOME").map { "\($0)/\(standard)" }
  }

  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The readable part of a target and a hash of all of it but a password.
  static func name(_ target: Target) -> String {
    let readable: String
    var whole = target.description
    switch target {
    case .http(let url):
      let authority = target.authority ?? ""
      readable = String(authority.drop { $0 != "/" }.drop { $0 == "/" })
      let path = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
      whole = "\(authority)/\(path.count > 3 ? String(path[3]) : "")"
    case .child(let words): readable = base(words.first ?? "")
    case .unix(let path): readable = base(path)
    default: readable = target.description
    }
    // As bytes, since this is done in every run. A letter that is not ASCII counts as one.
    let letters = readable.unicodeScalars.prefix(40).map { scalar -> UInt8 in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", ".", "-": UInt8(truncatingIfNeeded: scalar.value)
      default: 0x5F
      }
    }
    // FNV-1a: the same in every run, unlike Swift's own hashes.
    let hash = whole.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    return String(decoding: letters, as: UTF8.self) + "-" + hexadecimal(hash)
  }

  /// As `String(_:radix:)` writes it, whose first use takes long in a program that has just begun.
  private static func hexadecimal(_ number: UInt64) -> String {
    let digits = (64 - number.leadingZeroBitCount + 3) / 4
    let letters = (0..<max(1, digits)).map { place -> UInt8 in
      let digit = UInt8(truncatingIfNeeded: number >> (4 * (max(1, digits) - 1 - place))) & 0xF
      return digit < 10 ? 0x30 + digit : 0x57 + digit
    }
    return String(decoding: letters, as: UTF8.self)
  }

  private static func base(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  // MARK: - Reading and writing

  /// The bytes; nil if there are none, too many, or if others may read them.
  func read(atMost limit: Int) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG,
      facts.st_uid == geteuid(), facts.st_size > 0, facts.st_size <= limit
    else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(facts.st_size))
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        #if canImport(Glibc)
          Glibc.read(descriptor, $0.baseAddress?.advanced(by: filled), $0.count - filled)
        #else
          Darwin.read(descriptor, $0.baseAddress?.advanced(by: filled), $0.count - filled)
        #endif
      }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return nil }
      filled += count
    }
    return bytes
  }

  /// Puts bytes in the place of what was there; the errno of what failed, or nil.
  @discardableResult
  func write(_ bytes: [UInt8]) -> Int32? {
    var folder = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
      folder += part + "/"
      mkdir(folder, 0o700)
    }
    let new = "\(path).\(getpid()).new"
    let descriptor = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return errno }
    fchmod(descriptor, 0o600)
    let unwritten = Screen.write(bytes, to: descriptor)
    close(descriptor)
    if unwritten == nil, rename(new, path) == 0 { return nil }
    let failure = unwritten ?? errno
    unlink(new)
    return failure
  }

  /// Removes it.
  func remove() { unlink(path) }

  /// Removes the oldest of the folder's files beyond so many.
  func prune(keeping count: Int) {
    let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    guard let directory = opendir(folder) else { return }
    defer { closedir(directory) }
    var files: [(path: String, age: Int)] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      var facts = stat()
      guard name.hasSuffix(".json"), stat("\(folder)/\(name)", &facts) == 0 else { continue }
      #if canImport(Glibc)
        files.append(("\(folder)/\(name)", facts.st_mtim.tv_sec))
      #else
        files.append(("\(folder)/\(name)", facts.st_mtimespec.tv_sec))
      #endif
    }
    for old in files.sorted(by: { $0.age > $1.age }).dropFirst(count) { unlink(old.path) }
  }
}
