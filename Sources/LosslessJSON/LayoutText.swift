/// Text that grows at its end, with room behind it for whole words to be written.
struct LayoutText {
  /// Text is handed out when there is more of it.
  static let portion = 64 << 10
  /// What may be written without asking for room after something that asked; until the text is full
  /// there is more.
  private static let slack = 256

  private var pointer: UnsafeMutablePointer<UInt8>
  private var count = 0
  private var capacity: Int
  private var limit = LayoutText.portion
  /// A long piece that is handed out where it stands, and how much of the text comes before it.
  private var long: (piece: UnsafeBufferPointer<UInt8>, place: Int)?

  /// Room for a portion of text.
  init() {
    capacity = Self.portion + 4 << 10
    pointer = .allocate(capacity: capacity + Self.slack)
  }

  /// Whether there is a piece that is handed out where it stands, in the document.
  var isLong: Bool { long != nil }

  @inline(__always)
  var isFull: Bool { count >= limit }

  func deallocate() { pointer.deallocate() }

  /// Hands out what was written; the next writing overwrites it, even if that failed.
  mutating func take<Failure: Error>(
    _ output: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    defer {
      count = 0
      limit = Self.portion
      long = nil
    }
    let place = long?.place ?? count
    if place > 0 { try output(UnsafeBufferPointer(start: pointer, count: place)) }
    if let piece = long?.piece { try output(piece) }
    if count > place {
      try output(UnsafeBufferPointer(start: pointer + place, count: count - place))
    }
  }

  /// Sees that so many bytes and some more can be written; what is long is not, and for what is
  /// short there is room until the text is full.
  @inline(__always)
  mutating func reserve(_ more: Int) {
    if more > 32 { reserveAll(long == nil ? min(more, Self.portion) : more) }
  }

  /// Sees that so many bytes and some more can be written, however many they are.
  mutating func reserveAll(_ more: Int) {
    if count &+ more > capacity { self = grown(by: more) }
  }

  @inline(never)
  private func grown(by more: Int) -> LayoutText {
    var larger = self
    larger.capacity = max(capacity * 2, count + more)
    larger.pointer = .allocate(capacity: larger.capacity + Self.slack)
    larger.pointer.update(from: pointer, count: count)
    deallocate()
    return larger
  }

  /// Adds bytes that stay until they are handed out and that at least 32 readable ones follow.
  /// There must be room for them.
  @inline(__always)
  mutating func add(_ source: UnsafePointer<UInt8>, _ length: Int) {
    let target = pointer + count
    if length <= 32 {
      // Two blind words instead of a call that decides.
      target.copy16(source)
      if length > 16 { (target + 16).copy16(source + 16) }
    } else if length <= Self.portion || long != nil {
      target.update(from: source, count: length)
    } else {
      long = (UnsafeBufferPointer(start: source, count: length), count)
      limit = 0
      return
    }
    count &+= length
  }

  /// Adds bytes that nothing need follow. There must be room for them.
  mutating func add(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress else { return }
      (pointer + count).update(from: start, count: source.count)
    }
    count &+= bytes.count
  }

  /// Adds at most sixteen bytes, kept in as many. There must be room for them.
  @inline(__always)
  mutating func add(_ few: FewBytes) {
    UnsafeMutableRawPointer(pointer + count).storeBytes(of: few.bytes, as: SIMD16<UInt8>.self)
    count &+= few.count
  }

  /// Adds a byte and perhaps a blank. There must be room for them.
  @inline(__always)
  mutating func add(_ byte: UInt8, isSpaced: Bool) {
    pointer[count] = byte
    pointer[count &+ 1] = 0x20
    count &+= isSpaced ? 2 : 1
  }

  /// Adds a newline and blanks.
  @inline(__always)
  mutating func addLine(indent: Int) {
    if indent > 32 { reserveAll(indent) }
    pointer[count] = 0x0A
    count &+= 1
    var left = indent
    repeat {
      UnsafeMutableRawPointer(pointer + count).storeBytes(
        of: SIMD16<UInt8>(repeating: 0x20), as: SIMD16<UInt8>.self)
      count &+= min(left, 16)
      left &-= 16
    } while left > 0
  }
}

/// Up to sixteen bytes.
struct FewBytes {
  var bytes = SIMD16<UInt8>()
  var count = 0

  init(_ source: some Sequence<UInt8>) {
    for byte in source.prefix(16) {
      bytes[count] = byte
      count += 1
    }
  }

  /// Those bytes and some more; nil if they are too many.
  init?(_ few: FewBytes, _ more: StaticString) {
    guard few.count + more.utf8CodeUnitCount <= 16 else { return nil }
    self = few
    for place in 0..<more.utf8CodeUnitCount {
      bytes[count] = more.utf8Start[place]
      count += 1
    }
  }
}

extension UnsafeMutablePointer<UInt8> {
  @inline(__always)
  fileprivate func copy16(_ source: UnsafePointer<UInt8>) {
    UnsafeMutableRawPointer(self).storeBytes(
      of: UnsafeRawPointer(source).loadUnaligned(as: SIMD16<UInt8>.self), as: SIMD16<UInt8>.self)
  }
}

/// Writes text as it is.
struct PlainSink: LayoutSink {
  var text: LayoutText
  private let base: UnsafePointer<UInt8>

  /// The document must be kept for as long.
  init(document: JSONDocument, _ text: LayoutText) {
    base = document.base
    self.text = text
  }

  @inline(__always)
  var isFull: Bool { text.isFull }

  @inline(__always)
  mutating func scalar(at offset: Int, count: Int, _ role: JSONRole, isPrintable: Bool) {
    text.reserve(count)
    text.add(base + offset, count)
  }

  @inline(__always)
  mutating func key(at offset: Int, count: Int, isPrintable: Bool, isSpaced: Bool) {
    text.reserve(count)
    text.add(base + offset, count)
    text.add(0x3A, isSpaced: isSpaced)
  }

  @inline(__always)
  mutating func mark(_ mark: UInt8, isSpaced: Bool) { text.add(mark, isSpaced: isSpaced) }

  @inline(__always)
  mutating func newLine(indent: Int) { text.addLine(indent: indent) }
}
