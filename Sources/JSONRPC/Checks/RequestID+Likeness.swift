import LosslessJSON

extension RequestID {
  /// Whether this is the other id but for its kind or spelling: `1`, `"1"`, `1.0`, or a large number
  /// that lost digits in a double.
  ///
  /// Such ids differ, and a client that compares them finds no match; but a person sees what is
  /// meant.
  public func resembles(_ other: RequestID) -> Bool {
    if bareText == other.bareText { return true }
    guard json.kind == .number, let one = json.double, let two = other.json.double else {
      return false
    }
    return one == two || isRounded(one, two)
  }

  /// The text without quotes and without a fraction of zero.
  private var bareText: String {
    let text = json.string ?? json.text
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// Only large numbers lose digits; small ones that are near are others.
  private func isRounded(_ one: Double, _ two: Double) -> Bool {
    abs(two) >= 9_007_199_254_740_992 && abs(one - two) <= abs(two) * 1e-12
  }
}
