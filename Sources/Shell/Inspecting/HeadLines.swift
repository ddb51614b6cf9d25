/// The lines of an HTTP head in a text, to find again what a finding quotes of it.
struct HeadLines {
  private let text: [UInt8]
  /// Without their ends.
  private var lines: [Range<Int>] = []
  private let head: Range<Int>

  /// The lines of the head that stands there.
  init(_ text: [UInt8], _ head: Range<Int>) {
    self.text = text
    self.head = head
    var start = head.lowerBound
    while start < head.upperBound {
      let end = text[start..<head.upperBound].firstIndex(of: 0x0A) ?? head.upperBound
      let isReturn = end > start && text[end - 1] == 0x0D
      lines.append(start..<(isReturn ? end - 1 : end))
      start = end + 1
    }
  }

  /// Where quoted lines stand, or the part of them that is meant; nil if they do not.
  func place(of quoted: [UInt8], _ part: Range<Int>?) -> Range<Int>? {
    let part = part ?? 0..<quoted.count
    if let start = verbatim(quoted) {
      return (part.lowerBound + start)..<(part.upperBound + start)
    }
    // A quoted line may be put together of its name and value, several may stand apart.
    var found: [Int] = []
    for line in quoted.split(separator: 0x0A) {
      let first = lines.indices.first { !found.contains($0) && isSame(text[lines[$0]], line) }
      guard let first else { return nil }
      found.append(first)
    }
    guard let first = found.first, let last = found.last, first <= last else { return nil }
    // Of several that stand apart it is the last one that should not be there.
    let start = last - first == found.count - 1 ? first : last
    return lines[start].lowerBound..<lines[last].upperBound
  }

  private func verbatim(_ quoted: [UInt8]) -> Int? {
    lines.lazy.map(\.lowerBound).first { start in
      start + quoted.count <= head.upperBound
        && text[start..<(start + quoted.count)].elementsEqual(quoted) { lower($0) == lower($1) }
    }
  }

  /// Whether lines are the same field, whatever the case of its name and the blanks around its value.
  private func isSame(_ one: ArraySlice<UInt8>, _ other: ArraySlice<UInt8>) -> Bool {
    let (name, value) = parts(one)
    let (otherName, otherValue) = parts(other)
    return name.elementsEqual(otherName) { lower($0) == lower($1) }
      && value.elementsEqual(otherValue)
  }

  private func parts(_ line: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, ArraySlice<UInt8>) {
    let name = line.prefix { $0 != 0x3A }
    var value = line.dropFirst(name.count + 1).drop { $0 == 0x20 || $0 == 0x09 }
    while value.last == 0x20 || value.last == 0x09 { value.removeLast() }
    return (name, value)
  }

  private func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}
