import LosslessJSON

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder of files that tests read.
struct TestFiles {
  var folder: String

  /// The corpus, in the sources, where its table can be recorded anew.
  static let corpus = TestFiles(
    folder: String(#filePath.dropLast("Diagnosis/TestFiles.swift".count)) + "Corpus")
  /// The tables of what is expected.
  static let tables = TestFiles(folder: corpus.folder + "/tables")
  /// JSONTestSuite (others' data), beside the repository when it is there.
  static let suite = TestFiles(folder: "../shared/JSONTestSuite/test_parsing")

  /// The names of the regular files that begin so, sorted.
  func names(_ prefix: String = "") -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      let isFile = name.hasSuffix(".json") || name.hasSuffix(".bin")
      if isFile, name.hasPrefix(prefix) { names.append(name) }
    }
    return names.sorted()
  }

  /// The bytes of a file.
  func contents(_ name: String) -> [UInt8]? {
    guard let file = fopen("\(folder)/\(name)", "rbe") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
      bytes.append(contentsOf: buffer[..<count])
    }
    return bytes
  }

  /// A file read as JSON.
  func json(_ name: String) throws -> JSON { try JSON(reading: contents(name) ?? []) }

  /// Writes a file.
  func write(_ bytes: [UInt8], _ name: String) -> Bool {
    guard let file = fopen("\(folder)/\(name)", "wbe") else { return false }
    defer { fclose(file) }
    return fwrite(bytes, 1, bytes.count, file) == bytes.count
  }
}
