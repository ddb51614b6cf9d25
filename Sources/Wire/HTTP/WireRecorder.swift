/// Gathers what went over the wire, up to a limit in each direction.
///
/// A long request must not take the room of its reply, whose encoded bytes are wanted when decoding
/// fails. libcurl's remarks count with what was received.
///
/// Bytes go into one store and are cut into chunks at the end: header lines come one at a time, and
/// an allocation for each would cost more than the rest of a small exchange.
struct WireRecorder {
  private let limit: Int
  private var store: [UInt8] = []
  private var runs: [(kind: WireRecord.Chunk.Kind, end: Int)] = []
  private var sent = 0
  private var dropped = 0

  init(limit: Int) {
    self.limit = limit
  }

  /// Whether anything is kept at all.
  var isOn: Bool { limit > 0 }

  /// Keeps bytes; runs of one kind join, but every remark stays by itself.
  mutating func add(_ kind: WireRecord.Chunk.Kind, _ bytes: UnsafeRawBufferPointer) {
    let isSent = kind == .headerOut || kind == .dataOut
    let kept = min(bytes.count, limit - (isSent ? sent : store.count - sent))
    if isSent { sent += kept }
    dropped += bytes.count - kept
    guard kept > 0 else { return }
    store.append(contentsOf: bytes.prefix(kept))
    if kind != .info, let last = runs.indices.last, runs[last].kind == kind {
      runs[last].end = store.count
    } else {
      runs.append((kind, store.count))
    }
  }

  /// Hands the record out and begins another.
  mutating func take() -> WireRecord? {
    guard isOn else { return nil }
    var record = WireRecord(dropped: dropped)
    record.chunks.reserveCapacity(runs.count)
    var start = 0
    for run in runs {
      record.chunks.append(.init(kind: run.kind, bytes: Array(store[start..<run.end])))
      start = run.end
    }
    runs.removeAll(keepingCapacity: true)
    store.removeAll(keepingCapacity: store.capacity < 65536)
    sent = 0
    dropped = 0
    return record
  }
}
