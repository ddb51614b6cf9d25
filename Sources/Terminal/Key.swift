/// One press of a key, or one paste, as decoded from the terminal's bytes.
enum Key: Equatable, Sendable {
  /// A character, control characters included.
  case character(Unicode.Scalar)
  /// A key that sends a sequence.
  case named(NamedKey)
  /// A character typed with Alt (or right after Escape).
  case meta(Unicode.Scalar)
  /// Text that was pasted, its newlines made `\n`.
  case paste(String)
  /// A sequence that means nothing to us, though it may to the user's own bindings.
  case unknown([UInt8])

  static func control(_ letter: Character) -> Key {
    .character(Unicode.Scalar(letter.asciiValue! & 0x1f))
  }
}

/// Keys that wait to be used, first in first out.
struct KeyQueue: Sendable {
  private var keys: [Key] = []
  private var used = 0

  mutating func append(_ more: [Key]) { keys.append(contentsOf: more) }

  mutating func next() -> Key? {
    if used == keys.count {
      (keys, used) = ([], 0)
      return nil
    }
    used += 1
    return keys[used - 1]
  }

  /// Makes a key the next one again.
  mutating func putBack(_ key: Key) {
    if used > 0 {
      used -= 1
      keys[used] = key
    } else {
      keys.insert(key, at: 0)
    }
  }
}

/// The keys that send a sequence and mean something here.
///
/// The raw values stand for them inside libedit, which looks single characters up in a table of
/// 256: the control characters from U+0080 on can't be typed, so the table has room there.
enum NamedKey: UInt8, CaseIterable, Sendable {
  case up = 0x80
  case down, left, right, home, end, delete, insert, pageUp, pageDown
  case wordLeft, wordRight, backTab, altEnter, bufferStart, bufferEnd
  /// Not a key: pasted text waits to be inserted.
  case pasted
}
