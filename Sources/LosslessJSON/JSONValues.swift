/// Reads values that stand one after the other in a text, such as the lines of a log.
///
/// Blanks may stand between them, and must where one would run into the next. Each value is read
/// where it stands, and as long as nobody keeps the last one, its document is used again: then
/// reading takes no memory but the text's.
public struct JSONValues {
  private let padded: [UInt8]
  /// The first byte: an array that is never written stays where it is.
  private let base: UnsafePointer<UInt8>
  private let count: Int
  private let limits: JSONLimits
  private var utf8: UTF8Check
  private var document: JSONDocument?
  /// Where in the text the last value begins.
  public private(set) var start = 0
  /// Where the next one is looked for.
  private var end = 0

  /// The values of that text. The bytes are kept as long as any value of them.
  public init(_ text: consuming [UInt8], limits: JSONLimits = .standard) {
    let count = text.count
    padded = JSONReader.padded(text)
    base = padded.withUnsafeBufferPointer { $0.baseAddress.unsafelyUnwrapped }
    utf8 = UTF8Check(base, count: count)
    self.count = count
    self.limits = limits
  }

  /// The next value; nil at the end.
  ///
  /// The places in an error are counted from `start`. After one, reading goes on in the next line.
  public mutating func next() throws(JSONReadError) -> JSON? {
    guard moveOn() else { return nil }
    if document == nil || !isKnownUniquelyReferenced(&document) { document = emptyDocument() }
    let document = document.unsafelyUnwrapped
    try read(document)
    return JSON(document: document, index: 0)
  }

  /// Hands out all values that are left, which is quicker for very small ones than taking each.
  public mutating func forEach(_ body: (JSON) throws -> Void) throws {
    var document = emptyDocument()
    while moveOn() {
      if !isKnownUniquelyReferenced(&document) { document = emptyDocument() }
      try read(document)
      try body(JSON(document: document, index: 0))
    }
  }

  private func emptyDocument() -> JSONDocument {
    JSONDocument(padded: padded, count: 0, tape: Tape(capacity: 32))
  }

  /// Goes to the next value, if there is one.
  private mutating func moveOn() -> Bool {
    start = ByteRun.blanksEnd(base, from: end)
    return start < count
  }

  @inline(__always)
  private mutating func read(_ document: JSONDocument) throws(JSONReadError) {
    var stop = ReadingStop()
    let most = count - start
    guard document.reread(from: start, limits: limits, count: most, &utf8, &stop) else {
      skipLine()
      throw JSONReader(base: base + start, count: most, limits: limits).fault(stop)
    }
    end = start + document.count
  }

  /// Whether there is nothing more to be read.
  public var isAtEnd: Bool { ByteRun.blanksEnd(base, from: end) >= count }

  private mutating func skipLine() {
    self.document = nil
    end = start
    while end < count, base[end] != 0x0A { end += 1 }
    // What was found to be no UTF-8 is behind.
    utf8 = UTF8Check(base + end, count: count - end)
  }
}
