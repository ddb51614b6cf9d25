import Session

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files that are documents: their texts, and whether they changed.
enum SourceFile {
  /// Why a file is no document.
  struct Fault: Error, Equatable {
    var message: String
  }

  /// Larger files are no source text.
  static let limit = 64 << 20
  /// The most that is read of a file that a server names, to show a line of it.
  static let foreignLimit = 8 << 20

  /// The folder that the program runs in.
  static let folder: String = {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    guard getcwd(&buffer, buffer.count) != nil else { return "/" }
    let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return String(decoding: bytes, as: UTF8.self)
  }()

  /// The absolute path of a name as it is typed: a path, `~/…` or a `file:` URI.
  static func absolute(_ name: String) -> String {
    FileURI.absolute(FileURI.path(of: name) ?? FileText.expanded(name), in: folder)
  }

  /// The state of a regular file; nil if there is none.
  static func stamp(_ path: String) -> FileStamp? {
    var state = stat()
    guard stat(path, &state) == 0, state.st_mode & S_IFMT == S_IFREG else { return nil }
    return FileStamp(state)
  }

  /// The text of a file, and its state.
  static func read(
    _ path: String, limit: Int = limit
  ) throws(Fault) -> (text: DocumentText, isUTF8: Bool, stamp: FileStamp) {
    // A pipe or a device in its place must not hold us up.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw fault(path, errno) }
    defer { close(descriptor) }
    var state = stat()
    guard fstat(descriptor, &state) == 0 else { throw fault(path, errno) }
    switch state.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw Fault(message: "\(shown(path)) is a folder")
    default: throw Fault(message: "\(shown(path)) is no regular file")
    }
    guard state.st_size <= limit else {
      throw Fault(message: "\(shown(path)) is too large for a document")
    }
    let bytes: [UInt8]
    do throws(FileText.Fault) {
      bytes = try FileText.read(descriptor: descriptor, name: shown(path))
    } catch {
      throw Fault(message: error.message)
    }
    return (
      DocumentText(bytes), String(validating: bytes, as: UTF8.self) != nil, FileStamp(state)
    )
  }

  private static func fault(_ path: String, _ code: Int32) -> Fault {
    code == ENOENT
      ? Fault(message: "there is no file \(shown(path))")
      : Fault(message: "\(shown(path)) can't be read: \(Complaint.systemText(code))")
  }

  /// A path as it would be typed.
  static func shown(_ path: String) -> String {
    let start = folder.hasSuffix("/") ? folder : folder + "/"
    return path.hasPrefix(start) && path.count > start.count
      ? String(path.dropFirst(start.count)) : path
  }
}

extension FileStamp {
  fileprivate init(_ state: stat) {
    #if canImport(Glibc)
      let time = state.st_mtim
    #else
      let time = state.st_mtimespec
    #endif
    self.init(
      seconds: Int(time.tv_sec), nanoseconds: Int(time.tv_nsec), size: Int(state.st_size),
      file: UInt64(state.st_ino))
  }
}
