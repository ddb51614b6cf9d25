import LosslessJSON
import Terminal
import View

/// A value on part of a line.
enum JSONPreview {
  /// The value, cut if it is long.
  static func text(_ value: JSON) -> StyledText { JSONText.line(value.bytes, limit: 60) }
}
