#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The reading of lines on one thread: keys in, editing by the engine, frames out.
final class EditSession {
  let engine: EditEngine
  let history: History
  let hooks: EditorHooks
  var wires: Wires?
  var outcome: ReadOutcome?
  let keys: KeyInput
  var injected: [UInt32] = []
  /// Pasted text that the engine's next command inserts.
  ///
  /// Not inserted at once, since libedit may be in the middle of a command (vi's `d`, say) that
  /// holds pointers into the line.
  var pasted = ""
  /// Whether libedit has put the terminal in its mode for this line, over which ours goes.
  private var hasBegun = false

  var prompt = StyledText()
  var continuation = StyledText()
  var painter = Painter(Renderer(color: false))
  var viewport = Viewport()
  var needsPaint = true
  var highlighted: (text: String, styled: StyledText)?
  /// What is listed under the line until the next key.
  var listed: ArraySlice<Candidate> = []
  /// What a Tab that follows at once lists, since there was no room for it.
  var unlisted: ArraySlice<Candidate> = []
  /// What a Tab that follows at once says more about.
  var listing: Completion?
  /// Whether the list has what there is to say of each candidate.
  var isExplaining = false
  /// What is said under the line until the next key.
  var explanation = ""

  var browser: HistoryBrowser?
  var killed = ""
  var lastKill = Direction.none
  /// The column that Up and Down try to keep.
  var goalColumn: Int?
  /// Sequences that the user's own file binds, which go to libedit untouched.
  var userSequences: Set<[UInt8]> = []

  enum Direction { case none, forward, backward }

  /// What a session needs of its editor while it reads a line.
  struct Wires {
    let input: Int32
    let output: Int32
    let wakeEnd: Int32
    let mode: TerminalMode
    let renderer: Renderer
    let takeEvents: () -> [LineEditor.Event]
    let status: () -> StyledText?

    init(_ editor: LineEditor, renderer: Renderer) {
      (input, output, mode) = (editor.input, editor.output, editor.mode)
      (wakeEnd, self.renderer) = (editor.wake.readEnd, renderer)
      takeEvents = editor.takeEvents
      status = { editor.status }
    }
  }

  init(_ engine: EditEngine, history: History, hooks: EditorHooks, keys: KeyInput) {
    (self.engine, self.history, self.hooks, self.keys) = (engine, history, hooks, keys)
    engine.owner = self
  }

  /// Reads one statement, of which some text may stand there already.
  func read(
    prompt: StyledText, continuation: StyledText, text: String = "", _ wires: Wires
  ) -> ReadOutcome {
    (self.prompt, self.continuation, self.wires) = (prompt, continuation, wires)
    defer { self.wires = nil }
    painter.renderer = wires.renderer
    painter.forget()
    viewport.reset()
    (outcome, injected, listed, unlisted) = (nil, [], [], [])
    forgetListing()
    (browser, goalColumn) = (nil, nil)
    hasBegun = false
    pasted = text
    lastKill = .none
    needsPaint = true
    if keys.hasEnded { return .endOfInput }
    let line = engine.edit()
    if let outcome { return outcome }
    // One of libedit's own commands ended the line, by a binding of the user's.
    guard var line else { return finish(.endOfInput) }
    if line.last == "\n" { line.removeLast() }
    return finish(.line(line))
  }

  /// Ends the line: what was typed stays on the screen, without hint and list.
  @discardableResult
  func finish(_ outcome: ReadOutcome) -> ReadOutcome {
    self.outcome = outcome
    listed = []
    explanation = ""
    var view = currentView(isFinal: true)
    if outcome == .interrupted {
      view.text.append("^C", .dim)
    }
    paint(view)
    write(painter.leave())
    return outcome
  }

  func write(_ text: String) {
    if let wires, !text.isEmpty { Platform.write(wires.output, text.utf8) }
  }

  /// The next key, drawing with `draw` before waiting for it; nil at the end of input, or when the
  /// line was ended from elsewhere.
  func nextKey(_ draw: () -> Void) -> Key? {
    guard let wires else { return nil }
    while outcome == nil {
      if let key = keys.next() { return key }
      if keys.hasEnded {
        finish(.endOfInput)
        return nil
      }
      let isWoken = keys.wait(wires.input, or: wires.wakeEnd) {
        if needsPaint { draw() }
        needsPaint = false
      }
      if isWoken { for event in wires.takeEvents() { handle(event) } }
    }
    return nil
  }

  private func handle(_ event: LineEditor.Event) {
    switch event {
    case .print(let text):
      write(painter.erase() + text)
    case .resize:
      engine.resize()
      write(painter.eraseResized(columns: size.columns))
    case .interrupt: finish(.interrupted)
    case .close: finish(.endOfInput)
    case .suspend: stopProcess()
    case .status: break
    }
    needsPaint = true
  }

  /// Lets the program be stopped as Ctrl-Z does, and takes the terminal again afterwards.
  private func stopProcess() {
    guard let wires else { return }
    write(painter.leave())
    wires.mode.enter(.original)
    Signals.shared.stop()
    wires.mode.enter(.editing)
    engine.resize()
    needsPaint = true
  }

  var size: TerminalSize {
    wires.map { TerminalSize.of(descriptor: $0.output) } ?? TerminalSize(columns: 80, rows: 24)
  }
}

extension EditSession: EditEngine.Owner {
  func nextScalar() -> UInt32? {
    if !hasBegun { wires?.mode.enter(.editing) }
    hasBegun = true
    engine.repair()
    while outcome == nil {
      if !injected.isEmpty { return injected.removeFirst() }
      if !pasted.isEmpty { return UInt32(NamedKey.pasted.rawValue) }
      guard let key = nextKey({ paint(currentView()) }) else { return nil }
      needsPaint = true
      listed = []
      explanation = ""
      if key != .character("\t") {
        unlisted = []
        forgetListing()
      }
      switch key {
      case .character("\u{3}"): finish(.interrupted)
      // The terminal sends no signals now; all who share it are told, as it would have done.
      case .character("\u{1a}"): if Signals.shared.hasStarted { kill(0, SIGTSTP) }
      case .character("\u{1c}"): if Signals.shared.hasStarted { kill(0, SIGQUIT) }
      case .character(let scalar): return scalar.value
      case .named(let named): return UInt32(named.rawValue)
      case .meta(let scalar):
        injected = [scalar.value]
        return 0x1b
      case .paste(let text):
        pasted += text
      case .unknown(let sequence):
        if userSequences.contains(sequence) { injected = sequence.map(UInt32.init) }
      }
    }
    return nil
  }

  func historyEntry(_ stepsBack: Int) -> String? {
    let entries = history.entries
    return entries.indices.contains(entries.count - stepsBack)
      ? entries[entries.count - stepsBack] : nil
  }
}

extension EditSession {
  /// What the screen should show now.
  func currentView(isFinal: Bool = false) -> EditorView {
    let text = engine.text
    var view = EditorView(prompt: prompt, continuation: continuation)
    if !isFinal { view.above = wires?.status() }
    view.text = highlight(text)
    view.cursor = isFinal ? text.utf8.count : engine.cursor
    if !isFinal, text.utf8.count <= EditorHooks.longestAnalysed {
      view.hint = hooks.hint(text, view.cursor)
    }
    return view
  }

  func forgetListing() {
    listing = nil
    isExplaining = false
    explanation = ""
  }

  /// The text in colour, unless the hook changed its characters.
  private func highlight(_ text: String) -> StyledText {
    if let highlighted, highlighted.text == text { return highlighted.styled }
    var styled = StyledText(text)
    if text.utf8.count <= EditorHooks.longestAnalysed {
      let coloured = hooks.highlight(text)
      if coloured.plain.utf8.elementsEqual(text.utf8) { styled = coloured }
    }
    highlighted = (text, styled)
    return styled
  }

  func paint(_ view: EditorView) {
    let size = size
    var view = view
    if !listed.isEmpty || !explanation.isEmpty {
      let used = FrameLayout.lay(out: view, in: size).rows.count
      view.below = listingRows(
        in: TerminalSize(columns: size.columns, rows: max(2, size.rows - used)))
    }
    let frame = viewport.show(FrameLayout.lay(out: view, in: size), height: size.rows)
    write(painter.paint(frame, columns: size.columns))
  }
}
