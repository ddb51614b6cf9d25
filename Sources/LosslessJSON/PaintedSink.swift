/// A paint as it is written: with what stands together in one piece where it fits.
struct LayoutPaint {
  let paint: JSONPaint
  /// What follows a key, its colon included; nil if that is too long for one piece.
  let keyEnd: FewBytes?
  /// Whether marks are written as they are.
  let areMarksPlain: Bool
  /// What is known of the document. Here and not in the sink, whose few words stay in registers.
  var cleanText = CleanText()

  init(_ paint: JSONPaint, isSpaced: Bool) {
    self.paint = paint
    areMarksPlain = paint.punctuation.before.count == 0 && paint.punctuation.after.count == 0
    let end = FewBytes(paint.key.after, isSpaced ? ": " : ":")
    keyEnd = areMarksPlain ? end : nil
  }
}

/// Writes text with a paint.
struct PaintedSink: LayoutSink {
  var text: LayoutText
  private let base: UnsafePointer<UInt8>
  private let paint: UnsafeMutablePointer<LayoutPaint>

  /// The document and the paint must be kept for as long.
  init(_ paint: UnsafeMutablePointer<LayoutPaint>, document: JSONDocument, _ text: LayoutText) {
    base = document.base
    paint.pointee.cleanText = CleanText(document)
    self.paint = paint
    self.text = text
  }

  @inline(__always)
  var isFull: Bool { text.isFull }

  @inline(__always)
  mutating func scalar(at offset: Int, count: Int, _ role: JSONRole, isPrintable: Bool) {
    let piece = base + offset
    switch role {
    case .string:
      if isPrintable {
        add(piece, count, paint.pointee.paint.string)
      } else {
        addForeign(piece, count, paint.pointee.paint.string)
      }
    case .number: add(piece, count, paint.pointee.paint.number)
    default: add(piece, count, paint.pointee.paint.literal)
    }
  }

  @inline(__always)
  mutating func key(at offset: Int, count: Int, isPrintable: Bool, isSpaced: Bool) {
    let piece = base + offset
    let key = paint.pointee.paint.key
    // Of a key it is not always known.
    let isPrintable = isPrintable || StringScan.isPrintableASCII(piece, count)
    guard let end = paint.pointee.keyEnd, isPrintable else {
      addForeign(piece, count, key)
      return mark(0x3A, isSpaced: isSpaced)
    }
    text.reserve(count)
    text.add(key.before)
    text.add(piece, count)
    text.add(end)
  }

  @inline(__always)
  private mutating func add(
    _ piece: UnsafePointer<UInt8>, _ count: Int, _ brush: JSONPaint.Wrapping
  ) {
    text.reserve(count)
    text.add(brush.before)
    text.add(piece, count)
    text.add(brush.after)
  }

  @inline(never)
  private mutating func addForeign(
    _ piece: UnsafePointer<UInt8>, _ count: Int, _ brush: JSONPaint.Wrapping
  ) {
    let bytes = UnsafeBufferPointer(start: piece, count: count)
    let cleanCount = paint.pointee.paint.cleanCount
    guard !paint.pointee.cleanText.holds(piece, count, cleanCount),
      let cleaned = paint.pointee.paint.cleaning?(bytes)
    else { return add(piece, count, brush) }
    text.reserveAll(cleaned.count)
    text.add(brush.before)
    text.add(cleaned)
    text.add(brush.after)
  }

  @inline(__always)
  mutating func mark(_ mark: UInt8, isSpaced: Bool) {
    if paint.pointee.areMarksPlain { return text.add(mark, isSpaced: isSpaced) }
    let punctuation = paint.pointee.paint.punctuation
    text.add(punctuation.before)
    text.add(mark, isSpaced: false)
    text.add(punctuation.after)
    if isSpaced { text.add(0x20, isSpaced: false) }
  }

  @inline(__always)
  mutating func newLine(indent: Int) { text.addLine(indent: indent) }
}
