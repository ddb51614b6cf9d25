public import LosslessJSON

extension Request {
  /// The params of a call with those arguments: an array, an object, or nil for none at all.
  ///
  /// A lone array or object stays an argument: `[[1, 2]]`. Throws `mixedParams` if both are given,
  /// because 2.0 knows only one or the other.
  public static func params(
    positional: [JSON], named: [(name: String, value: JSON)]
  ) throws(MessageError) -> JSON? {
    if named.isEmpty { return positional.isEmpty ? nil : JSON.array(positional) }
    guard positional.isEmpty else { throw .mixedParams }
    return JSON.object(named.map { ($0.name, $0.value) })
  }
}
