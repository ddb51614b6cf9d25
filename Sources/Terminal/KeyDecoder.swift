/// Makes keys of the terminal's bytes: UTF-8, escape sequences, bracketed pastes.
///
/// A state machine without I/O. While `isWaiting`, what comes next decides what the bytes mean;
/// the owner calls `expire` when nothing came in time.
struct KeyDecoder: Sendable {
  private var held: [UInt8] = []
  private var isPasting = false
  /// How far a paste was searched for its end.
  private var searched = 0

  /// Whether bytes are held that are no key yet.
  var isWaiting: Bool { !held.isEmpty || isPasting }
  /// Whether a paste has begun and not ended.
  var isInPaste: Bool { isPasting }

  private static let pasteEnd: [UInt8] = Array("\u{1b}[201~".utf8)

  /// Takes bytes in and gives back the keys that became complete.
  ///
  /// A Ctrl-C that comes by itself was pressed, also within a paste whose end got lost.
  mutating func feed(_ bytes: some Collection<UInt8>) -> [Key] {
    if isPasting, bytes.count == 1, bytes.first == 3 {
      (held, isPasting, searched) = ([], false, 0)
      return [.character("\u{3}")]
    }
    held.append(contentsOf: bytes)
    var keys: [Key] = []
    var position = 0
    while position < held.count {
      let used = isPasting ? paste(from: position, &keys) : key(at: position, &keys)
      if used == 0 { break }
      position += used
    }
    held.removeFirst(position)
    return keys
  }

  /// Says that nothing more came in time, and gives back what the held bytes mean by themselves.
  mutating func expire() -> [Key] {
    if isPasting {
      let text = Self.pastedText(held[...])
      (held, isPasting, searched) = ([], false, 0)
      return [.paste(text)]
    }
    var keys: [Key] = []
    if held.first == 0x1b {
      if held.count == 2, held[1] == 0x5b || held[1] == 0x4f {
        keys = [.meta(Unicode.Scalar(held[1]))]
      } else {
        keys = held.count == 1 ? [.character("\u{1b}")] : [.unknown(held)]
      }
    } else if !held.isEmpty {
      keys = [.character("\u{fffd}")]
    }
    held = []
    return keys
  }
}

extension KeyDecoder {
  /// Reads one key; gives back the bytes it took, 0 if more are needed.
  private mutating func key(at start: Int, _ keys: inout [Key]) -> Int {
    let byte = held[start]
    if byte == 0x1b { return escape(at: start, &keys) }
    if byte < 0x80 {
      keys.append(.character(Unicode.Scalar(byte)))
      return 1
    }
    let decoded = held.withUnsafeBufferPointer { UTF8Decoder.decode($0, at: start) }
    if let (scalar, length) = decoded {
      // Inside libedit these stand for keys; typed ones go in as text.
      let isKeyCode = scalar.value < 0xa0
      keys.append(isKeyCode ? .paste(String(Character(scalar))) : .character(scalar))
      return length
    }
    if let length = UTF8Decoder.length(byte), start + length > held.count,
      held[(start + 1)...].allSatisfy({ $0 & 0xc0 == 0x80 })
    {
      return 0
    }
    keys.append(.character("\u{fffd}"))
    return 1
  }

  private mutating func escape(at start: Int, _ keys: inout [Key]) -> Int {
    guard start + 1 < held.count else { return 0 }
    switch held[start + 1] {
    case 0x5b: return controlSequence(at: start, &keys)
    case 0x4f:
      guard start + 2 < held.count else { return 0 }
      let sequence = Array(held[start..<start + 3])
      keys.append(
        Self.named(final: held[start + 2], parameters: "").map(Key.named)
          ?? .unknown(sequence))
      return 3
    case 0x0a, 0x0d:
      keys.append(.named(.altEnter))
      return 2
    case 0x1b, 0x80...:
      keys.append(.character("\u{1b}"))
      return 1
    case let letter:
      keys.append(.meta(Unicode.Scalar(letter)))
      return 2
    }
  }

  private mutating func controlSequence(at start: Int, _ keys: inout [Key]) -> Int {
    var end = start + 2
    if end < held.count, held[end] == 0x5b { end += 1 }  // The Linux console's function keys.
    while end < held.count, (0x20..<0x40).contains(held[end]), end - start < 64 { end += 1 }
    guard end < held.count else { return 0 }
    let final = held[end]
    guard (0x40..<0x7f).contains(final) else {
      keys.append(.unknown(Array(held[start..<end])))
      return end - start
    }
    let parameters = String(decoding: held[start + 2..<end], as: UTF8.self)
    if final == 0x7e, parameters == "200" {
      isPasting = true
      searched = 0
    } else if let named = Self.named(final: final, parameters: parameters) {
      keys.append(.named(named))
    } else {
      keys.append(.unknown(Array(held[start...end])))
    }
    return end + 1 - start
  }

  /// The key of a sequence, with `1;5` and the like for its modifiers.
  private static func named(final: UInt8, parameters: String) -> NamedKey? {
    if parameters.hasPrefix("[") { return nil }
    let numbers = parameters.split(separator: ";").map { Int($0) ?? 0 }
    let modifier = numbers.count > 1 ? numbers[1] : 1
    let isModified = modifier == 3 || modifier == 5 || modifier == 7
    switch (Unicode.Scalar(final), numbers.first ?? 1) {
    case ("A", _): return .up
    case ("B", _): return .down
    case ("C", _): return isModified ? .wordRight : .right
    case ("D", _): return isModified ? .wordLeft : .left
    case ("H", _), ("~", 1), ("~", 7): return isModified ? .bufferStart : .home
    case ("F", _), ("~", 4), ("~", 8): return isModified ? .bufferEnd : .end
    case ("Z", _): return .backTab
    case ("M", 1) where parameters.isEmpty: return nil
    case ("~", 2): return .insert
    case ("~", 3): return .delete
    case ("~", 5): return .pageUp
    case ("~", 6): return .pageDown
    case ("u", 13) where modifier > 1: return .altEnter
    case ("~", 27) where numbers.count == 3 && numbers[2] == 13: return .altEnter
    default: return nil
    }
  }

  private mutating func paste(from start: Int, _ keys: inout [Key]) -> Int {
    let ending = Self.pasteEnd
    var position = start + searched
    while position + ending.count <= held.count {
      if held[position] == 0x1b, held[position..<position + ending.count].elementsEqual(ending) {
        keys.append(.paste(Self.pastedText(held[start..<position])))
        isPasting = false
        searched = 0
        return position + ending.count - start
      }
      position += 1
    }
    searched = position - start
    return 0
  }

  /// Pasted bytes as text: terminals send a newline as a carriage return, and one at the very end
  /// belongs to the selection rather than to the text.
  private static func pastedText(_ bytes: ArraySlice<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var previous: UInt8 = 0
    for byte in bytes {
      switch byte {
      case 0: break
      case 0x0d: text.append(0x0a)
      case 0x0a where previous == 0x0d: break
      default: text.append(byte)
      }
      previous = byte
    }
    while text.last == 0x0a { text.removeLast() }
    return String(decoding: text, as: UTF8.self)
  }
}
