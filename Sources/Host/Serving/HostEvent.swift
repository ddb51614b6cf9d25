/// Something that a host tells its observer, for logs and metrics.
public enum HostEvent: Sendable {
  /// A message came, exactly so.
  case received(peer: String, message: [UInt8])
  /// It was answered with those texts after that time; the faults are those that spoilt them. Over
  /// HTTP there is a status.
  case answered(
    peer: String, texts: [[UInt8]], status: String?, duration: Duration, faults: [Fault])
  /// Something was refused before any method saw it, for that reason.
  case refused(peer: String, reason: String)
}

/// Is told what a host does, from whatever task or thread it happens on.
public typealias HostObserver = @Sendable (HostEvent) -> Void
