/// Lays out values one after the other, handing their text out in parts of some 64 KB.
///
/// For many small values that is far less work than `JSONFormatter.write` for each. Whoever makes one
/// calls `finish`.
public struct JSONPrinter: ~Copyable {
  private let formatter: JSONFormatter
  private let paint: UnsafeMutablePointer<LayoutPaint>?
  private var text = LayoutText()
  private var levels = WordStack(capacity: 32)

  /// A printer with that layout, and paint if any.
  public init(_ formatter: JSONFormatter, paint: JSONPaint? = nil) {
    self.formatter = formatter
    self.paint = paint.map { paint in
      let place = UnsafeMutablePointer<LayoutPaint>.allocate(capacity: 1)
      place.initialize(to: LayoutPaint(paint, isSpaced: formatter.isSpaced))
      return place
    }
  }

  deinit {
    text.deallocate()
    levels.deallocate()
    paint?.deinitialize(count: 1)
    paint?.deallocate()
  }

  /// Lays out a value. What it hands out may hold values that were added before, and its last part
  /// is handed out later. When `output` throws, what was not handed out is lost.
  ///
  /// The bytes are only there during the call of `output`.
  public mutating func add<Failure: Error>(
    _ value: JSON, to output: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    if value.index < 0 {
      // A key by itself.
      return try add(value.detached(), to: output)
    }
    if let paint {
      try addPainted(value, paint, to: output)
    } else {
      try addPlain(value, to: output)
    }
  }

  // Apart, so that each is compiled as one piece with its sink. Their caller holds the value, and with
  // it the document, for as long as they run.

  @inline(never)
  private mutating func addPainted<Failure: Error>(
    _ value: JSON, _ paint: UnsafeMutablePointer<LayoutPaint>,
    to output: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    var walk = LayoutWalk(value, formatter, levels)
    var sink = PaintedSink(paint, document: value.document, text)
    defer { keep(sink.text, walk.outer) }
    repeat {
      walk.run(&sink)
      if !walk.isFinished || sink.text.isLong { try sink.text.take(output) }
    } while !walk.isFinished
  }

  @inline(never)
  private mutating func addPlain<Failure: Error>(
    _ value: JSON, to output: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    var walk = LayoutWalk(value, formatter, levels)
    var sink = PlainSink(document: value.document, text)
    defer { keep(sink.text, walk.outer) }
    repeat {
      walk.run(&sink)
      if !walk.isFinished || sink.text.isLong { try sink.text.take(output) }
    } while !walk.isFinished
  }

  private mutating func keep(_ text: LayoutText, _ levels: WordStack) {
    (self.text, self.levels) = (text, levels)
    // Of a value that was not written to its end, because output failed.
    self.levels.truncate(to: 0)
  }

  /// Adds a newline.
  public mutating func newLine() {
    text.reserveAll(1)
    text.addLine(indent: 0)
  }

  /// Hands out what is left.
  public mutating func finish<Failure: Error>(
    to output: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    try text.take(output)
  }
}
