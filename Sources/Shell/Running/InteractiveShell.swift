import Recording
public import Terminal

/// The shell for a person: reads a line, runs it, again.
public enum InteractiveShell {
  /// Runs until the user leaves; the connection is closed then.
  ///
  /// `start` connects, once the editor stands.
  public static func run(
    _ interpreter: Interpreter, historyName: String, greeting: StyledText?, plain: Bool,
    start: () async throws(Complaint) -> Void
  ) async -> ExitStatus {
    Signals.shared.start()
    let history = History(path: HistoryPath.path(target: historyName))
    interpreter.history = history
    let knowledge = interpreter.knowledge
    // Without colours a ghost can't be told from what was typed; plain lines show it in a row.
    let hasColor = interpreter.screen.output.color
    let settings = interpreter.settings
    let (asked, completion) = (interpreter.askedField, interpreter.completion)
    let hooks = EditorHooks(
      highlight: {
        asked.value == nil ? Highlighter(knowledge: knowledge.value).highlight($0) : StyledText($0)
      },
      hint: {
        guard hasColor || settings.value.plain else { return "" }
        if let field = asked.value { return FieldHooks(field: field).hint($0) }
        return Hinter(knowledge: knowledge.value).hint($0, cursor: $1)
      },
      complete: {
        if let field = asked.value { return FieldHooks(field: field).complete($0, cursor: $1) }
        return Completer(knowledge: knowledge.value, server: completion)
          .complete($0, cursor: $1)
      },
      needsMore: { asked.value == nil && isUnfinished($0) })
    guard
      let editor = LineEditor(history: history, hooks: hooks, renderer: interpreter.screen.output)
    else { return await ScriptShell.run(interpreter, start: start) }
    editor.isPlain = plain
    interpreter.editor = editor
    interpreter.awaitsConnections = true
    interpreter.screen.attach(editor)
    interpreter.settings.update {
      $0.plain = editor.isPlain
      if $0.log == .off { $0.log = .on }
    }
    if let greeting { interpreter.screen.show(greeting) }
    interpreter.tellOfFile()
    do throws(Complaint) { try await start() } catch { interpreter.screen.note(error.text) }
    await loop(interpreter, editor, history)
    await interpreter.giveUpBackground()
    await interpreter.disconnect()
    interpreter.screen.attach(nil)
    editor.close()
    return .ok
  }

  private static func loop(
    _ interpreter: Interpreter, _ editor: LineEditor, _ history: History
  ) async {
    while !interpreter.isFinished {
      let prompt = prompt(interpreter)
      let outcome = await Blocking.run {
        editor.readLine(prompt: prompt, continuationPrompt: StyledText("… ", .continuation))
      }
      switch outcome {
      case .line(let line):
        // A batch that is collected needs its empty line.
        if line[...].trimmed.isEmpty, interpreter.collecting == nil { continue }
        interpreter.remember(line)
        for statement in StatementLines.split(line) where !interpreter.isFinished {
          await interpreter.run(statement)
        }
      case .interrupted: break
      case .endOfInput:
        // Out of a batch that is being collected first, then out of the shell.
        if !interpreter.giveUpBatch() { return }
      }
    }
  }

  /// What stands before a line that is typed now.
  static func prompt(_ interpreter: Interpreter) -> StyledText {
    if let lines = interpreter.collecting {
      return StyledText("batch \(lines.count + 1)", .promptTarget) + StyledText("> ", .prompt)
    }
    guard let connection = interpreter.connection else {
      return StyledText("rpcscope", .promptTarget) + StyledText("> ", .prompt)
    }
    return StyledText(PromptName.of(connection), .promptTarget) + StyledText("> ", .prompt)
  }

  /// Whether Enter goes on in a new line instead of running the statement.
  static func isUnfinished(_ line: String) -> Bool {
    let text = line[...].trimmed
    guard text.hasPrefix(".") else {
      if case .unfinished = StatementParser.parse(line) { return true }
      return false
    }
    // `.send --exact` takes whatever stands there.
    guard let command = Command.named(String(text.dropFirst().prefix { !$0.isWhitespace })),
      command.argument == .call
    else { return false }
    do throws(ScanFailure) {
      _ = try OutputScanner.split(text.drop { !$0.isWhitespace })
      return false
    } catch {
      if case .unfinished = error { return true }
      return false
    }
  }
}
