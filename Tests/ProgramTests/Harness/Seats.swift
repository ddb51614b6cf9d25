import Testing

/// Lets only so many of these tests run at once, so that each has its share of the machine.
struct Seats: SuiteTrait, TestTrait, TestScoping {
  let isRecursive = true

  func provideScope(
    for test: Test, testCase: Test.Case?,
    performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    // A suite's scope holds its tests' scopes: only the tests take seats.
    guard testCase != nil else { return try await function() }
    await Room.shared.enter()
    defer { Task { await Room.shared.leave() } }
    try await function()
  }
}

extension Trait where Self == Seats {
  /// Waits for a free seat before the test begins.
  static var seated: Seats { Seats() }
}

/// The seats.
private actor Room {
  static let shared = Room()
  private var free = 4
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func enter() async {
    if free > 0 {
      free -= 1
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  func leave() {
    if waiting.isEmpty {
      free += 1
    } else {
      waiting.removeFirst().resume()
    }
  }
}
