public import LosslessJSON

/// A place in a document as the protocol has it: both numbers from zero, the second in units of the
/// encoding that was agreed on.
public struct LSPPosition: Sendable, Hashable, Comparable {
  /// The line, from 0.
  public var line: Int
  /// The units before it in its line.
  public var character: Int

  /// A place.
  public init(line: Int, character: Int) {
    self.line = line
    self.character = character
  }

  /// Reads a `Position`; nil if it is none.
  public init?(_ json: JSON?) {
    guard let line = json?["line"]?.int, let character = json?["character"]?.int, line >= 0,
      character >= 0
    else { return nil }
    self.init(line: line, character: character)
  }

  /// The `Position`.
  public var json: JSON { ["line": JSON(line), "character": JSON(character)] }

  /// Whether one comes before the other.
  public static func < (left: LSPPosition, right: LSPPosition) -> Bool {
    (left.line, left.character) < (right.line, right.character)
  }
}

/// A part of a document; its end is not in it.
public struct LSPRange: Sendable, Hashable {
  /// Where it begins.
  public var start: LSPPosition
  /// What follows it.
  public var end: LSPPosition

  /// From one place to another.
  public init(start: LSPPosition, end: LSPPosition) {
    self.start = start
    self.end = end
  }

  /// Reads a `Range`; nil if it is none.
  public init?(_ json: JSON?) {
    guard let start = LSPPosition(json?["start"]), let end = LSPPosition(json?["end"]) else {
      return nil
    }
    self.init(start: start, end: end)
  }

  /// The `Range`.
  public var json: JSON { ["start": start.json, "end": end.json] }

  /// Whether they share a place, touching ends included.
  public func touches(_ other: LSPRange) -> Bool { start <= other.end && other.start <= end }
}
