@testable import Terminal

/// A terminal's screen as a person sees it: output bytes in, cells out.
///
/// Knows what the editor uses: printing with late wrapping, wide and combining characters, cursor
/// movement, erasing, colours and scrolling.
struct Screen {
  struct Cell: Equatable {
    var text = " "
    /// The SGR parameters in force when it was printed.
    var style = ""
    /// Whether it is the right half of a wide character.
    var isTail = false
  }

  private(set) var columns: Int
  private(set) var height: Int
  private(set) var cells: [[Cell]]
  private(set) var row = 0
  private(set) var column = 0
  /// The modes switched on by `CSI ? … h`.
  private(set) var modes: Set<Int> = [25]
  private(set) var bells = 0
  /// Rows that went out at the top.
  private(set) var scrolledOut: [String] = []
  private var style = ""
  private var isWrapPending = false
  private var held: [UInt8] = []

  init(columns: Int, rows: Int) {
    (self.columns, height) = (columns, rows)
    cells = Array(repeating: Array(repeating: Cell(), count: columns), count: rows)
  }

  /// The rows without blanks at their ends, down to the last that has anything.
  var lines: [String] {
    var lines = cells.map(Self.text)
    while lines.last == "" { lines.removeLast() }
    return lines
  }

  private static func text(_ row: [Cell]) -> String {
    var text = row.filter { !$0.isTail }.map(\.text).joined()
    while text.last == " " { text.removeLast() }
    return text
  }

  /// The style of the first place where a text stands.
  func style(of text: String) -> String? {
    for row in cells {
      for start in row.indices {
        let part = row[start...].prefix(text.count).map(\.text).joined()
        if part == text { return row[start].style }
      }
    }
    return nil
  }

  mutating func feed(_ bytes: some Sequence<UInt8>) {
    held.append(contentsOf: bytes)
    var position = 0
    while position < held.count {
      let used = step(at: position)
      if used == 0 { break }
      position += used
    }
    held.removeFirst(position)
  }

  private mutating func step(at start: Int) -> Int {
    let byte = held[start]
    switch byte {
    case 0x1b: return escape(at: start)
    case 0x0d: (column, isWrapPending) = (0, false)
    case 0x0a: lineFeed()
    case 0x08: column = max(0, column - 1)
    case 0x07: bells += 1
    case 0..<0x20: break
    default:
      let decoded = held.withUnsafeBufferPointer { UTF8Decoder.decode($0, at: start) }
      guard let (scalar, length) = decoded else { return held.count - start < 4 ? 0 : 1 }
      print(scalar)
      return length
    }
    return 1
  }

  private mutating func print(_ scalar: Unicode.Scalar) {
    if join(scalar) { return }
    let width = displayWidth(Character(scalar))
    if isWrapPending || column + width > columns {
      column = 0
      lineFeed()
    }
    isWrapPending = false
    cells[row][column] = Cell(text: String(scalar), style: style)
    if width == 2 { cells[row][column + 1] = Cell(text: "", style: style, isTail: true) }
    column += width
    if column >= columns { (column, isWrapPending) = (columns - 1, true) }
  }

  /// Puts a scalar into the cell before the cursor if the two make one character.
  private mutating func join(_ scalar: Unicode.Scalar) -> Bool {
    var place = isWrapPending ? column : column - 1
    guard place >= 0 else { return false }
    if cells[row][place].isTail { place -= 1 }
    let joined = cells[row][place].text + String(scalar)
    guard joined.count == 1 else { return false }
    let before = displayWidth(cells[row][place].text)
    cells[row][place].text = joined
    if displayWidth(joined) == 2, before == 1, place + 1 < columns {
      cells[row][place + 1] = Cell(text: "", style: style, isTail: true)
      column += 1
    }
    return true
  }

  private mutating func lineFeed() {
    isWrapPending = false
    if row < height - 1 {
      row += 1
    } else {
      scrolledOut.append(Self.text(cells.removeFirst()))
      cells.append(Array(repeating: Cell(), count: columns))
    }
  }

  private mutating func escape(at start: Int) -> Int {
    guard start + 1 < held.count else { return 0 }
    guard held[start + 1] == 0x5b else { return 2 }
    guard let end = held[(start + 2)...].firstIndex(where: { (0x40..<0x7f).contains($0) }) else {
      return 0
    }
    let text = String(decoding: held[start + 2..<end], as: UTF8.self)
    let isPrivate = text.hasPrefix("?")
    let numbers = (isPrivate ? text.dropFirst() : text[...]).split(separator: ";").map { Int($0)! }
    apply(Unicode.Scalar(held[end]), numbers, isPrivate, text)
    return end + 1 - start
  }

  private mutating func apply(
    _ final: Unicode.Scalar, _ numbers: [Int], _ isPrivate: Bool, _ text: String
  ) {
    let count = max(1, numbers.first ?? 1)
    if final != "m" { isWrapPending = false }
    switch final {
    case "A": row = max(0, row - count)
    case "B": row = min(height - 1, row + count)
    case "C": column = min(columns - 1, column + count)
    case "D": column = max(0, column - count)
    case "H": (row, column) = (0, 0)
    case "J" where numbers.first == 2:
      cells = Array(repeating: Array(repeating: Cell(), count: columns), count: height)
    case "J":
      for column in column..<columns { cells[row][column] = Cell() }
      for row in row + 1..<max(row + 1, height) {
        cells[row] = Array(repeating: Cell(), count: columns)
      }
    case "K": for column in column..<columns { cells[row][column] = Cell() }
    case "m": style = text == "0" ? "" : text
    case "h" where isPrivate: modes.formUnion(numbers)
    case "l" where isPrivate: modes.subtract(numbers)
    default: break
    }
  }

  /// Changes the width as terminals do that break long rows anew.
  mutating func resize(columns new: Int) {
    var rows: [[Cell]] = []
    var cursor = (row: 0, column: column)
    for (index, line) in cells.enumerated() {
      let used = (line.lastIndex { $0 != Cell() } ?? -1) + 1
      if index == row { cursor = (rows.count + column / new, column % new) }
      var rest = Array(line.prefix(used))[...]
      repeat {
        let part = Array(rest.prefix(new))
        rows.append(part + Array(repeating: Cell(), count: new - part.count))
        rest = rest.dropFirst(new)
      } while !rest.isEmpty
    }
    while rows.count > height, cursor.row < rows.count - 1,
      rows.last == Array(repeating: Cell(), count: new)
    {
      rows.removeLast()
    }
    let surplus = max(0, rows.count - height)
    scrolledOut += rows.prefix(surplus).map(Self.text)
    cells = Array(rows.dropFirst(surplus))
    (columns, row, column) = (new, cursor.row - surplus, cursor.column)
  }
}
