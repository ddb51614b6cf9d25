import Catalog
import JSONRPC
import LosslessJSON
import Recording
import Session

/// Methods learned from what was kept of a target: its recordings and its history.
struct PastCalls: Sendable {
  /// The target as recordings name it.
  let target: String
  /// The folder of recordings, if sessions are kept.
  let folder: RecordingFolder?
  /// The lines that were typed, the newest last.
  let lines: [String]

  private static let mostFiles = 5
  private static let filesLookedAt = 100
  private static let mostExchanges = 2000
  private static let mostLines = 2000

  /// What they tell. Blocks.
  func learned() -> LearnedMethods {
    var learned = LearnedMethods()
    var unknown: Set<String> = []
    for file in files() {
      guard let lines = try? file.last(Self.mostExchanges) else { continue }
      for case .exchange(let recorded) in lines.map(\.entry) {
        take(recorded.exchange, &learned, &unknown)
      }
    }
    takeHistory(&learned, unknown)
    return learned
  }

  private func files() -> [SessionFile] {
    guard let folder, let paths = try? folder.list() else { return [] }
    var found: [SessionFile] = []
    for path in paths.prefix(Self.filesLookedAt) where found.count < Self.mostFiles {
      guard let file = try? SessionFile(opening: path), file.header.target == target else {
        continue
      }
      found.append(file)
    }
    return found
  }

  private func take(
    _ exchange: Exchange, _ learned: inout LearnedMethods, _ unknown: inout Set<String>
  ) {
    guard exchange.purpose == .ordinary, exchange.kind == .call, let method = exchange.method,
      let response = exchange.response
    else { return }
    switch response.outcome {
    case .result(let result):
      let params = (try? JSON(reading: exchange.request))?["params"]
      learned.take(method, params: params, result: result)
    case .error(let error):
      if error.code == ErrorCode.methodNotFound.rawValue { unknown.insert(method) }
    }
  }

  /// Calls that were typed, where no recording tells of the method: nobody knows how they went.
  private func takeHistory(_ learned: inout LearnedMethods, _ unknown: Set<String>) {
    let recorded = learned
    let binder = ArgumentBinder(
      method: nil, isPositionalOnly: false,
      environment: .init(
        variable: { (_) throws(ArgumentBinder.BindError) in .null },
        file: { (_) throws(ArgumentBinder.BindError) in [] }))
    for line in lines.suffix(Self.mostLines) {
      guard case .statement(let statement) = StatementParser.parse(line),
        case .call(let call) = statement.action, !unknown.contains(call.method),
        !recorded.contains(call.method),
        Misreading(call: call, knowledge: Knowledge(), line: line).complaint == nil
      else { continue }
      learned.take(call.method, params: (try? binder.params(call.arguments)) ?? nil)
    }
  }
}
