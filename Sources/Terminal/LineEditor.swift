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
  private let shared: Mutex<Shared>
  /// While there is a prompt to go back to, an interrupt that nobody waits for ends nothing.
  private let interruptGuard: Subscription
  /// The part that one thread uses at a time.
  ///
  /// Guard: `isReading` in `shared`, which only the thread inside `readLine` may set.
  nonisolated(unsafe) private let session: EditSession

  struct Shared {
    var isReading = false
    var isPlain = false
    var isClosed = false
    var renderer: Renderer
    var events: [Event] = []
  }

  /// What happened elsewhere that the reading thread has to see to.
  enum Event: Sendable {
    case print(String)
    case resize, interrupt, suspend, close
  }

  /// An editor on the terminal behind two descriptors; nil if they are none that it can use.
  ///
  /// `bindings` names the user's file of key bindings; nil means `~/.editrc` (or `$EDITRC`), an
  /// empty name none.
  public init?(
    input: Int32 = 0, output: Int32 = 1, history: History, hooks: EditorHooks = EditorHooks(),
    renderer: Renderer = Renderer(color: true), bindings: String? = nil
  ) {
    guard isatty(input) == 1, isatty(output) == 1 else { return nil }
    mode = TerminalMode(input: input, output: output)
    interruptGuard = Signals.shared.onInterrupt {}
    (self.input, self.output, self.hooks, self.history) = (input, output, hooks, history)
    guard let engine = EditEngine(input: input, output: output) else { return nil }
    shared = Mutex(Shared(renderer: renderer))
    session = EditSession(engine, history: history, hooks: hooks)
    session.bindKeys(userFile: bindings)
    // libedit changes the terminal as soon as it is told which flags to use.
    mode.enter(.original)
  }

  /// Whether nothing is ever redrawn, as screen readers need it.
  ///
  /// Lines are then edited by the terminal itself, without colour, hints and completion. Takes
  /// effect with the next line.
  public var isPlain: Bool {
    get { shared.withLock { $0.isPlain } }
    set { shared.withLock { $0.isPlain = newValue } }
  }

  /// How roles become colours, from the next line on.
  public var renderer: Renderer {
    get { shared.withLock { $0.renderer } }
    set { shared.withLock { $0.renderer = newValue } }
  }

  /// Reads one statement; blocks, so it needs a thread of its own.
  ///
  /// The history is not added to: the caller knows what is worth keeping.
  public func readLine(prompt: StyledText, continuationPrompt: StyledText = "") -> ReadOutcome {
    let settings = shared.withLock { shared in
      precondition(!shared.isReading, "a line is being read already")
      shared.isReading = !shared.isClosed
      return (shared.isClosed, shared.isPlain, shared.renderer)
    }
    if settings.0 { return .endOfInput }
    let outcome: ReadOutcome
    if settings.1 {
      outcome = readPlainly(prompt, continuationPrompt)
    } else {
      let subscriptions = subscribe()
      defer { for subscription in subscriptions { subscription.cancel() } }
      mode.enter(.editing)
      let wires = EditSession.Wires(self, renderer: settings.2)
      outcome = session.read(prompt: prompt, continuation: continuationPrompt, wires)
      if !isClosed { mode.enter(.waiting) }
    }
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
      if shared.isReading, !shared.isPlain {
        shared.events.append(.print(text))
        return true
      }
      Platform.write(output, text.utf8)
      return false
    }
    if isReading { wake.wake() }
  }

  /// Prints styled text above the line that is being read, or just prints it if none is.
  public func printAbove(_ text: StyledText) { printAbove(renderer.render(text)) }

  /// Gives the terminal to another program, as it was found, while no line is read.
  public func suspend() { mode.enter(.original) }

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

  private func readPlainly(_ prompt: StyledText, _ continuation: StyledText) -> ReadOutcome {
    mode.enter(.original)
    let reader = PlainReader(input: input, output: output, needsMore: hooks.needsMore)
    return reader.readLine(prompt: prompt.plain, continuationPrompt: continuation.plain)
  }
}
