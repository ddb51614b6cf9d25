import Testing

@testable import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("The history file")
struct HistoryTests {
  /// A directory that is gone when the test is over.
  final class Folder {
    let path: String

    init() throws {
      var template = Array("/tmp/rpcscope-history-XXXXXX".utf8CString)
      try #require(mkdtemp(&template) != nil)
      path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    deinit { Self.remove(path) }

    private static func remove(_ path: String) {
      if let directory = opendir(path) {
        while let entry = readdir(directory) {
          let name = withUnsafeBytes(of: entry.pointee.d_name) {
            String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
          }
          if name != "." && name != ".." { remove(path + "/" + name) }
        }
        closedir(directory)
        rmdir(path)
      } else {
        unlink(path)
      }
    }

    func write(_ text: String, to name: String) {
      let descriptor = open(path + "/" + name, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
      Platform.write(descriptor, text.utf8)
      close(descriptor)
    }

    func read(_ name: String) -> String {
      let descriptor = open(path + "/" + name, O_RDONLY)
      defer { close(descriptor) }
      var bytes: [UInt8] = []
      var chunk = [UInt8](repeating: 0, count: 4096)
      while true {
        let count = Platform.read(descriptor, &chunk)
        if count <= 0 { return String(decoding: bytes, as: UTF8.self) }
        bytes += chunk[..<count]
      }
    }

    func permissions(_ name: String) -> UInt32 {
      var status = stat()
      stat(path + "/" + name, &status)
      return UInt32(status.st_mode & 0o777)
    }
  }

  @Test(arguments: [
    "sum 1 2", "{\n  \"a\": 1\n}", "back\\slash \"quote\"", "tab\tcr\rnul\u{0}esc\u{1b}del\u{7f}",
    "日本 😀 é", "", " ",
  ])
  func linesSurvive(statement: String) {
    let line = HistoryLine.encode(statement)
    #expect(!line.contains(0x0a))
    #expect(HistoryLine.decode(line[...]) == statement)
  }

  @Test(arguments: [
    (#""\u00e9\ud83d\ude00\/\b\f""#, "é😀/\u{8}\u{c}"), (#""\ud83d""#, nil), (#""\ud83dx""#, nil),
    (#""\x""#, nil), (#""a"#, nil), ("a", nil), ("\"", nil), (#""\u12""#, nil), ("\"a\u{1}\"", nil),
    (#""a"b""#, nil), (#""\udc00""#, nil),
  ])
  func readsLinesOfOthers(line: String, statement: String?) {
    #expect(HistoryLine.decode(Array(line.utf8)[...]) == statement)
  }

  @Test func keepsEntriesAcrossRuns() throws {
    let folder = try Folder()
    let path = folder.path + "/a/b/history"
    let first = History(path: path)
    for entry in ["one", "one", " secret", "  ", "", "two\nlines", "one"] { first.append(entry) }
    #expect(first.entries == ["one", "two\nlines", "one"])
    #expect(History(path: path).entries == first.entries)
    #expect(folder.read("a/b/history") == "\"one\"\n\"two\\nlines\"\n\"one\"\n")
    #expect(folder.permissions("a/b/history") == 0o600)
    #expect(folder.permissions("a") == 0o700 && folder.permissions("a/b") == 0o700)
    #expect(first.failure == nil)
  }

  @Test func tightensPermissions() throws {
    let folder = try Folder()
    folder.write("\"a\"\n", to: "h")
    chmod(folder.path + "/h", 0o644)
    History(path: folder.path + "/h").append("b")
    #expect(folder.permissions("h") == 0o600)
  }

  @Test func goesOnAfterALineThatWasCutOff() throws {
    let folder = try Folder()
    folder.write("\"a\"\n\"cut", to: "h")
    let history = History(path: folder.path + "/h")
    #expect(history.entries == ["a"])
    history.append("b")
    #expect(History(path: folder.path + "/h").entries == ["a", "b"])
    #expect(folder.read("h") == "\"a\"\n\"cut\n\"b\"\n")
  }

  @Test func goesOnInAnotherFile() throws {
    let folder = try Folder()
    let (one, other) = (folder.path + "/one", folder.path + "/other")
    History(path: other).append("there")
    let history = History(path: one)
    history.append("here")
    history.move(to: other)
    #expect(history.entries == ["there"])
    history.append("there too")
    history.move(to: one)
    history.move(to: one)
    #expect(history.entries == ["here"])
    #expect(History(path: other).entries == ["there", "there too"])
    let memory = History(path: nil)
    memory.append("x")
    memory.move(to: one)
    #expect(memory.entries == ["x"])
  }

  @Test func compactsButKeepsWhatItCannotRead() throws {
    let folder = try Folder()
    let lines = (1...30).map { "\"\($0)\"" }
    folder.write(
      (["{\"of\": \"a newer version\"}"] + lines).joined(separator: "\n") + "\n", to: "h")
    let history = History(path: folder.path + "/h", limit: 10)
    #expect(history.entries == (21...30).map(String.init))
    #expect(
      folder.read("h")
        == (["{\"of\": \"a newer version\"}"] + lines.suffix(10)).joined(separator: "\n") + "\n")
    #expect(folder.permissions("h") == 0o600)
    history.append("31")
    #expect(History(path: folder.path + "/h", limit: 10).entries.last == "31")
  }

  @Test func compactsTheFileBehindALink() throws {
    let folder = try Folder()
    folder.write((1...30).map { "\"\($0)\"\n" }.joined(), to: "real")
    symlink(folder.path + "/real", folder.path + "/link")
    _ = History(path: folder.path + "/link", limit: 10)
    #expect(folder.read("real").split(separator: "\n").count == 10)
  }

  @Test func severalWritersLoseNothing() async throws {
    let folder = try Folder()
    let path = folder.path + "/h"
    await withTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          // Each opens anew now and then, and so compacts while the others append.
          for round in 0..<5 {
            let history = History(path: path, limit: 10_000)
            for number in 0..<20 { history.append("w\(writer) r\(round) n\(number)") }
          }
        }
      }
    }
    let entries = History(path: path).entries
    #expect(entries.count == 400 && Set(entries).count == 400)
    for writer in 0..<4 {
      let own = entries.filter { $0.hasPrefix("w\(writer) ") }
      #expect(own == (0..<5).flatMap { r in (0..<20).map { "w\(writer) r\(r) n\($0)" } })
    }
  }

  @Test func compactionAndAppendsAtOnceLoseNothingNew() async throws {
    let folder = try Folder()
    let path = folder.path + "/h"
    let file = HistoryFile(path: path, limit: 50)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { for number in 0..<300 { _ = file.append("n\(number)") } }
      group.addTask { for _ in 0..<50 { _ = file.compact() } }
    }
    let entries = file.load()
    #expect(entries == (300 - entries.count..<300).map { "n\($0)" })
    #expect(entries.count >= 50)
  }

  @Test func keepsEntriesInMemoryWhereTheFileCannotBeWritten() throws {
    let history = History(path: "/dev/null/no/history")
    history.append("a")
    #expect(history.entries == ["a"])
    #expect(history.failure != nil)
    let none = History(path: nil)
    none.append("a")
    #expect(none.entries == ["a"] && none.failure == nil)
  }
}
