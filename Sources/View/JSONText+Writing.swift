public import LosslessJSON
public import Terminal

extension JSONText {
  /// Hands out the text that `renderer` makes of `pretty`, in parts of some 64 KB: from the value's
  /// index to bytes in one pass, as large results want.
  ///
  /// The bytes are only there during the call of `output`.
  public static func write<Failure: Error>(
    _ value: JSON, width: Int, renderer: Renderer,
    to output: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    try layout(width: width).write(value, paint: JSONPaint(renderer), to: output)
  }

  static func layout(width: Int) -> JSONFormatter { JSONFormatter(width: max(width, 20)) }
}

extension JSONPaint {
  /// The colours that a renderer gives JSON, and the shell's way with text that is not safe to show.
  public init(_ renderer: Renderer) {
    let roles: [JSONRole] = [.key, .string, .number, .literal, .punctuation]
    var wrappings: [JSONRole: Wrapping] = [:]
    for role in roles where renderer.color {
      let code = renderer.theme[role.style]
      if code.isEmpty { continue }
      wrappings[role] = Wrapping(before: "\u{1b}[\(code)m".utf8, after: "\u{1b}[0m".utf8)
    }
    self.init(
      wrappings, cleaning: { SafeText.escapedIfNeeded($0) },
      cleanCount: { SafeText.safeCount($0, [.text, .keepReturns]) })
  }
}
