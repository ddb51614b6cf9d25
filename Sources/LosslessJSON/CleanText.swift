/// Where text begins that may have to be cleaned, found well ahead of the strings that are written:
/// thousands of bytes at once cost far less than each string by itself.
struct CleanText {
  /// Everything from there to `end` is clean.
  private var start: UnsafePointer<UInt8>?
  private var end: UnsafePointer<UInt8>?
  /// Where the text of the document ends.
  private var last: UnsafePointer<UInt8>?
  /// How much was looked at last: the more, the less there was between the strings asked for.
  private var portion = 0

  private static let least = 256
  private static let most = 16 << 10

  init() {}

  init(_ document: JSONDocument) {
    start = document.base
    end = document.base
    last = document.base + document.count
  }

  /// Whether nothing in those bytes need be cleaned; asked for one piece after the other.
  @inline(__always)
  mutating func holds(
    _ piece: UnsafePointer<UInt8>, _ count: Int,
    _ cleanCount: ((UnsafeBufferPointer<UInt8>) -> Int)?
  ) -> Bool {
    guard let start, let end, let last else { return false }
    if piece >= start, piece + count <= end { return true }
    guard let cleanCount else { return StringScan.isPrintableASCII(piece, count) }
    portion = piece - end < portion ? min(portion * 2, Self.most) : Self.least
    // Not within a character.
    var next = piece + min(max(count, portion), last - piece)
    while next < last, next.pointee & 0xC0 == 0x80 { next += 1 }
    let clean = cleanCount(UnsafeBufferPointer(start: piece, count: next - piece))
    self.start = piece
    self.end = piece + clean
    return count <= clean
  }
}
