extension Screen {
  mutating func print(_ scalar: Unicode.Scalar) {
    if join(scalar) { return }
    let width = cellWidth(String(scalar))
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
    guard place >= 0, !scalar.isASCII else { return false }
    if cells[row][place].isTail { place -= 1 }
    let joined = cells[row][place].text + String(scalar)
    guard joined.count == 1 else { return false }
    let widens = cellWidth(cells[row][place].text) == 1 && cellWidth(joined) == 2
    cells[row][place].text = joined
    if widens, place + 1 < columns {
      cells[row][place + 1] = Cell(text: "", style: style, isTail: true)
      column += 1
    }
    return true
  }

  mutating func lineFeed() {
    isWrapPending = false
    if row < height - 1 {
      row += 1
    } else {
      scrolledOut.append(Self.text(cells.removeFirst()))
      cells.append(Self.blankRow(columns))
    }
  }

  /// Obeys `CSI parameters final`.
  mutating func control(_ parameters: String, _ final: Unicode.Scalar) {
    let isPrivate = parameters.hasPrefix("?")
    let numbers = parameters.drop { $0 == "?" }.split(separator: ";").map { Int($0) ?? 0 }
    let count = max(1, numbers.first ?? 1)
    if final != "m" { isWrapPending = false }
    switch final {
    case "A": row = max(0, row - count)
    case "B": row = min(height - 1, row + count)
    case "C": column = min(columns - 1, column + count)
    case "D": column = max(0, column - count)
    case "G": column = min(columns, count) - 1
    case "H":
      row = min(height, count) - 1
      column = min(columns, max(1, numbers.dropFirst().first ?? 1)) - 1
    case "J": eraseScreen(numbers.first ?? 0)
    case "K": eraseRow(numbers.first ?? 0)
    case "m": style = parameters == "0" ? "" : parameters
    case "h" where isPrivate: modes.formUnion(numbers)
    case "l" where isPrivate: modes.subtract(numbers)
    default: break
    }
  }

  private mutating func eraseScreen(_ part: Int) {
    if part >= 2 {
      cells = Array(repeating: Self.blankRow(columns), count: height)
      return
    }
    eraseRow(part)
    for other in part == 0 ? row + 1..<height : 0..<row { cells[other] = Self.blankRow(columns) }
  }

  private mutating func eraseRow(_ part: Int) {
    let range =
      switch part {
      case 0: column..<columns
      case 1: 0..<column + 1
      default: 0..<columns
      }
    for place in range { cells[row][place] = Cell() }
  }
}

/// How many cells a character takes: none for an empty text, two for wide ones and emoji.
func cellWidth(_ text: String) -> Int {
  guard let first = text.unicodeScalars.first else { return 0 }
  let isEmoji = first.properties.isEmojiPresentation || text.unicodeScalars.contains("\u{FE0F}")
  switch first.value {
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
    return 2
  default:
    return isEmoji ? 2 : 1
  }
}
