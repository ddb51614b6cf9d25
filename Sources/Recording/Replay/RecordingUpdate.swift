import JSONRPC
import LosslessJSON
public import Session
import Wire

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Puts new replies into a recording in the place of the old ones: what was different is expected
/// from now on.
///
/// The requests stay as they are, and so do all other lines. Secrets of the new replies are masked as
/// when a session is recorded.
public struct RecordingUpdate: Sendable {
  private var masker: SecretMasker
  /// The new lines, by what tells an exchange of a file from all others.
  private var lines: [Key: [UInt8]] = [:]

  private struct Key: Hashable {
    var number: Int
    var startedAt: Int

    init(_ exchange: Exchange) {
      number = exchange.number
      startedAt = RecordedTime.micros(exchange.startedAt)
    }
  }

  /// An update of nothing so far.
  public init(rules: MaskRules = MaskRules()) { masker = SecretMasker(rules) }

  /// How many exchanges are updated.
  public var count: Int { lines.count }

  /// Takes what came for a recorded exchange. Every new exchange must be given, in order, whether it
  /// is to be accepted or not: secrets are learnt from all of them.
  public mutating func take(_ new: Exchange, for old: RecordedExchange, accepting: Bool) {
    var parts = ExchangeParts(new)
    masker.mask(&parts)
    guard accepting else { return }
    let exchange = old.exchange
    for place in parts.messages.indices {
      parts.messages[place] = Self.renamed(parts.messages[place], new, exchange)
    }
    Self.keepMasks(&parts, exchange)
    var masked = old.masked.filter { $0.part == "request" || $0.part.hasPrefix("sent") }
    for place in parts.messages.indices {
      masked += MaskedText.masks(in: parts.messages[place]).map {
        MaskedRange(part: "messages[\(place)]", range: $0, name: "value")
      }
    }
    parts.masked = masked + parts.masked.filter { $0.part.hasPrefix("headers") }
    (parts.method, parts.request) = (exchange.method, exchange.request)
    parts.sent = exchange.wire.flatMap(SentHead.init)
    lines[Key(exchange)] = ExchangeLine.bytes(Self.merged(exchange, new), parts)
  }

  /// The old exchange with what came of the new one.
  private static func merged(_ old: Exchange, _ new: Exchange) -> Exchange {
    Exchange(
      number: old.number, kind: old.kind, purpose: old.purpose, startedAt: old.startedAt,
      request: old.request, method: old.method, ids: old.ids, messages: new.messages,
      head: new.head, timings: new.timings, wire: old.wire, stderr: new.stderr,
      answer: new.answer, ending: new.ending, findings: new.findings)
  }

  /// A message with the recorded ids.
  private static func renamed(_ bytes: [UInt8], _ new: Exchange, _ old: Exchange) -> [UInt8] {
    var bytes = bytes
    for (asked, recorded) in zip(new.ids, old.ids) where asked != recorded {
      bytes = ReplyID.replaced(asked, by: recorded, in: bytes) ?? bytes
    }
    return bytes
  }

  /// Where as many secrets came as before, their masks stay: those of requests that carry them are
  /// the same then.
  private static func keepMasks(_ parts: inout ExchangeParts, _ old: Exchange) {
    for (place, message) in old.messages.enumerated() where place < parts.messages.count {
      let before = MaskedText.masks(in: message.frame.bytes)
      let after = MaskedText.masks(in: parts.messages[place])
      guard !before.isEmpty, before.count == after.count else { continue }
      let edits = zip(before, after).map { TextEdit($1, message.frame.bytes[$0]) }
      parts.messages[place] = TextEdit.apply(edits, to: parts.messages[place])
    }
  }

  /// Writes the recording anew, in one step; what it was is kept beside it. Gives the backup's path.
  public func write(to path: String) throws(RecordingError) -> String {
    let file = try SessionFile(opening: path)
    guard file.file.lock() else { throw .inUse(path: path) }
    let status = try file.file.status()
    let (draft, backup) = ("\(path).\(getpid()).part", "\(path).bak")
    unlink(draft)
    let output = try FileDescriptor.open(draft, O_WRONLY | O_CREAT | O_EXCL)
    defer { unlink(draft) }
    var failure: RecordingError?
    try file.scan { line in
      var bytes = line.bytes
      if case .exchange(let old) = line.entry { bytes = lines[Key(old.exchange)] ?? bytes }
      bytes.append(0x0A)
      do throws(RecordingError) {
        try bytes.withRaw { (raw) throws(RecordingError) in try output.write(raw) }
      } catch {
        failure = error
      }
      return failure == nil
    }
    if let failure { throw failure }
    fchmod(output.number, status.st_mode & 0o777)
    fsync(output.number)
    // The backup is a second name of what is about to be replaced: at no time is there no file.
    unlink(backup)
    guard link(path, backup) == 0 else {
      throw .system(operation: "link", path: backup, errno: errno)
    }
    guard rename(draft, path) == 0 else {
      throw .system(operation: "rename", path: path, errno: errno)
    }
    return backup
  }
}

extension [UInt8] {
  /// Lends the bytes to a body that throws errors of recordings.
  fileprivate func withRaw(
    _ body: (UnsafeRawBufferPointer) throws(RecordingError) -> Void
  ) throws(RecordingError) {
    var failure: RecordingError?
    withUnsafeBytes { bytes in
      do throws(RecordingError) { try body(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}
