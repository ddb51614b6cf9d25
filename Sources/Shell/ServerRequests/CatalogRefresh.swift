import Catalog
import Session
import Synchronization
import Terminal

/// Asks again what the server offers when it says that this changed.
final class CatalogRefresh: Sendable {
  private struct State {
    weak var client: Client?
    var isPlanned = false
  }

  private let screen: Screen
  private let knowledge: Shared<Knowledge>
  private let completion: ServerCompletion
  private let state = Mutex(State())

  init(_ screen: Screen, _ knowledge: Shared<Knowledge>, _ completion: ServerCompletion) {
    (self.screen, self.knowledge, self.completion) = (screen, knowledge, completion)
  }

  /// Says whom to ask.
  func attach(_ client: Client) { state.withLock { $0.client = client } }

  /// Whether a notification says that a list changed.
  static func isNews(_ method: String?) -> Bool {
    guard let method else { return false }
    return method.hasPrefix("notifications/") && method.hasSuffix("/list_changed")
  }

  /// Asks soon; changes that come at once are asked for once.
  func plan() {
    let isFirst = state.withLock { state in
      defer { state.isPlanned = true }
      return !state.isPlanned
    }
    guard isFirst, !knowledge.value.isFixed else { return }
    Task { [self] in
      try? await Task.sleep(for: .milliseconds(100))
      let client = state.withLock { state in
        state.isPlanned = false
        return state.client
      }
      guard let client, client.isConnected else { return }
      let before = knowledge.value.catalog.methods.map(\.name)
      guard let catalog = await Discovery(client: client).run().catalog, client.isConnected else {
        return
      }
      completion.forget()
      knowledge.update { if !$0.isFixed { $0.catalog = catalog } }
      tell(before, catalog.methods.map(\.name))
    }
  }

  private func tell(_ before: [String], _ after: [String]) {
    guard screen.isInteractive, before != after else { return }
    let added = after.filter { !before.contains($0) }.map { "+" + $0 }
    let removed = before.filter { !after.contains($0) }.map { "-" + $0 }
    let names = (added + removed).prefix(6).joined(separator: " ")
    screen.note(StyledText("what the server offers changed: \(SafeText.escape(names))", .dim))
  }
}
