import LosslessJSON
import Synchronization

/// Runs one call and tells what came of it.
struct CallRunner: Sendable {
  let service: Service
  let context: CallContext

  private var options: ServiceOptions { service.options }

  /// The reply, or nil if none is to be sent.
  func reply() async -> Reply? {
    let start = ContinuousClock.now
    let outcome = await outcome()
    if let observer = options.observer {
      observer(
        ServedCall(
          call: context.call, id: context.id, outcome: outcome,
          duration: ContinuousClock.now - start))
    }
    guard let id = context.id, !context.reply.isWithheld else { return nil }
    return Reply(outcome: outcome, id: id, version: context.version)
  }

  private func outcome() async -> Response.Outcome {
    guard let method = service.dispatcher[context.method] else {
      let fault = Fault(.methodNotFound, JSON(context.method).text)
      return .error(fault.object(options.detail))
    }
    // Over before anybody could take it back.
    if method.isQuick, options.callTimeout == nil { return await perform(method) }
    let startsHere = method.isQuick || !options.sparesCallersThread
    let work = Self.start(here: startsHere) { await perform(method) }
    let run = context.peer.began(context.id) { work.cancel() }
    defer { context.peer.ended(run) }
    return await withTaskCancellationHandler {
      guard let limit = options.callTimeout else { return await work.value }
      return await race(work, against: limit)
    } onCancel: {
      work.cancel()
    }
  }

  private func perform(_ method: RPCMethod) async -> Response.Outcome {
    do {
      return .result(try await method.run(context.call.params, context))
    } catch let error as RPCError {
      return .error(error.object)
    } catch let fault as Fault {
      return .error(fault.object(options.detail))
    } catch is CancellationError {
      return .error(Fault(.requestCancelled, "").object(options.detail))
    } catch {
      return .error(failure(error))
    }
  }

  /// What a method threw belongs to the inside, so it is told only when asked for.
  private func failure(_ error: any Error) -> ErrorObject {
    let fault = Fault(.serverError, "")
    guard options.detail == .full else { return fault.object(options.detail) }
    let data: JSON = ["type": JSON("\(type(of: error))"), "message": JSON("\(error)")]
    return ErrorObject(code: fault.code.rawValue, message: fault.name, data: data)
  }

  // MARK: - Time

  /// Whichever comes first: the end of the work or of the time for it.
  private func race(
    _ work: Task<Response.Outcome, Never>, against limit: Duration
  ) async -> Response.Outcome {
    let fault = Fault(.serverError, "the call took longer than \(limit)")
    let late = Response.Outcome.error(fault.object(options.detail))
    return await withCheckedContinuation { continuation in
      let first = First(continuation)
      let clock = Task {
        guard (try? await Task.sleep(for: limit)) != nil else { return }
        if first.resume(late) { work.cancel() }
      }
      Task {
        first.resume(await work.value)
        clock.cancel()
      }
    }
  }

  /// Starts work at once, up to its first wait, where the system can.
  private static func start(
    here: Bool, _ body: @escaping @Sendable () async -> Response.Outcome
  ) -> Task<Response.Outcome, Never> {
    if #available(macOS 26, *), here {
      Task.immediate { await body() }
    } else {
      Task { await body() }
    }
  }
}

/// A continuation of which only the first resumption counts.
private final class First: Sendable {
  private let continuation: Mutex<CheckedContinuation<Response.Outcome, Never>?>

  init(_ continuation: CheckedContinuation<Response.Outcome, Never>) {
    self.continuation = Mutex(continuation)
  }

  @discardableResult
  func resume(_ outcome: Response.Outcome) -> Bool {
    let waiting = continuation.withLock { $0.take() }
    waiting?.resume(returning: outcome)
    return waiting != nil
  }
}
