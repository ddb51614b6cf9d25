public import LosslessJSON

/// Lines and columns of many places in one text, counted on from the last one asked for.
public struct TextPlaces: Sendable {
  private let bytes: [UInt8]
  private var last = TextPosition.start

  /// Places in a text.
  public init(in bytes: [UInt8]) { self.bytes = bytes }

  /// The line and column of an offset.
  public mutating func position(of offset: Int) -> TextPosition {
    let offset = min(offset, bytes.count)
    if offset < last.offset { last = .start }
    last.advance(to: offset, inReceived: bytes)
    var place = last
    place.offset = offset
    return place
  }
}
