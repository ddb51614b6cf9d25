import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads statements from a person at a terminal, with editing, colour, hints and completion.
///
/// `readLine` blocks and belongs to one thread; `printAbove`, `close` and the settings may be used
/// from any. While no line is read the terminal keeps what is typed ahead without showing it, and
/// Ctrl-C is a signal.
public final class LineEditor: Sendable {
  let input: Int32
  let output: Int32
  let hooks: EditorHooks
  let history: History
  let mode: TerminalMode
  let wake = WakePipe()
  let shared: Mutex<Shared>
  /// While there is a prompt to go back to, an interrupt that nobody waits for ends nothing.
  private let interruptGuard: Subscription
  /// The part that one thread uses at a time.
  ///
  /// Guard: `isReading` in `shared`, which only the thread inside `readLine` may set.
  nonisolated(unsafe) private let session: EditSession
  /// The same for plain lines, and guarded likewise.
  ///
  /// Guard: `isReading` in `shared`, which only the thread inside `readLine` may set.
  nonisolated(unsafe) private let plainSession: PlainSession
  /// Whether the terminal can't be drawn on, so that lines are always plain.
  private let isDumb: Bool

  struct Shared {
    var isReading = false
    /// The prompt of a line that is edited elsewhere, which comes again below news.
    var cookedPrompt: String?
    var isPlain = false
    var isClosed = false
    var renderer: Renderer
    var events: [Event] = []
    /// The row that is kept above the prompt.
    var status: StyledText?
    /// Whether it stands at the cursor, since no line is read.
    var isStatusShown = false
  }

  /// What happened elsewhere that the reading thread has to see to.
  enum Event: Sendable {
    case print(String)
    case resize, interrupt, suspend, close, status
  }

  /// An editor on the terminal behind two descriptors; nil if they are none.
  ///
  /// On one that can't move its cursor (`TERM=dumb`) all lines are plain ones.
  ///
  /// `bindings` names the user's file of key bindings; nil means `~/.editrc` (or `$EDITRC`), an
  /// empty name none.
  public init?(
    input: Int32 = 0, output: Int32 = 1, history: History, hooks: EditorHooks = EditorHooks(),
    renderer: Renderer = Renderer(color: true), bindings: String? = nil,
    term: String? = TerminalKind.environment("TERM")
  ) {
    guard isatty(input) == 1, isatty(output) == 1 else { return nil }
    mode = TerminalMode(input: input, output: output)
    interruptGuard = Signals.shared.onInterrupt {}
    (self.input, self.output, self.hooks, self.history) = (input, output, hooks, history)
    guard let engine = EditEngine(input: input, output: output) else { return nil }
    isDumb = TerminalKind.isDumb(term)
    shared = Mutex(Shared(isPlain: isDumb, renderer: renderer))
    mode.isPlain = isDumb
    let keys = KeyInput()
    session = EditSession(engine, history: history, hooks: hooks, keys: keys)
    plainSession = PlainSession(history: history, hooks: hooks, keys: keys)
    session.bindKeys(userFile: bindings)
    // libedit changes the terminal as soon as it is told which flags to use.
    mode.enter(.original)
  }

  /// Whether nothing is ever redrawn, as screen readers need it.
  ///
  /// What is typed is then only added to or erased at its end, nothing is coloured, candidates and
  /// news stand in rows of their own with the prompt and the text again below them, and no escape
  /// sequence is written. Takes effect with the next line; always so on a dumb terminal.
  public var isPlain: Bool {
    get { shared.withLock { $0.isPlain } }
    set {
      let isPlain = shared.withLock { shared in
        shared.isPlain = newValue || isDumb
        return shared.isPlain
      }
      mode.isPlain = isPlain
    }
  }

  /// How roles become colours, from the next line on.
  public var renderer: Renderer {
    get { shared.withLock { $0.renderer } }
    set { shared.withLock { $0.renderer = newValue } }
  }

  /// Reads one statement; blocks, so it needs a thread of its own.
  ///
  /// The history is not added to: the caller knows what is worth keeping. `text` stands there already,
  /// to be changed; not where the terminal edits for itself.
  public func readLine(
    prompt: StyledText, continuationPrompt: StyledText = "", text: String = ""
  ) -> ReadOutcome {
    let settings = shared.withLock { shared in
      precondition(!shared.isReading, "a line is being read already")
      shared.isReading = !shared.isClosed
      Platform.write(output, shared.statusErased.utf8)
      return (shared.isClosed, shared.isPlain, shared.renderer)
    }
    if settings.0 { return .endOfInput }
    mode.isPlain = settings.1
    let outcome =
      settings.1 && !mode.echoes
      ? readCooked(prompt, continuationPrompt)
      : edit(prompt, continuationPrompt, text, isPlain: settings.1, settings.2)
    finishReading()
    return outcome
  }

  /// Prints text above the line that is being read, or just prints it if none is.
  ///
  /// The text is rendered already and may have several lines; it ends with a newline if it had
  /// none. Calls from several threads keep their order.
  public func printAbove(_ text: String) {
    let text = text.hasSuffix("\n") ? text : text + "\n"
    let isReading = shared.withLock { shared in
      if let prompt = shared.cookedPrompt {
        Platform.write(output, "\n\(text)\(prompt)".utf8)
        return false
      }
      if shared.isReading {
        shared.events.append(.print(text))
        return true
      }
      Platform.write(output, (shared.statusErased + text + shared.statusShown).utf8)
      return false
    }
    if isReading { wake.wake() }
  }

  /// Prints styled text above the line that is being read, or just prints it if none is.
  public func printAbove(_ text: StyledText) {
    printAbove(isPlain ? text.plain : renderer.render(text))
  }

  /// Gives the terminal to another program, as it was found, while no line is read.
  public func suspend() {
    _ = shared.withLock { Platform.write(output, $0.statusErased.utf8) }
    mode.enter(.original)
  }

  /// Takes the terminal again after `suspend`.
  public func resume() { if !isClosed { mode.enter(.waiting) } }

  /// Ends the editor: a line that is being read ends as at the end of input, and the terminal is
  /// as it was found.
  public func close() {
    let isReading = shared.withLock { shared in
      shared.isClosed = true
      shared.events.append(.close)
      return shared.isReading
    }
    if isReading { wake.wake() } else { mode.close() }
  }

  deinit { mode.close() }
}

extension LineEditor {
  private var isClosed: Bool { shared.withLock { $0.isClosed } }

  /// Adds an event and wakes the reading thread.
  func post(_ event: Event) {
    shared.withLock { $0.events.append(event) }
    wake.wake()
  }

  /// Takes the events that came.
  func takeEvents() -> [Event] {
    _ = wake.drain()
    return shared.withLock { shared in
      defer { shared.events = [] }
      return shared.events
    }
  }

  private func subscribe() -> [Subscription] {
    [
      Signals.shared.onInterrupt { [weak self] in self?.post(.interrupt) },
      Signals.shared.onResize { [weak self] in self?.post(.resize) },
      Signals.shared.onSuspend { [weak self] in self?.post(.suspend) },
    ]
  }

  /// Prints what came too late to be printed above the line.
  private func finishReading() {
    let isClosed = shared.withLock { shared in
      shared.isReading = false
      for case .print(let text) in shared.events { Platform.write(output, text.utf8) }
      shared.events = []
      return shared.isClosed
    }
    if isClosed { mode.close() }
  }

  private func edit(
    _ prompt: StyledText, _ continuation: StyledText, _ text: String, isPlain: Bool,
    _ renderer: Renderer
  ) -> ReadOutcome {
    let subscriptions = subscribe()
    defer { for subscription in subscriptions { subscription.cancel() } }
    mode.enter(.editing)
    let wires = EditSession.Wires(self, renderer: renderer)
    let outcome =
      isPlain
      ? plainSession.read(
        prompt: prompt.plain, continuation: continuation.plain, text: text, wires)
      : session.read(prompt: prompt, continuation: continuation, text: text, wires)
    if !isClosed { mode.enter(.waiting) }
    return outcome
  }

  /// Reads from a terminal that shows nothing of what is typed: the lines come edited.
  private func readCooked(_ prompt: StyledText, _ continuation: StyledText) -> ReadOutcome {
    mode.enter(.original)
    shared.withLock { $0.cookedPrompt = prompt.plain }
    defer { shared.withLock { $0.cookedPrompt = nil } }
    let reader = PlainReader(input: input, output: output, needsMore: hooks.needsMore)
    return reader.readLine(prompt: prompt.plain, continuationPrompt: continuation.plain)
  }
}
