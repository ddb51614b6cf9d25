/// What the threads of a stdio host tell its loop, in order.
enum StdioEvent: Sendable {
  /// A message came.
  case message([UInt8])
  /// A line over the limit came and was passed over.
  case oversize
  /// A call is done; its answer, if any, is on its way out.
  case answered
  /// Nothing more is to be read, or everything is to end.
  case ending(StdioHost.Ending)
  /// All output is written and the output thread is done.
  case drained
  /// Calls that still run have had their time.
  case graceOver
}
