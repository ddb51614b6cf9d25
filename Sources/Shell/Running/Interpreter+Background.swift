import Session
import Terminal

extension Interpreter {
  /// Sends a message and gives the prompt back at once; what comes of it is shown when it comes.
  func sendInBackground(
    _ outgoing: Outgoing, _ options: CallOptions, _ statement: Statement, _ line: String
  ) throws(Complaint) -> ExitStatus {
    let client = try connected()
    let options = try completed(options, client)
    for case .pipe(let command) in statement.outputs where screen.isInteractive {
      throw Complaint(
        "a call in the background can't be piped into \(command), which would share the terminal",
        hint: "`> FILE` keeps its result, and `x = … &` does")
    }
    let number = background.begin(line)
    let (screen, settings, knowledge) = (screen, settings, knowledge)
    let (connection, background, workspace) = (connection, background, workspace)
    let task = Task { () -> ExitStatus in
      let exchange = await client.send(outgoing, options: options)
      defer { background.end(number) }
      if background.isGivenUp { return .interrupted }
      // One of its own, since ours may be running another line.
      let shell = Interpreter(screen: screen, settings: settings, knowledge: knowledge)
      (shell.client, shell.connection, shell.workspace) = (client, connection, workspace)
      if exchange.wantedInput != nil {
        screen.note(StyledText("the server wants input: without the & it is asked for", .warning))
      }
      return await shell.show(exchange, statement)
    }
    background.attach(number, task)
    return .ok
  }

  private func show(_ exchange: Exchange, _ statement: Statement) async -> ExitStatus {
    do throws(Complaint) {
      return try await conclude(exchange, statement)
    } catch {
      screen.note(error.text)
      return error.status
    }
  }

  /// Waits for the calls in the background, at the end of a script.
  func finishBackground() async {
    let background = background
    let status = await interruption.during({ background.cancel() }) { await background.wait() }
    record(status)
  }

  /// Ends the calls in the background, when a person leaves.
  func giveUpBackground() async {
    let count = background.giveUp()
    _ = await background.wait()
    if count > 0 {
      let calls = count == 1 ? "a call" : "\(count) calls"
      screen.note(StyledText("\(calls) in the background came to no end", .note))
    }
  }
}
