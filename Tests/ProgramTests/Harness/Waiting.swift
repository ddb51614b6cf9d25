/// Asks again and again, without blocking a thread, until there is an answer or time is up.
///
/// Tests run beside each other on few threads: none may sleep on one.
func eventually<T>(
  within seconds: Double = 60, _ question: () throws -> T?
) async throws -> T? {
  let deadline = ContinuousClock.now + .seconds(seconds)
  var pause = Duration.milliseconds(1)
  while true {
    if let answer = try question() { return answer }
    guard ContinuousClock.now < deadline else { return nil }
    try await Task.sleep(for: pause)
    pause = min(pause * 1.5, .milliseconds(20))
  }
}

/// What a test waited for did not come.
struct TooLate: Error, CustomStringConvertible {
  let description: String
}
