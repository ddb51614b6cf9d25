/// Reads what is added to a recording while it is being written, as `tail -f` does.
///
/// `poll` does not wait: the caller decides how often to look.
public struct SessionFollower: Sendable {
  private let file: FileDescriptor
  private let filter: LineFilter
  /// Where the lines that were not read yet begin.
  public private(set) var offset: Int

  init(file: FileDescriptor, at offset: Int, filter: ExchangeFilter) {
    self.file = file
    self.offset = offset
    self.filter = LineFilter(filter)
  }

  /// The lines that were finished since the last time and pass the filter.
  ///
  /// A line that is not finished is left for the next time. A file that became shorter is read from
  /// its start.
  public mutating func poll() throws(RecordingError) -> [RecordedLine] {
    let size = try file.size()
    if size < offset { offset = 0 }
    var found: [RecordedLine] = []
    var scan = LineScan(file: file, at: offset, end: size)
    let filter = filter
    var next = offset
    while try scan.next({ line, start in
      next = start + line.count + 1
      if line.isEmpty { return }
      let whole = RecordedLine(offset: start, bytes: Array(line))
      if whole.passes(filter) { found.append(whole) }
    }) {}
    offset = next
    return found
  }
}
