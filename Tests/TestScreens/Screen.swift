/// A terminal's screen as a person sees it: a program's output goes in, cells come out.
///
/// Knows what line editors use: printing with late wrapping, wide and combining characters, moving
/// the cursor, erasing, styles, modes, scrolling. It shares no code with the program under test.
public struct Screen: Sendable {
  /// One place on the screen.
  public struct Cell: Equatable, Sendable {
    /// The character; empty in the right half of a wide one.
    public var text = " "
    /// The SGR parameters in force when it was printed.
    public var style = ""
    /// Whether it is the right half of a wide character.
    public var isTail = false
  }

  /// The width in cells.
  public internal(set) var columns: Int
  /// The height in rows.
  public internal(set) var height: Int
  /// The rows from the top.
  public internal(set) var cells: [[Cell]]
  /// The cursor's row, from 0.
  public internal(set) var row = 0
  /// The cursor's column, from 0.
  public internal(set) var column = 0
  /// The modes switched on by `CSI ? … h`.
  public internal(set) var modes: Set<Int> = [25]
  /// How often the bell rang.
  public internal(set) var bells = 0
  /// The rows that went out at the top.
  public internal(set) var scrolledOut: [String] = []
  /// The style of what is printed next.
  public internal(set) var style = ""
  var isWrapPending = false
  private var held: [UInt8] = []

  /// An empty screen.
  public init(columns: Int, rows: Int) {
    (self.columns, height) = (columns, rows)
    cells = Array(repeating: Self.blankRow(columns), count: rows)
  }

  /// Takes a program's output in, in whatever pieces.
  public mutating func feed(_ bytes: some Sequence<UInt8>) {
    held.append(contentsOf: bytes)
    var position = 0
    while position < held.count {
      let used = step(at: position)
      if used == 0 { break }
      position += used
    }
    held.removeFirst(position)
  }

  /// Obeys what begins at a byte; gives its length, or 0 where more bytes are needed.
  private mutating func step(at start: Int) -> Int {
    switch held[start] {
    case 0x1B: return escape(at: start)
    case 0x0D: (column, isWrapPending) = (0, false)
    case 0x0A: lineFeed()
    case 0x09: column = min(columns - 1, (column / 8 + 1) * 8)
    case 0x08: (column, isWrapPending) = (max(0, column - 1), false)
    case 0x07: bells += 1
    case 0..<0x20, 0x7F: break
    default: return character(at: start)
    }
    return 1
  }

  private mutating func character(at start: Int) -> Int {
    let length =
      switch held[start] {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    guard start + length <= held.count else { return 0 }
    for scalar in String(decoding: held[start..<start + length], as: UTF8.self).unicodeScalars {
      print(scalar)
    }
    return length
  }

  private mutating func escape(at start: Int) -> Int {
    guard start + 1 < held.count else { return 0 }
    if held[start + 1] == 0x5D { return title(at: start) }
    guard held[start + 1] == 0x5B else { return 2 }
    guard let end = held[(start + 2)...].firstIndex(where: { (0x40..<0x7F).contains($0) }) else {
      return 0
    }
    control(String(decoding: held[start + 2..<end], as: UTF8.self), Unicode.Scalar(held[end]))
    return end + 1 - start
  }

  /// `OSC … BEL` or `OSC … ESC \`, which show nothing.
  private func title(at start: Int) -> Int {
    for index in held.indices.dropFirst(start + 2) {
      if held[index] == 0x07 { return index + 1 - start }
      if held[index] == 0x1B, index + 1 < held.count { return index + 2 - start }
    }
    return 0
  }

  static func blankRow(_ columns: Int) -> [Cell] { Array(repeating: Cell(), count: columns) }
}
