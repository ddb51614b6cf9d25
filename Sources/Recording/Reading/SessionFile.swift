import LosslessJSON
import Session

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A recording that is read: at its end at once, from its start in bounded memory, or as it grows.
///
/// Its methods read from the disk and block: call them off the threads that tasks share.
public struct SessionFile: Sendable {
  /// The file.
  public let path: String
  /// The first line.
  public let header: RecordingHeader
  /// Where the last whole line ends.
  public let end: Int
  /// The bytes after that: a line that was torn, or is being written. They are not read.
  public let tornBytes: Int

  let file: FileDescriptor
  private static let chunk = 1 << 20

  /// Opens a recording; reads its first line and finds its end.
  public init(opening path: String) throws(RecordingError) {
    self.path = path
    file = try FileDescriptor.open(path, O_RDONLY)
    let status = try file.status()
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unrecognised(path: path, message: "it is no regular file")
    }
    let size = Int(status.st_size)
    header = try Self.readHeader(file, size)
    end = try Self.lastLineEnd(file, size)
    tornBytes = size - end
  }

  private static func readHeader(
    _ file: FileDescriptor, _ size: Int
  ) throws(RecordingError) -> RecordingHeader {
    let start = try file.read(min(size, 64 << 10), at: 0)
    let line = start.prefix { $0 != 0x0A }
    guard line.count < start.count, let json = try? JSON(reading: Array(line)),
      let header = RecordingHeader(json)
    else {
      throw .unrecognised(path: file.path, message: "its first line is no header of a recording")
    }
    guard header.version <= RecordingHeader.currentVersion else {
      throw .tooNew(path: file.path, version: header.version)
    }
    return header
  }

  /// Whether a text begins as a recording does.
  static func begins(_ start: ArraySlice<UInt8>) -> Bool {
    let line = start.prefix { $0 != 0x0A }
    return (try? JSON(reading: Array(line))).flatMap(RecordingHeader.init) != nil
  }

  private static func lastLineEnd(
    _ file: FileDescriptor, _ size: Int
  ) throws(RecordingError) -> Int {
    var end = size
    while end > 0 {
      let start = max(0, end - (64 << 10))
      let bytes = try file.read(end - start, at: start)
      if let newline = bytes.lastIndex(of: 0x0A) { return start + newline + 1 }
      end = start
    }
    return 0
  }

  // MARK: - The end

  /// The last lines that pass, oldest first, read backwards from the end.
  public func last(
    _ count: Int, matching filter: ExchangeFilter = ExchangeFilter()
  ) throws(RecordingError) -> [RecordedLine] {
    let filter = LineFilter(filter)
    var found: [RecordedLine] = []
    var upper = end
    // The beginning of a line whose end was read already.
    var rest: [UInt8] = []
    var size = 64 << 10
    while upper > 0, found.count < count {
      let lower = max(0, upper - size)
      var block = try file.read(upper - lower, at: lower)
      // What is longer than a block makes the next one larger, so that long lines cost no more.
      size = min(size * 2, max(8 << 20, rest.count))
      let first = lower == 0 ? 0 : block.firstIndex(of: 0x0A).map { $0 + 1 }
      guard let first else {
        rest = block + rest
        upper = lower
        continue
      }
      let head = Array(block[..<first])
      block.removeFirst(first)
      block += rest
      rest = head
      let lines = Self.lines(block, at: lower + first)
      for line in lines.reversed() where line.passes(filter) {
        found.append(line)
        if found.count == count { break }
      }
      upper = lower
    }
    return found.reversed()
  }

  private static func lines(_ block: [UInt8], at offset: Int) -> [RecordedLine] {
    var lines: [RecordedLine] = []
    var start = 0
    while let newline = block[start...].firstIndex(of: 0x0A) {
      if newline > start {
        lines.append(RecordedLine(offset: offset + start, bytes: Array(block[start..<newline])))
      }
      start = newline + 1
    }
    return lines
  }

  // MARK: - All of it

  /// What a scan came by.
  public struct Tally: Sendable, Equatable {
    /// Lines read.
    public var lines = 0
    /// Lines that passed.
    public var matches = 0
    /// Lines that could not be read.
    public var unreadable = 0
  }

  /// Hands every line that passes to the body, in order, until it says false.
  ///
  /// Memory is bounded by the longest line. Lines that are sorted out cost little: bytes tell.
  @discardableResult
  public func scan(
    matching filter: ExchangeFilter = ExchangeFilter(), from start: Int = 0,
    _ body: (RecordedLine) -> Bool
  ) throws(RecordingError) -> Tally {
    let filter = LineFilter(filter)
    var scanner = LineScan(file: file, at: start, end: end)
    var tally = Tally()
    var goesOn = true
    while goesOn {
      let isMore = try scanner.next { line, offset in
        tally.lines += 1
        guard goesOn, !line.isEmpty else { return }
        let answer = filter.judge(line)
        if answer == .no { return }
        let whole = RecordedLine(offset: offset, bytes: Array(line))
        if answer == .ask {
          let entry = whole.entry
          if case .unreadable = entry { tally.unreadable += 1 }
          guard RecordedLine.passes(entry, filter.filter) else { return }
        }
        tally.matches += 1
        goesOn = body(whole)
      }
      if !isMore { break }
    }
    return tally
  }

  /// How many lines pass, without making anything of them where bytes tell.
  public func count(
    matching filter: ExchangeFilter = ExchangeFilter()
  ) throws(RecordingError) -> Tally {
    let filter = LineFilter(filter)
    var scanner = LineScan(file: file, at: 0, end: end)
    var tally = Tally()
    while try scanner.next({ line, offset in
      tally.lines += 1
      switch filter.judge(line) {
      case .no: return
      case .yes: tally.matches += 1
      case .ask:
        let entry = RecordedLine(offset: offset, bytes: Array(line)).entry
        if case .unreadable = entry { tally.unreadable += 1 }
        if RecordedLine.passes(entry, filter.filter) { tally.matches += 1 }
      }
    }) {}
    return tally
  }

  /// All exchanges that pass, put together again; for files that fit in memory.
  public func exchanges(
    matching filter: ExchangeFilter = ExchangeFilter()
  ) throws(RecordingError) -> [RecordedExchange] {
    var exchanges: [RecordedExchange] = []
    try scan(matching: filter) { line in
      if case .exchange(let exchange) = line.entry { exchanges.append(exchange) }
      return true
    }
    return exchanges
  }

  /// Follows the file from the end that was found on.
  public func follower(
    matching filter: ExchangeFilter = ExchangeFilter()
  ) -> SessionFollower {
    SessionFollower(file: file, path: path, at: end, filter: filter)
  }
}

/// Reads lines forward, a block at a time.
struct LineScan {
  private let file: FileDescriptor
  private var block: [UInt8]
  /// The bytes of the block that begin an unfinished line.
  private var held = 0
  /// Where in the file the block begins.
  private var offset: Int
  private let end: Int

  init(file: FileDescriptor, at start: Int, end: Int) {
    self.file = file
    self.end = end
    offset = start
    block = [UInt8](repeating: 0, count: 1 << 20)
  }

  /// Reads a block and hands its whole lines to the body; false at the end.
  mutating func next(
    _ body: (UnsafeBufferPointer<UInt8>, Int) -> Void
  ) throws(RecordingError) -> Bool {
    let room = min(block.count - held, end - offset - held)
    guard room > 0 else { return false }
    let count = try fill(room)
    guard count > 0 else { return false }
    let filled = held + count
    let start = offset
    let used = block.withUnsafeBufferPointer { block -> Int in
      let text = UnsafeBufferPointer(rebasing: block[..<filled])
      var at = 0
      while let newline = ByteScan.next(0x0A, in: text, from: at) {
        body(UnsafeBufferPointer(rebasing: text[at..<newline]), start + at)
        at = newline + 1
      }
      return at
    }
    held = filled - used
    offset += used
    if used == 0, filled == block.count {
      // A line longer than the block.
      block += [UInt8](repeating: 0, count: block.count)
    } else if used > 0, held > 0 {
      block.withUnsafeMutableBufferPointer { block in
        for place in 0..<held { block[place] = block[used + place] }
      }
    }
    return true
  }

  private mutating func fill(_ room: Int) throws(RecordingError) -> Int {
    var failure: RecordingError?
    var count = 0
    let place = offset + held
    let held = held
    block.withUnsafeMutableBytes { block in
      let part = UnsafeMutableRawBufferPointer(rebasing: block[held..<(held + room)])
      do throws(RecordingError) { count = try file.read(part, at: place) } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return count
  }
}
