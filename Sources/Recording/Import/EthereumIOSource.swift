import Session

/// The test files of Ethereum's execution-apis: `>>` before a request, `<<` before a reply, `//`
/// before a remark.
public enum EthereumIOSource: RecordingSource {
  /// What it is called.
  public static var name: String { ".io" }

  /// Whether the first line that is no remark begins with an arrow.
  public static func recognises(_ start: ArraySlice<UInt8>) -> Bool {
    for line in LineSplit.lines(Array(start)) {
      let line = LineSplit.trimmed(line)
      if line.isEmpty || line.starts(with: Array("//".utf8)) { continue }
      return [">>", "<<"].contains { line.starts(with: Array($0.utf8)) }
    }
    return false
  }

  /// Reads one file.
  public static func read(_ bytes: [UInt8], path: String) throws(RecordingError) -> ImportedSession
  {
    var assembler = ExchangeAssembler()
    try add(bytes, path, &assembler)
    return session(assembler.exchanges(), path)
  }

  /// Reads all `.io` files below a folder, in the order of their paths.
  static func read(folder: String) throws(RecordingError) -> ImportedSession {
    let files = try FolderTree.files(folder, suffix: ".io")
    guard !files.isEmpty else {
      throw .unrecognised(path: folder, message: "there are no .io files in this folder")
    }
    var exchanges: [RecordedExchange] = []
    for file in files {
      // Each file numbers its requests anew.
      var assembler = ExchangeAssembler()
      try add(
        try FolderTree.contents(file, limit: RecordingSources.sizeLimit), file, &assembler)
      exchanges += assembler.exchanges()
    }
    return session(exchanges, folder)
  }

  private static func add(
    _ bytes: [UInt8], _ path: String, _ assembler: inout ExchangeAssembler
  ) throws(RecordingError) {
    for (number, line) in LineSplit.lines(bytes).enumerated() {
      let line = LineSplit.trimmed(line)
      if line.isEmpty || line.starts(with: Array("//".utf8)) { continue }
      guard line.count > 2, [0x3C, 0x3E].contains(line[line.startIndex]),
        line[line.startIndex] == line[line.startIndex + 1]
      else {
        throw .malformed(
          path: path, line: number + 1, message: "expected a line that begins with >>, << or //")
      }
      assembler.add(
        ExchangeAssembler.Message(
          isIncoming: line.first == 0x3C, bytes: Array(LineSplit.trimmed(line.dropFirst(2)))))
    }
  }

  private static func session(_ exchanges: [RecordedExchange], _ path: String) -> ImportedSession {
    ImportedSession(
      source: name, header: RecordingHeader(program: name, startedAt: 0, target: ""),
      exchanges: renumbered(exchanges), notes: ["times and transport are not told"])
  }

  private static func renumbered(_ exchanges: [RecordedExchange]) -> [RecordedExchange] {
    exchanges.enumerated().map { $1.renumbered($0 + 1) }
  }
}

extension RecordedExchange {
  /// The same exchange with another number.
  func renumbered(_ number: Int) -> RecordedExchange {
    let old = exchange
    return RecordedExchange(
      Exchange(
        number: number, kind: old.kind, purpose: old.purpose, startedAt: old.startedAt,
        request: old.request, method: old.method, ids: old.ids, messages: old.messages,
        head: old.head, timings: old.timings, wire: old.wire, stderr: old.stderr,
        answer: old.answer, ending: old.ending, findings: old.findings), masked: masked)
  }
}
