import Catalog
import Dispatch
import JSONRPC
import LosslessJSON
import Session
import Synchronization

/// Values that an MCP server proposes for an argument (`completion/complete`).
///
/// Asked on the thread that reads keys, which waits a moment at most; what comes later is there at the
/// next Tab.
final class ServerCompletion: Sendable {
  /// What is asked about.
  struct Question: Hashable, Sendable {
    /// The prompt or the resource template.
    var reference: JSON
    var argument: String
    /// What was typed of the value.
    var typed: String
    /// The other arguments that were typed.
    var given: [String: String]
  }

  private struct State {
    weak var client: Client?
    var answers: [Question: [String]] = [:]
    var asked: Set<Question> = []
  }

  /// The longest that a Tab waits.
  private static let patience = DispatchTimeInterval.milliseconds(300)
  private static let capacity = 500

  private let state = Mutex(State())

  /// Says whom to ask from now on.
  func attach(_ client: Client?) {
    state.withLock { $0 = State(client: client) }
  }

  /// Forgets what was answered, since the server changed.
  func forget() { state.withLock { $0.answers = [:] } }

  /// The values, as far as they are known or come within a moment.
  func values(_ question: Question) -> [String] {
    let (known, client) = state.withLock { state -> ([String]?, Client?) in
      if let known = state.answers[question] { return (known, nil) }
      guard state.asked.insert(question).inserted else { return (nil, nil) }
      return (nil, state.client)
    }
    guard let client else { return known ?? [] }
    let isThere = DispatchSemaphore(value: 0)
    Task { [self] in
      let values = await Self.ask(question, client)
      state.withLock { state in
        state.asked.remove(question)
        if state.answers.count >= Self.capacity { state.answers = [:] }
        if let values { state.answers[question] = values }
      }
      isThere.signal()
    }
    _ = isThere.wait(timeout: .now() + Self.patience)
    return state.withLock { $0.answers[question] } ?? []
  }

  private static func ask(_ question: Question, _ client: Client) async -> [String]? {
    var params: [(String, JSON)] = [
      ("ref", question.reference),
      ("argument", ["name": JSON(question.argument), "value": JSON(question.typed)]),
    ]
    if !question.given.isEmpty {
      let given = question.given.sorted { $0.key < $1.key }.map { ($0.key, JSON($0.value)) }
      params.append(("context", ["arguments": .object(given)]))
    }
    let options = CallOptions(timeout: .seconds(5), purpose: .discovery)
    let exchange = try? await client.call(
      "completion/complete", params: .object(params), options: options)
    guard let result = exchange?.response?.result else { return nil }
    return result["completion"]?["values"].map { $0.elements.prefix(1000).compactMap(\.string) }
  }
}
