import LosslessJSON

/// Where in JSON that is being typed its end is: inside which containers, at a key or at a value.
struct OpenJSON {
  /// A container that is open.
  struct Container {
    /// Whether it is an object.
    var isObject: Bool
    /// The key or the place of what stands, or is to stand, in it now.
    var key = ""
    var place = 0
    /// The members before, with their values where those are scalars.
    var given: [String: JSON?] = [:]
  }

  /// What can be typed at the end.
  enum Place: Equatable {
    /// A key of the innermost object.
    case key
    /// A value in the innermost container.
    case value
    /// Neither: a value or a key has just ended.
    case nothing
  }

  /// The open containers, from the outermost on.
  private(set) var containers: [Container] = []
  /// What can be typed at the end.
  private(set) var place = Place.nothing
  /// Where the word begins that the end is in, and what there is of it.
  private(set) var start = 0
  private(set) var typed = ""
  /// Whether that word has an open quote.
  private(set) var isQuoted = false

  /// Nil unless the text begins a container that is still open.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.first == 0x7B || bytes.first == 0x5B else { return nil }
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      switch byte {
      case 0x7B, 0x5B:
        containers.append(Container(isObject: byte == 0x7B))
        (place, at) = (byte == 0x7B ? .key : .value, at + 1)
      case 0x7D, 0x5D:
        if containers.popLast() == nil { return nil }
        if containers.isEmpty { return nil }
        note(nil)
        at += 1
      case 0x2C:
        guard let last = containers.indices.last else { return nil }
        containers[last].place += 1
        (place, at) = (containers[last].isObject ? .key : .value, at + 1)
      case 0x3A: (place, at) = (.value, at + 1)
      case 0x20, 0x09, 0x0A, 0x0D: at += 1
      default: at = word(bytes, at)
      }
    }
    if containers.isEmpty { return nil }
    if typed.isEmpty, !isQuoted { start = bytes.count }
  }

  /// Takes a string, a number or a literal; where it ends.
  private mutating func word(_ bytes: [UInt8], _ from: Int) -> Int {
    var at = from
    var isClosed = false
    if bytes[at] == 0x22 {
      at += 1
      while at < bytes.count, bytes[at] != 0x22 { at += bytes[at] == 0x5C ? 2 : 1 }
      isClosed = at < bytes.count
      at = min(at + 1, bytes.count)
    } else {
      while at < bytes.count, !Self.endsWord[Int(bytes[at])] { at += 1 }
      isClosed = at < bytes.count
    }
    let text = String(decoding: bytes[from..<at], as: UTF8.self)
    guard isClosed else {
      (start, isQuoted) = (from, bytes[from] == 0x22)
      typed = isQuoted ? Self.unquoted(text) : text
      return bytes.count
    }
    guard let last = containers.indices.last else { return at }
    if place == .key {
      containers[last].key = (try? JSON(reading: text))?.string ?? text
      containers[last].given[containers[last].key] = .some(nil)
      place = .nothing
    } else {
      note(try? JSON(reading: text))
    }
    return at
  }

  /// Notes that a value of the innermost container has ended.
  private mutating func note(_ value: JSON?) {
    place = .nothing
    guard let last = containers.indices.last, containers[last].isObject else { return }
    containers[last].given[containers[last].key] = .some(value)
  }

  /// The text of an open string.
  private static func unquoted(_ text: String) -> String {
    (try? JSON(reading: text + "\""))?.string ?? String(text.dropFirst())
  }

  private static let endsWord: [Bool] = (0..<256).map { byte in
    [0x20, 0x09, 0x0A, 0x0D, 0x2C, 0x3A, 0x5B, 0x5D, 0x7B, 0x7D].contains(byte)
  }
}
