import LosslessJSON
import Recording
import Session
import Terminal
import View
import Wire

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `rpcscope show`: a recording, or anything that can be read as one, as the live log shows it.
public struct ShowRecording: Sendable {
  /// Which exchanges; all if there are no words.
  public var filter: [String] = []
  /// One JSON object a line for each exchange.
  public var isJSON = false
  /// Goes on with what is added to the file, until the program is interrupted.
  public var isFollowing = false
  /// Only so many at the end.
  public var count: Int?
  /// Also what the user did not ask for: probes and handshakes.
  public var showsAll = false

  /// Everything, as text.
  public init() {}

  /// Prints a file; `last` or a number means one of the user's own folder.
  public func run(_ word: String, screen: Screen) throws(Complaint) {
    let filter = try ExchangeChoice.filter(filter)
    let path = try RecordingPath.of(word)
    var printing = Printing(self, screen)
    let own: SessionFile
    do throws(RecordingError) {
      own = try SessionFile(opening: path)
    } catch .unrecognised, .system(operation: "open", _, _) {
      // Of another program, or two files of one session.
      return try show(imported: path, filter, &printing)
    } catch {
      throw Complaint(error)
    }
    try Complaint.wrapping { () throws(RecordingError) in try show(own, filter, &printing) }
  }

  private func show(
    _ file: SessionFile, _ filter: ExchangeFilter, _ printing: inout Printing
  ) throws(RecordingError) {
    if let count {
      if filter.isEmpty { printing.show(.header(file.header)) }
      // A filter that lets exchanges pass, and nothing else.
      let wanted = filter.isEmpty ? try ExchangeFilter(words: ["n:0.."], now: 0) : filter
      for line in try file.last(count, matching: wanted) { printing.show(line.entry) }
    } else {
      var copy = printing
      try file.scan(matching: filter) { line in
        copy.show(line.entry)
        return true
      }
      printing = copy
    }
    if isFollowing {
      var follower = file.follower(matching: filter)
      while true {
        for news in try follower.poll() {
          switch news {
          case .line(let line): printing.show(line.entry)
          case .truncated: printing.remark("the file was cut: it is read from its start")
          case .replaced:
            printing.remark("another file has taken the name: it is read from its start")
          }
        }
        usleep(100_000)
      }
    }
    if file.tornBytes > 0 {
      printing.remark("the last line is torn or being written: \(file.tornBytes) bytes left out")
    }
    printing.end()
  }

  private func show(
    imported path: String, _ filter: ExchangeFilter, _ printing: inout Printing
  ) throws(Complaint) {
    let session = try Complaint.wrapping { () throws(RecordingError) in
      try RecordingSources.read(path, matching: filter)
    }
    if isFollowing {
      throw Complaint("-f follows a recording of rpcscope, and this is: \(session.source)")
    }
    for note in session.notes { printing.remark(note) }
    for recorded in session.exchanges.suffix(count ?? .max) { printing.show(.exchange(recorded)) }
    printing.end()
  }
}

/// Prints the lines of a recording one after the other.
private struct Printing {
  private let options: ShowRecording
  private let screen: Screen
  private var text: RecordedText
  private var shown = 0
  private var hidden = 0
  private var unreadable = 0

  init(_ options: ShowRecording, _ screen: Screen) {
    self.options = options
    self.screen = screen
    text = RecordedText(width: screen.width, isTerminal: screen.isTerminal)
  }

  mutating func show(_ entry: RecordedLine.Entry) {
    switch entry {
    case .exchange(let recorded): show(recorded.exchange)
    case .header(let header): if !options.isJSON { screen.note(text.line(header)) }
    case .event(let event): if !options.isJSON { show(event) }
    case .unreadable: unreadable += 1
    }
  }

  private mutating func show(_ exchange: Exchange) {
    if exchange.purpose != .ordinary, !options.showsAll, options.filter.isEmpty {
      hidden += 1
      return
    }
    shown += 1
    if options.isJSON {
      screen.write(ExchangeRecord.line(exchange) + [0x0A])
    } else {
      screen.show(StyledText(lines: text.lines(exchange)))
    }
  }

  private func show(_ event: RecordedEvent) {
    switch event.kind {
    case .connected, .disconnected: if options.showsAll { screen.show(text.line(event)) }
    default: screen.show(text.line(event))
    }
  }

  func remark(_ words: String) { screen.note(StyledText(SafeText.escape(words), .note)) }

  func end() {
    if unreadable > 0 { remark("lines that can't be read: \(unreadable)") }
    if hidden > 0, !options.isJSON {
      screen.note(
        StyledText("\(hidden) of the shell's own left out (probes, handshakes): --all", .dim))
    }
    if shown == 0, hidden == 0 { screen.note(StyledText("no exchange is meant", .dim)) }
  }
}
