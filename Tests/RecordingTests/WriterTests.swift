import JSONRPC
import LosslessJSON
import Session
import Synchronization
import TestFolders
import Testing
import Wire

@testable import Recording

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct WriterTests {
  private func writer(
    _ path: String, promptness: RecordingWriter.Promptness = .beforeReturning,
    waitsForUse: Bool = true
  ) -> RecordingWriter {
    RecordingWriter(
      path: path, header: Exchanges.header, promptness: promptness, waitsForUse: waitsForUse)
  }

  @Test(arguments: [RecordingWriter.Promptness.beforeReturning, .soon])
  func `What was recorded is read again, in order`(promptness: RecordingWriter.Promptness) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/deep/er/file.jsonl"
    let writer = writer(path, promptness: promptness)
    for number in 1...200 { writer.observe(.ended(Exchanges.call(number))) }
    writer.flush()
    let file = try SessionFile(opening: path)
    #expect(file.header == Exchanges.header)
    #expect(file.tornBytes == 0)
    let numbers = try file.exchanges().map(\.exchange.number)
    #expect(numbers == Array(1...200))
    #expect(writer.count == 200)
    writer.close()
    writer.record(Exchanges.call(201))
    #expect(try SessionFile(opening: path).exchanges().count == 200)
  }

  @Test func `The exchange is in the file when observe returns`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/file.jsonl"
    let writer = writer(path)
    for number in 1...5 {
      writer.observe(.ended(Exchanges.call(number)))
      #expect(try SessionFile(opening: path).exchanges().last?.exchange.number == number)
    }
  }

  @Test func `The file is the user's alone, and made with the first exchange`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/file.jsonl"
    let writer = writer(path)
    writer.observe(.connected(Opening(peer: "pid 7", took: .zero)))
    writer.observe(.diagnostic(Diagnostic(source: .stderr, bytes: "ready".bytes)))
    #expect(access(path, F_OK) != 0)
    writer.observe(.ended(Exchanges.call()))
    var status = stat()
    #expect(stat(path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    var kinds: [String] = []
    try SessionFile(opening: path).scan { line in
      switch line.entry {
      case .header: kinds.append("header")
      case .event(let event): kinds.append(event.kind.rawValue)
      case .exchange: kinds.append("exchange")
      case .unreadable: kinds.append("unreadable")
      }
      return true
    }
    #expect(kinds == ["header", "connected", "stderr", "exchange"])
  }

  @Test func `A file that another writer has is left alone, told once`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/file.jsonl"
    let first = writer(path)
    first.record(Exchanges.call())
    let failures = Mutex<[RecordingError]>([])
    let second = RecordingWriter(path: path, header: Exchanges.header) { error in
      failures.withLock { $0.append(error) }
    }
    second.record(Exchanges.call(2))
    second.record(Exchanges.call(3))
    #expect(failures.withLock { $0 } == [.inUse(path: path)])
    first.close()
    second.record(Exchanges.call(4))
    let file = try SessionFile(opening: path)
    #expect(try file.exchanges().map(\.exchange.number) == [1, 4])
    var lost: [String] = []
    try file.scan { line in
      if case .event(let event) = line.entry, event.kind == .lost { lost.append(event.bytes.text) }
      return true
    }
    #expect(lost == ["2 not written: the file is in use"])
  }

  @Test func `A full disk is told once and breaks nothing`() throws {
    #if os(Linux)
      let failures = Mutex<[RecordingError]>([])
      let writer = RecordingWriter(path: "/dev/full", header: Exchanges.header) { error in
        failures.withLock { $0.append(error) }
      }
      for number in 1...3 { writer.record(Exchanges.call(number)) }
      #expect(
        failures.withLock { $0 }
          == [.system(operation: "write", path: "/dev/full", errno: ENOSPC)])
    #endif
  }

  @Test func `A torn line is ended before a new session is appended`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/file.jsonl"
    let first = writer(path)
    first.record(Exchanges.call(1))
    first.close()
    try folder.append("file.jsonl", #"{"n":2,"at":17"#)
    let torn = try SessionFile(opening: path)
    #expect(torn.tornBytes == 14)
    #expect(try torn.exchanges().map(\.exchange.number) == [1])
    #expect(try torn.last(5).count == 2)
    let second = writer(path)
    second.record(Exchanges.call(3))
    let file = try SessionFile(opening: path)
    #expect(file.tornBytes == 0)
    #expect(try file.exchanges().map(\.exchange.number) == [1, 3])
    let tally = try file.scan(matching: ExchangeFilter([.init(.incoming(false))])) { _ in true }
    #expect(tally.unreadable == 1)
    #expect(tally.matches == 2)
  }

  @Test func `Secrets never reach the file, the target's included`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/file.jsonl"
    var header = Exchanges.header
    header.target = "stdio:server --token planted-one --verbose"
    let writer = RecordingWriter(path: path, header: header)
    writer.record(Exchanges.call(params: #"{"password": "planted-two"}"#))
    writer.observe(.diagnostic(Diagnostic(source: .stderr, bytes: "got planted-two".bytes)))
    let text = try folder.read("file.jsonl")
    #expect(!text.contains("planted"))
    #expect(text.contains("--verbose"))
  }

  @Test func `Names sort by time, and only the newest are kept`() throws {
    let home = try TemporaryFolder()
    let folder = RecordingFolder(path: home.path + "/sessions")
    var writers: [RecordingWriter] = []
    for day in 0..<5 {
      let path = folder.newPath(
        target: "http://u:pw@127.0.0.1:8545/secret?key=1", startedAt: Double(day) * 86400,
        process: 7)
      let writer = writer(path)
      writer.record(Exchanges.call())
      writers.append(writer)
    }
    #expect(
      try folder.list().first
        == folder.path + "/19700105-000000-127.0.0.1_8545-7.jsonl")
    // The oldest is being written: it stays.
    for writer in writers.dropFirst() { writer.close() }
    #expect(try folder.prune(keeping: 2) == 2)
    #expect(try folder.list().count == 3)
    #expect(try RecordingFolder(path: home.path + "/none").list().isEmpty)
  }
}
