/// Begins a call at once, up to its first wait, where the system can, so that calls begin in the
/// order in which they came.
func startCall(_ body: @escaping @Sendable () async -> Void) {
  if #available(macOS 26, *) {
    Task.immediate { await body() }
  } else {
    Task { await body() }
  }
}
