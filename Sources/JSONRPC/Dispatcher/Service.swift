import LosslessJSON

/// Answers messages with the methods of a dispatcher: bytes in, bytes out or nothing. It does no
/// input or output of its own; a host does.
public struct Service: Sendable {
  /// The methods.
  public let dispatcher: Dispatcher
  /// How much it takes and tells.
  package(set) public var options: ServiceOptions

  /// A service for those methods.
  public init(_ dispatcher: Dispatcher, options: ServiceOptions = ServiceOptions()) {
    self.dispatcher = dispatcher
    self.options = options
  }

  /// Answers one message, or gives nil if nothing is to be sent back: for notifications, and for
  /// answers to requests of ours.
  public func answer(_ message: [UInt8], from peer: Peer = .unreachable) async -> [UInt8]? {
    let json: JSON
    do throws(JSONReadError) {
      json = try JSON(reading: message, limits: options.limits)
    } catch {
      return refusal(Self.fault(error)).bytes
    }
    guard json.kind == .array else {
      return await answer(element: json, isInBatch: false, peer)?.bytes
    }
    if json.isEmpty {
      return refusal(Fault(.invalidRequest, "a batch must not be empty")).bytes
    }
    if json.count > options.maxBatch {
      let words = "a batch may have at most \(options.maxBatch) elements"
      return refusal(Fault(.invalidRequest, words)).bytes
    }
    return await answer(batch: json, peer)
  }

  private static func fault(_ error: JSONReadError) -> Fault {
    switch error.problem {
    case .tooLarge, .tooManyValues: return Fault(.invalidRequest, error.message)
    default: break
    }
    return Fault(.parseError, error.description)
  }

  private func refusal(_ fault: Fault) -> Reply { Reply(refusal: fault.object(options.detail)) }

  /// The answer to a message that a host could not even hand over, such as one that is too long.
  public func refusal(_ code: ErrorCode, _ explanation: String) -> [UInt8] {
    refusal(Fault(code, explanation)).bytes
  }

  // MARK: - Batches

  /// Runs the elements at once as far as allowed, starting in order, and answers in order.
  private func answer(batch: JSON, _ peer: Peer) async -> [UInt8]? {
    var replies = [Reply?](repeating: nil, count: batch.count)
    await withTaskGroup(of: (Int, Reply?).self) { group in
      var running = 0
      for (place, element) in batch.elements.enumerated() {
        if running >= max(options.maxConcurrent, 1), let (done, reply) = await group.next() {
          replies[done] = reply
          running -= 1
        }
        group.startTask { (place, await answer(element: element, isInBatch: true, peer)) }
        running += 1
      }
      for await (done, reply) in group { replies[done] = reply }
    }
    let sent = replies.compactMap { $0 }
    if sent.isEmpty { return nil }
    var writer = JSONWriter()
    writer.beginArray()
    for reply in sent { reply.write(to: &writer) }
    writer.endArray()
    return writer.bytes
  }

  private func answer(element: JSON, isInBatch: Bool, _ peer: Peer) async -> Reply? {
    switch IncomingCall(element, isInBatch: isInBatch, versions: options.versions) {
    case .call(let call, let id, let version):
      let context = CallContext(call: call, id: id, version: version, peer: peer)
      return await CallRunner(service: self, context: context).reply()
    case .ignored: return nil
    case .invalid(let reason):
      return peer.accept(element) ? nil : refusal(Fault(.invalidRequest, reason))
    }
  }
}

extension TaskGroup {
  /// Adds a task that runs at once until it first waits, where the system can, so that calls begin
  /// in the order in which they came.
  mutating func startTask(_ body: @escaping @Sendable () async -> ChildTaskResult) {
    if #available(macOS 26, *) {
      addImmediateTask { await body() }
    } else {
      addTask { await body() }
    }
  }
}
