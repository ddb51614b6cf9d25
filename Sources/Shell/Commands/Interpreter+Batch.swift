import Catalog
import JSONRPC
import LosslessJSON
import Session
import Terminal

extension Interpreter {
  /// Takes a line of a batch that is being collected.
  func collect(_ line: String) async throws(Complaint) -> ExitStatus {
    var lines = collecting ?? []
    let text = String(line[...].trimmed)
    if text == "." {
      giveUpBatch()
      return .ok
    }
    if !text.isEmpty {
      // A line with a fault is not taken, the others stay.
      _ = try element(text)
      lines.append(text)
      collecting = lines
      return .ok
    }
    collecting = nil
    if lines.isEmpty { return .ok }
    return try await sendBatch(lines, Statement(action: .nothing))
  }

  /// Forgets the batch that is being collected; false if none is.
  @discardableResult
  func giveUpBatch() -> Bool {
    guard collecting != nil else { return false }
    collecting = nil
    screen.note(StyledText("the batch was given up", .note))
    return true
  }

  /// Sends lines as one batch.
  func sendBatch(_ lines: [String], _ statement: Statement) async throws(Complaint) -> ExitStatus {
    var requests: [Request] = []
    for line in lines where !line[...].trimmed.isEmpty {
      requests.append(try element(String(line[...].trimmed)))
    }
    let batch: Batch
    do throws(MessageError) { batch = try Batch(requests) } catch {
      throw Complaint(error.message)
    }
    return try await send(Outgoing(batch), CallOptions(), statement)
  }

  /// One call or notification of a batch.
  private func element(_ line: String) throws(Complaint) -> Request {
    let client = try connected()
    var text = line
    let isNotification = text.hasPrefix(".notify ")
    if isNotification { text = String(text.dropFirst(8)[...].trimmed) }
    if text.hasPrefix("."), !isNotification {
      throw Complaint("only calls and .notify can stand in a batch: \(text)")
    }
    if text.hasPrefix("{") || text.hasPrefix("[") {
      throw Complaint(
        "a message as it stands can't be an element of a batch",
        hint: "an element is METHOD ARGUMENTS; a line outside that begins with [ is sent untouched")
    }
    let (statement, call) = try CommandLine.call(text, "batch")
    guard statement.outputs.isEmpty, statement.capture == nil, !statement.isBackground else {
      throw Complaint(
        "an element of a batch has no output, no variable and no & of its own: \(text)",
        hint: "`x = .batch …` keeps the whole reply")
    }
    let method = knowledge.value.catalog[call.method]
    let params = try checkedParams(of: call, method, client, statement, text)
    let template = template(for: call.method, statement)
    if template?.members.isEmpty == false {
      throw Complaint(
        "the template of this target adds members to a message, which no batch can have yet",
        hint: "`! \(text)` leaves them out; a line that begins with [ is sent as it stands")
    }
    let carried = method?.carried(params) ?? (method: call.method, params: params)
    let sent = try templated(carried.method, carried.params, template)
    do throws(MessageError) {
      if isNotification || method?.isNotification == true {
        return try .notification(sent.method, params: sent.params, version: client.dialect.version)
      }
      return try Request(
        sent.method, params: sent.params, id: client.nextID(), version: client.dialect.version)
    } catch {
      throw Complaint(error.message)
    }
  }
}
