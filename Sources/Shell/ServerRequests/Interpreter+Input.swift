import Catalog
import JSONRPC
import LosslessJSON
import Session
import Terminal
import Wire

/// MCP without sessions: a result may say what is wanted first, and the call is made again with it.
extension Interpreter {
  /// So often the server may want more.
  private static let mostRounds = 10

  /// Gives the server what it wants, as often as it wants something, and makes the call again.
  func supplyingInput(
    _ first: Exchange, _ outgoing: Outgoing, _ options: CallOptions, _ client: Client
  ) async -> Exchange {
    var exchange = first
    guard client.dialect is MCPDialect, let request = outgoing.request else { return exchange }
    for round in 0..<Self.mostRounds {
      guard let result = exchange.wantedInput else { return exchange }
      guard let responses = await responses(to: result, client),
        let again = Self.repeated(request, result, responses, id: client.nextID())
      else { return exchange }
      if responses.isEmpty {
        // It only wants to be asked again.
        try? await Task.sleep(for: .milliseconds(min(50 << round, 250)))
      }
      var options = options
      options.id = nil
      exchange = await cancellably(client, Outgoing(again), options)
    }
    if exchange.wantedInput != nil {
      screen.note(
        StyledText("the server wanted input \(Self.mostRounds) times: given up", .warning))
    }
    return exchange
  }

  /// The answers to all that is wanted; nil if somebody refused, or nobody is there.
  private func responses(to result: JSON, _ client: Client) async -> [(String, JSON)]? {
    var responses: [(String, JSON)] = []
    for member in (result["inputRequests"] ?? [:]).members {
      guard let call = Question.call(member.name, member.value) else {
        screen.note(StyledText("what the server wants can't be read", .warning))
        return nil
      }
      let outcome: Response.Outcome
      if let ready = client.readyAnswer(to: call) {
        outcome = ready
      } else if let reader = formReader {
        outcome = await answer(to: call, by: reader)
      } else {
        outcome = client.dialect.refusal(of: call)
      }
      guard case .result(let value) = outcome else {
        screen.note(refusedInput(call).text)
        return nil
      }
      responses.append((member.name, value))
    }
    return responses
  }

  private func refusedInput(_ call: ReceivedCall) -> Complaint {
    let message = call.params?["message"]?.string.map { ": \($0)" } ?? ""
    return Complaint(
      "the server wants \(call.method) first\(message)",
      hint: editor == nil ? "--answer \(call.method)=JSON gives it" : "it was refused")
  }

  private static func repeated(
    _ request: Request, _ result: JSON, _ responses: [(String, JSON)], id: RequestID
  ) -> Request? {
    let before = request.params.map { $0.members.map { ($0.name, $0.value) } } ?? []
    var members = before.filter { $0.0 != "inputResponses" && $0.0 != "requestState" }
    if !responses.isEmpty { members.append(("inputResponses", .object(responses))) }
    if let state = result["requestState"] { members.append(("requestState", state)) }
    return try? Request(request.method, params: .object(members), id: id)
  }
}

extension Interpreter {
  /// The headers that repeat a tool's arguments, where the server's era has them.
  func mirroredHeaders(_ method: Method?, _ params: JSON?, _ client: Client) -> [HeaderField] {
    guard client.traits.takesHeaders, let method, let mcp = client.dialect as? MCPDialect,
      case .stateless = mcp.era
    else { return [] }
    return method.mirroredHeaders(params)
  }
}

extension Exchange {
  /// The result that only says which input is wanted; nil for others.
  var wantedInput: JSON? {
    guard let result = response?.result, result["resultType"]?.isString("input_required") == true
    else { return nil }
    return result
  }
}
