#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads what is added to a recording while it is being written, as `tail -F` does.
///
/// `poll` does not wait: the caller decides how often to look.
public struct SessionFollower: Sendable {
  /// What a look at the file brought.
  public enum News: Sendable {
    /// A line that was finished and passes the filter.
    case line(RecordedLine)
    /// The file became shorter; it is read from its start again.
    case truncated
    /// Another file has taken its name, and is read from its start.
    case replaced
  }

  private let path: String
  private var file: FileDescriptor
  private let filter: LineFilter
  /// Where the lines that were not read yet begin.
  public private(set) var offset: Int

  init(file: FileDescriptor, path: String, at offset: Int, filter: ExchangeFilter) {
    self.file = file
    self.path = path
    self.offset = offset
    self.filter = LineFilter(filter)
  }

  /// What happened since the last time, in order; a line that is not finished is left for the next.
  public mutating func poll() throws(RecordingError) -> [News] {
    var news: [News] = []
    if try file.size() < offset {
      offset = 0
      news.append(.truncated)
    }
    news += try lines()
    guard let other = try otherFile() else { return news }
    file = other
    offset = 0
    return news + [.replaced] + (try lines())
  }

  private mutating func lines() throws(RecordingError) -> [News] {
    var found: [News] = []
    var scan = LineScan(file: file, at: offset, end: try file.size())
    let filter = filter
    var next = offset
    while try scan.next({ line, start in
      next = start + line.count + 1
      if line.isEmpty { return }
      let whole = RecordedLine(offset: start, bytes: Array(line))
      if whole.passes(filter) { found.append(.line(whole)) }
    }) {}
    offset = next
    return found
  }

  /// The file that has the name now, if it is another one; a name that is gone may come back.
  private func otherFile() throws(RecordingError) -> FileDescriptor? {
    guard let other = try? FileDescriptor.open(path, O_RDONLY | O_NONBLOCK) else { return nil }
    let (mine, its) = (try file.status(), try other.status())
    let isSame = mine.st_ino == its.st_ino && mine.st_dev == its.st_dev
    return isSame || its.st_mode & S_IFMT != S_IFREG ? nil : other
  }
}
