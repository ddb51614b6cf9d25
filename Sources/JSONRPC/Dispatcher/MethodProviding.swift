/// An object whose methods can be called.
///
/// ```swift
/// struct Account: MethodProviding {
///   func addMethods(to dispatcher: Dispatcher) {
///     dispatcher.register("balance") { _ in balance() }
///   }
/// }
/// try dispatcher.add(Account(), prefix: "account.")
/// ```
public protocol MethodProviding {
  /// Registers what can be called.
  func addMethods(to dispatcher: Dispatcher)
}
