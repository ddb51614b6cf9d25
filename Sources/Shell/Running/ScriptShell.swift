import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The shell for scripts: statements from standard input or the command line, nothing drawn.
public enum ScriptShell {
  /// Runs statements from standard input to its end.
  public static func run(
    _ interpreter: Interpreter, start: () async throws(Complaint) -> Void
  ) async -> ExitStatus {
    Signals.shared.start()
    guard await begin(interpreter, start) else { return interpreter.status }
    // With --json a person may sit there all the same.
    let name = SafeText.escape(interpreter.connection?.displayName ?? "rpcscope")
    let prompt = isatty(0) == 1 ? "\(name)> " : ""
    // Guard: one thread at a time, since each line is awaited before the next is read.
    nonisolated(unsafe) let reader = PlainReader(
      input: 0, output: prompt.isEmpty ? nil : 1, needsMore: { InteractiveShell.isUnfinished($0) })
    var lineCount = 0
    while !interpreter.isFinished {
      // What was read ahead is taken here: going to another thread and back takes longer than a call.
      let outcome =
        reader.hasLine
        ? reader.readLine(prompt: prompt)
        : await Blocking.run { reader.readLine(prompt: prompt) }
      guard case .line(let line) = outcome else {
        if outcome == .interrupted, prompt.isEmpty { interpreter.record(.interrupted) }
        if outcome == .interrupted, !prompt.isEmpty { continue }
        break
      }
      if prompt.isEmpty { interpreter.scriptLine = lineCount + 1 }
      lineCount += line.utf8.count { $0 == 0x0A } + 1
      await interpreter.run(line)
      if interpreter.interruption.count > 0, prompt.isEmpty { break }
    }
    await interpreter.finishBackground()
    interpreter.showRepeated()
    await interpreter.disconnect()
    return interpreter.status.combined(with: interpreter.statusBeside)
  }

  /// Runs statements given on the command line, `;` between several in one.
  public static func run(
    _ interpreter: Interpreter, lines: [String], start: () async throws(Complaint) -> Void
  ) async -> ExitStatus {
    Signals.shared.start()
    guard await begin(interpreter, start) else { return interpreter.status }
    for line in lines {
      for statement in statements(line) where !interpreter.isFinished {
        await interpreter.run(statement)
        if interpreter.interruption.count > 0 { interpreter.isFinished = true }
      }
    }
    await interpreter.finishBackground()
    interpreter.showRepeated()
    await interpreter.disconnect()
    return interpreter.status.combined(with: interpreter.statusBeside)
  }

  /// The statements of one `-e`; a `.batch` keeps its own semicolons.
  private static func statements(_ line: String) -> [String] {
    let parts = StatementSplitter.split(line)
    let batch = parts.firstIndex { $0[...].trimmed.hasPrefix(".batch ") }
    guard let batch else { return parts }
    return Array(parts[..<batch]) + [parts[batch...].joined(separator: ";")]
  }

  private static func begin(
    _ interpreter: Interpreter, _ start: () async throws(Complaint) -> Void
  ) async -> Bool {
    do throws(Complaint) {
      try await start()
      return true
    } catch {
      interpreter.screen.note(error.text)
      interpreter.record(error.status)
      return false
    }
  }
}
