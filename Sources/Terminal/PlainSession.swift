/// The reading of lines without drawing: what is typed is added at the end, and what has to be
/// shown besides stands in rows of its own, after which the prompt and the text come again.
///
/// For screen readers, and for terminals that can't move their cursor.
final class PlainSession {
  let history: History
  let hooks: EditorHooks
  private let keys: KeyInput
  var outcome: ReadOutcome?
  var text = ""
  private var page = PlainPage(prompt: "", continuation: "")
  private var wires: EditSession.Wires?
  var browser: HistoryBrowser?
  var search: HistorySearch?
  var killed = ""
  /// What was listed last, for a Tab that asks for the rest.
  var listing: Listing?

  /// Candidates that were listed in part.
  struct Listing {
    var text: String
    var rest: ArraySlice<Candidate>
    /// All of it; nil once there is no more to say.
    var whole: Completion?
  }

  init(history: History, hooks: EditorHooks, keys: KeyInput) {
    (self.history, self.hooks, self.keys) = (history, hooks, keys)
  }

  /// Reads one statement, of which some text may stand there already.
  func read(
    prompt: String, continuation: String, text start: String = "", _ wires: EditSession.Wires
  ) -> ReadOutcome {
    self.wires = wires
    defer { self.wires = nil }
    page = PlainPage(prompt: prompt, continuation: continuation)
    (outcome, text, browser, search, listing) = (nil, start, nil, nil, nil)
    if keys.hasEnded { return .endOfInput }
    write(page.start(columns: size.columns))
    while outcome == nil { step(wires) }
    return outcome ?? .endOfInput
  }

  private func step(_ wires: EditSession.Wires) {
    if let key = keys.next() { return press(key) }
    if keys.hasEnded { return finish(.endOfInput) }
    let isWoken = keys.wait(wires.input, or: wires.wakeEnd) { echo() }
    if isWoken { for event in wires.takeEvents() where outcome == nil { handle(event) } }
  }

  private func handle(_ event: LineEditor.Event) {
    switch event {
    case .print(let news):
      echo()
      write("\n" + news + page.start(columns: size.columns))
    case .resize, .status: break
    case .interrupt: finish(.interrupted)
    case .close: finish(.endOfInput)
    case .suspend: stopProcess()
    }
  }

  /// Lets the program be stopped as Ctrl-Z does, and takes the terminal again afterwards.
  private func stopProcess() {
    guard let wires else { return }
    echo()
    write("\n")
    wires.mode.enter(.original)
    Signals.shared.stop()
    wires.mode.enter(.editing)
    write(page.start(columns: size.columns))
  }

  /// Ends the line, below which the next thing will stand.
  func finish(_ outcome: ReadOutcome) {
    echo()
    write(outcome == .interrupted ? "^C\n" : "\n")
    self.outcome = outcome
  }

  /// Writes what has been typed since the last time.
  func echo() {
    if text != page.text { write(page.change(to: text, columns: size.columns)) }
  }

  /// Shows lines below, then the prompt and the text once more.
  func show(_ lines: [String]) {
    echo()
    write("\n" + lines.map { $0 + "\n" }.joined() + page.start(columns: size.columns))
  }

  /// Shows the prompt and another text in a new row.
  func replace(with text: String) {
    echo()
    self.text = text
    // Erasing the old text would be told letter by letter.
    write(page.again(with: text, columns: size.columns))
  }

  func ring() { write("\u{7}") }

  private func write(_ text: String) {
    if let wires, !text.isEmpty { Platform.write(wires.output, text.utf8) }
  }

  var size: TerminalSize {
    wires.map { TerminalSize.of(descriptor: $0.output) } ?? TerminalSize(columns: 80, rows: 24)
  }
}
