/// What the threads of a stdio host tell its loop, in order.
enum StdioEvent: Sendable {
  /// A message came.
  case message([UInt8])
  /// A message over that limit came and was passed over.
  case oversize(Int)
  /// The input ended inside a message.
  case unfinished
  /// A call is done; its answer, if any, is on its way out.
  case answered
  /// Nothing more is to be read, or everything is to end.
  case ending(StdioHost.Ending)
  /// All output is written and the output thread is done.
  case drained
  /// Calls that still run have had their time.
  case graceOver
}
