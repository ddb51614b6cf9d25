import JSONRPC
import LosslessJSON
import Synchronization
import Wire

extension Client {
  // MARK: - Deadlines

  /// Sees to it that `expire` runs at the deadline, with one sleeping task for all calls.
  func arm(_ deadline: ContinuousClock.Instant) {
    let isNew = state.withLock { state in
      if let armed = state.armed, armed <= deadline { return false }
      state.armed = deadline
      return true
    }
    guard isNew else { return }
    Task { [weak self] in
      try? await Task.sleep(until: deadline)
      self?.expire(deadline)
    }
  }

  private func expire(_ deadline: ContinuousClock.Instant) {
    state.withLock { state in
      state.conversation.expire(now: .now, unfinished: state.channel?.unfinished ?? [])
      collect(&state)
    }
    deliver()
    let next = state.withLock { state -> ContinuousClock.Instant? in
      // An earlier deadline took over in the meantime; its task goes on from here.
      guard state.armed == deadline else { return nil }
      state.armed = nil
      return state.conversation.nextDeadline
    }
    if let next { arm(next) }
  }

  // MARK: - Delivery

  func perform(_ change: @Sendable (inout Conversation) -> Void) {
    state.withLock { state in
      change(&state.conversation)
      collect(&state)
    }
    deliver()
  }

  /// Moves the conversation's effects to the outbox.
  func collect(_ state: inout State) {
    if state.conversation.hasNewDeadline {
      state.conversation.hasNewDeadline = false
      if let deadline = state.conversation.nextDeadline { state.outbox.append(.arm(deadline)) }
    }
    let effects = state.conversation.takeEffects()
    for effect in effects {
      state.outbox.append(.effect(effect, state.channel))
      guard case .publish(.ended(let exchange)) = effect else { continue }
      state.log.append(exchange)
      if exchange.ending != .received {
        state.isSwift = exchange.ending == .replied && exchange.duration ?? .zero < Self.moment
      }
    }
  }

  /// Does what is in the outbox, in order, one thread at a time and outside the lock.
  func deliver() {
    var isMine = false
    while true {
      let next = state.withLock { state -> [Delivery] in
        if state.isDelivering, !isMine { return [] }
        isMine = true
        state.isDelivering = !state.outbox.isEmpty
        return state.outbox.takeAll()
      }
      if next.isEmpty { return }
      for task in next { carryOut(task) }
    }
  }

  private func carryOut(_ task: Delivery) {
    switch task {
    case .effect(.send(let id, let bytes, let options), let channel):
      if let channel { channel.send(id, bytes, options) } else { refuse(id) }
    case .effect(.cancel(let id), let channel): channel?.cancel(id)
    case .effect(.publish(let event), _):
      observer(event)
      guard case .ended(let exchange) = event, exchange.ending != .received else { break }
      if exchange.isUnattended { subscribeAgain(after: exchange) } else { handOver(exchange) }
    case .open(let channel, let sink): channel.open(sink)
    case .resumeClose(let closer): closer.resume()
    case .arm(let deadline): arm(deadline)
    }
  }

  /// Gives an exchange to who waits for it, now that the observer knows, or keeps it for who will.
  private func handOver(_ exchange: Exchange) {
    let waiter = state.withLock { state in
      let waiter = state.waiters.removeValue(forKey: exchange.number)
      if waiter == nil { state.early[exchange.number] = exchange }
      return waiter
    }
    waiter?.resume(returning: exchange)
  }

  /// Ends a send for which there is no channel.
  private func refuse(_ id: SendID) {
    state.withLock { state in
      let outcome = SendOutcome(timings: Timings(start: .now), error: state.failure)
      state.conversation.receive(.finished(id, outcome), now: .now, wallTime: Self.wallTime())
      collect(&state)
    }
  }
}

extension Array {
  fileprivate mutating func takeAll() -> [Element] {
    defer { self = [] }
    return self
  }
}
