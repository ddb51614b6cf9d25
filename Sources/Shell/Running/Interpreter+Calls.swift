import Catalog
import JSONRPC
import LosslessJSON
import Session
import Terminal
import View
import Wire

extension Interpreter {
  /// Calls a method as a line says it.
  func call(
    _ call: Statement.Call, _ statement: Statement, _ line: String,
    options: CallOptions = CallOptions(), asNotification: Bool = false
  ) async throws(Complaint) -> ExitStatus {
    let client = try connected()
    // A moment's patience right after connecting: params are named and checked by what comes.
    if client.dialect.needsOpening {
      // Of a server with a handshake one knows first what can be called.
      await learnMethods()
    } else {
      await awaitProbe(atMost: .milliseconds(500))
    }
    var call = call
    if workspace != nil {
      call = try await resolvePlace(
        of: call, knowledge.value.catalog[call.method], isUnchecked: statement.isUnchecked, line)
    }
    let method = knowledge.value.catalog[call.method]
    let params = try checkedParams(of: call, method, client, statement, line)
    let isNotification = asNotification || method?.isNotification == true
    if isNotification, !asNotification {
      screen.note(
        StyledText("\(SafeText.escape(call.method)) is a notification: no reply is due", .note))
    }
    var options = options
    options.headers += mirroredHeaders(method, params, client)
    let template = template(for: call.method, statement)
    let carried = method?.carried(params) ?? (method: call.method, params: params)
    let sent = try templated(carried.method, carried.params, template, call)
    let outgoing = templated(
      try request(sent.method, sent.params, options, client, isNotification), template)
    var statement = statement
    statement.doubt = doubt(about: params, call, method)
    if statement.isBackground {
      return try sendInBackground(outgoing, options, statement, line)
    }
    return try await send(outgoing, options, statement)
  }

  /// The params of a call, compared with what is known of the method unless `! ` forbids it.
  func checkedParams(
    of call: Statement.Call, _ method: Method?, _ client: Client, _ statement: Statement,
    _ line: String
  ) throws(Complaint) -> JSON? {
    let isChecked = settings.value.checks && !statement.isUnchecked
    if method == nil { try refuseControlCharacters(call) }
    if isChecked, method == nil { try refuseMistyped(call, line) }
    let isPositional =
      client.dialect.version == .v1 || template(for: call.method, statement)?.isPositional == true
    let params = try params(of: call, method, isPositional, line)
    if isChecked, let method, !method.isGuess, let fault = ParamCheck.fault(params, method: method)
    {
      throw Complaint(fault, hint: hint(call, params, line))
    }
    return params
  }

  var isShell: Bool { settings.value.isShell }

  private func hint(_ call: Statement.Call, _ params: JSON?, _ line: String) -> String {
    if let asOne = asOnlyParam(call, params) { return asOne }
    if !isShell { return "without --openrpc it is sent unchecked" }
    let all = line.utf8.count <= 60 && !line.contains("\n") ? line : "\(call.method) …"
    return "`.describe \(call.method)` tells more; `! \(all)` sends it all the same"
  }

  /// A terminal that edits for itself lets cursor keys through as escape sequences.
  private func refuseControlCharacters(_ call: Statement.Call) throws(Complaint) {
    guard !call.isQuoted,
      call.method.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
    else { return }
    throw Complaint(
      "the method's name has control characters: \(SafeText.escape(call.method))",
      hint: "quote it if it is meant; nothing was sent")
  }

  private func request(
    _ method: String, _ params: JSON?, _ options: CallOptions, _ client: Client,
    _ isNotification: Bool
  ) throws(Complaint) -> Outgoing {
    let version = client.dialect.version
    do throws(MessageError) {
      if isNotification {
        return Outgoing(try .notification(method, params: params, version: version))
      }
      let id = options.id ?? client.nextID()
      return Outgoing(try Request(method, params: params, id: id, version: version))
    } catch {
      throw Complaint(error.message, hint: error == .idKind ? "give --id a number or a string" : "")
    }
  }

  /// A method that is not in a complete catalog, but nearly so, is a slip of the fingers.
  private func refuseMistyped(_ call: Statement.Call, _ line: String) throws(Complaint) {
    let catalog = knowledge.value.catalog
    guard !catalog.isEmpty else { return }
    let all = catalog.methods.map(\.name)
    // Half a name is more likely meant than another name of its length.
    let begun = call.method.count < 3 ? [] : all.filter { $0.hasPrefix(call.method) }
    let guesses = Suggestion.nearest(to: call.method, among: all).filter { !begun.contains($0) }
    let near = Array(((begun.count <= 3 ? begun : []) + guesses).prefix(3))
    guard !near.isEmpty, !call.method.hasPrefix("rpc."),
      !call.method.hasPrefix("system.")
    else { return }
    let names = near.joined(separator: " or ")
    let anyway =
      isShell
      ? "`! \(line.utf8.count <= 60 ? line : call.method)` calls it all the same"
      : "without --openrpc it is called unchecked"
    throw Complaint(
      "the server offers no method \(call.method)", hint: "did you mean \(names)? \(anyway)")
  }

  /// The params that the arguments of a call make.
  func params(
    of call: Statement.Call, _ method: Method?, _ isPositional: Bool, _ line: String
  ) throws(Complaint) -> JSON? {
    let variables = knowledge.value.variables
    let binder = ArgumentBinder(
      method: method, isPositionalOnly: isPositional,
      environment: ArgumentBinder.Environment(
        variable: { (reference) throws(ArgumentBinder.BindError) in try variables.value(reference)
        },
        file: { (path) throws(ArgumentBinder.BindError) in try Self.file(path) }))
    do throws(ArgumentBinder.BindError) {
      return try binder.params(call.arguments)
    } catch {
      throw Complaint(Complaint.marked(error.message, error.range, line), hint: error.hint)
    }
  }

  private static func file(_ path: String) throws(ArgumentBinder.BindError) -> [UInt8] {
    do throws(FileText.Fault) {
      return try FileText.read(path)
    } catch {
      throw .init(message: error.message)
    }
  }

  // MARK: - Sending

  /// Sends a message, waits, and shows what came of it.
  func send(
    _ outgoing: Outgoing, _ options: CallOptions, _ statement: Statement
  ) async throws(Complaint) -> ExitStatus {
    let client = try connected()
    let options = try completed(options, client)
    let reminder = remind("waiting; Ctrl-C cancels the call")
    let first = await cancellably(client, outgoing, options, reminder)
    reminder?.cancel()
    let exchange = await supplyingInput(first, outgoing, options, client)
    let status = try await conclude(exchange, statement)
    return exchange.wantedInput == nil ? status : status.combined(with: .errorReply)
  }

  /// Sends and waits; Ctrl-C ends it, but no call in the background.
  func cancellably(
    _ client: Client, _ outgoing: Outgoing, _ options: CallOptions,
    _ reminder: Task<Void, Never>? = nil
  ) async -> Exchange {
    let isAlone = background.running.isEmpty
    if editor != nil {
      let task = Task { await client.send(outgoing, options: options) }
      return await interruption.during({ isAlone ? client.cancelAll() : task.cancel() }) {
        await questions.attend(task) { number in
          reminder?.cancel()
          await ask(number)
        }
      }
    }
    if isAlone {
      return await interruption.during({ client.cancelAll() }) {
        await client.send(outgoing, options: options)
      }
    }
    let task = Task { await client.send(outgoing, options: options) }
    return await interruption.during({ task.cancel() }) { await task.value }
  }

  /// Options with what holds for all calls of the session.
  func completed(_ options: CallOptions, _ client: Client) throws(Complaint) -> CallOptions {
    var options = options
    if client.traits.takesHeaders { options.headers = settings.value.headers + options.headers }
    if !options.headers.isEmpty, !client.traits.takesHeaders {
      throw Complaint("this target takes no headers", hint: "headers go with HTTP targets only")
    }
    options.timeout = options.timeout ?? settings.value.timeout
    return options
  }

  /// Says after a while what is being waited for, and how to end it.
  func remind(_ words: String) -> Task<Void, Never>? {
    guard screen.isInteractive else { return nil }
    return Task { [screen] in
      try? await Task.sleep(for: .seconds(2))
      if !Task.isCancelled { screen.note(StyledText(words, .dim)) }
    }
  }

  /// Shows an exchange that ended, keeps its result, and says how it went.
  func conclude(_ exchange: Exchange, _ statement: Statement) async throws(Complaint) -> ExitStatus
  {
    if !isForOneCall { learn(exchange) }
    if settings.value.json, statement.outputs.isEmpty {
      screen.write(ExchangeRecord.line(exchange) + [0x0A])
      if exchange.reply?.isBroken != true { keep(exchange.response?.result, statement) }
      return exchange.status
    }
    switch exchange.ending {
    case .replied: return try await concludeReply(exchange, statement)
    case .sent:
      if settings.value.log == .off, screen.isInteractive { screen.note(StyledText("sent", .dim)) }
    case .timedOut(let after):
      var complaint = Complaint(.timedOut(after: after), isShell: isShell)
      if !exchange.stderr.isEmpty || !exchange.stray.isEmpty {
        complaint.hint = "what the server wrote meanwhile stands above; \(complaint.hint)"
      } else if exchange.findings.isEmpty, let doubt = doubt(about: exchange) {
        complaint.hint += "; \(doubt)"
      }
      screen.note(complaint.text)
      showFindings(exchange)
    case .cancelled: screen.note(StyledText("cancelled", .warning))
    case .failed(let error):
      let target = connection?.displayName ?? ""
      // What was found in the reply says more than how the transfer ended.
      if exchange.findings.contains(where: { $0.severity == .error && $0.rule.hasPrefix("http.") })
      {
        showFindings(exchange)
      } else {
        screen.note(Complaint(error, target: target, isShell: isShell).text)
      }
      if let body = exchange.messages.last?.frame.bytes, !isLogged { screen.note(excerpt(body)) }
    case .pending, .received: break
    }
    return exchange.status
  }

  /// Why a server may be silent: what it was sent, or how.
  private func doubt(about exchange: Exchange) -> String? {
    guard let json = try? JSON(reading: exchange.request) else {
      return "what was sent is no valid JSON: some servers wait for the rest of it, others drop it"
    }
    if case .other = Message(json) {
      return "what was sent is no request of JSON-RPC: some servers drop that"
    }
    if let params = json["params"], !params.isContainer, !params.isNull {
      return "params must be an array or an object: some servers drop other requests"
    }
    return otherFraming(for: exchange)
  }

  /// Which framing a server may want that has never said anything over this connection.
  private func otherFraming(for exchange: Exchange) -> String? {
    guard let client, exchange.head == nil,
      client.log.kept.allSatisfy({
        $0.messages.isEmpty && $0.stderr.isEmpty && $0.stray.isEmpty
      })
    else { return nil }
    let option = isShell ? "`.set framing" : "`--framing"
    switch client.traits.framing {
    case "headers": return "a server that reads a message a line wants \(option) lines`"
    case "lines", "values":
      return "a server that wants Content-Length headers, as language servers do: "
        + "\(option) headers`"
    default: return nil
    }
  }

  private func concludeReply(
    _ exchange: Exchange, _ statement: Statement
  ) async throws(Complaint) -> ExitStatus {
    forgetProposal(before: exchange)
    let text = ExchangeText(width: screen.width, maxLines: maxLines, maxTokenBytes: maxTokenBytes)
    // One error for all of a batch is no reply to any of its elements.
    let isRefused = exchange.reply?.json?.kind == .object && exchange.response?.ok == false
    if exchange.kind == .batch, !exchange.responses.isEmpty, !isRefused {
      keep(exchange.reply?.json, statement)
      if !statement.outputs.isEmpty, let reply = exchange.reply?.json {
        return exchange.status.combined(with: try await deliver(reply, statement))
      }
      showBatch(exchange)
    } else if let response = exchange.response, exchange.reply?.isBroken != true {
      switch response.outcome {
      case .result(let value):
        keep(value, statement)
        showFindings(exchange)
        let outcome = try await deliver(value, statement)
        showReading(exchange, value, isShown: statement.outputs.isEmpty)
        if exchange.isToolError {
          screen.note(StyledText("the tool says that it failed (isError)", .warning))
        }
        showFacts(exchange, text)
        return exchange.status.combined(with: outcome)
      case .error(let error):
        screen.note(text.error(error))
        suggest(after: error, exchange, statement)
        showFacts(exchange, text)
      }
    } else {
      showMalformed(exchange, text)
    }
    showFindings(exchange)
    showUnplaced(exchange)
    showMended(exchange)
    return exchange.status
  }

  /// Whether log lines on the screen show the beginning of every message.
  var isLogged: Bool { screen.isInteractive && settings.value.log == .on }
  private var maxLines: Int { screen.isInteractive ? settings.value.lines : .max }
  var maxTokenBytes: Int { screen.isInteractive ? 4000 : .max }

  private func keep(_ value: JSON?, _ statement: Statement) {
    guard let value else { return }
    knowledge.update {
      $0.variables.set("_", value)
      if let name = statement.capture { $0.variables.set(name, value) }
    }
    if let name = statement.capture, screen.isInteractive {
      screen.note(StyledText("kept as ", .dim) + StyledText("$\(name)", .variable))
    }
  }

  /// Remembers a call that worked, for completion: the method where the server describes nothing, and
  /// the values that came back.
  private func learn(_ exchange: Exchange) {
    guard let method = exchange.method, exchange.response?.ok == true else { return }
    let sent = try? JSON(reading: exchange.request)
    let result = exchange.response?.result
    knowledge.update { $0.learn(sent, method, result) }
  }
}

extension Exchange {
  /// Whether it is the result of a tool of MCP that says it failed: to the protocol that is a result.
  var isToolError: Bool {
    guard method == "tools/call", case .result(let value)? = response?.outcome else { return false }
    return value["isError"]?.bool == true
  }

  /// What the exchange means for the program's exit status.
  var status: ExitStatus {
    switch ending {
    case .cancelled: return .interrupted
    case .timedOut, .failed: return .unreachable
    case .sent, .received, .pending: return .ok
    case .replied: break
    }
    if response == nil, let status = head?.status, [401, 403, 407].contains(status) {
      return .refused
    }
    if isMalformed { return .malformed }
    if kind == .batch, !responses.isEmpty { return responses.allSatisfy(\.ok) ? .ok : .errorReply }
    if let response { return response.ok && !isToolError ? .ok : .errorReply }
    let isTaken = head.map { (200..<300).contains($0.status) } ?? false
    return kind == .notification && isTaken ? .ok : .malformed
  }
}
