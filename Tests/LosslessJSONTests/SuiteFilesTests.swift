import LosslessJSON
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// JSONTestSuite (others' data) is read from beside the repository when it is there.
@Suite("JSONTestSuite")
struct SuiteFilesTests {
  static let folder = "../shared/JSONTestSuite/test_parsing"

  static func names() -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".json") { names.append(name) }
    }
    return names.sorted()
  }

  static func contents(_ name: String) -> [UInt8]? {
    guard let file = fopen("\(folder)/\(name)", "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
      bytes.append(contentsOf: buffer[..<count])
    }
    return bytes
  }

  @Test(
    "every y_ file is read and every n_ file refused",
    .enabled(if: !names().isEmpty, "no ../shared/JSONTestSuite"))
  func parsing() throws {
    var read = 0
    for name in Self.names() {
      let bytes = try #require(Self.contents(name))
      let value = try? JSON(reading: bytes)
      if name.hasPrefix("y_") { #expect(value != nil, "\(name) is valid") }
      if name.hasPrefix("n_") { #expect(value == nil, "\(name) is not valid") }
      if let value {
        let compact = JSONFormatter.compact.bytes(value)
        #expect(try JSON(reading: compact) == value, "\(name) survives a round trip")
      }
      read += 1
    }
    #expect(read > 300)
  }
}
