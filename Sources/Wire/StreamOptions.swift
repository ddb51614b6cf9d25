/// How a stream to a target is set up, where it differs from the defaults.
public struct StreamOptions: Sendable, Equatable {
  /// How messages are told apart; nil means as the target is known to want.
  public var framing: FramingName?
  /// The largest message that is taken, in bytes.
  public var limit: Int
  /// How many bytes may wait to be written before sends are refused.
  public var queueLimit: Int
  /// How long connecting may take, the look-up of the name included.
  public var connectTimeout: Duration
  /// Where a child is started; nil means here.
  public var workingDirectory: String?
  /// What a child's environment has besides our own.
  public var environment: [String: String]

  /// The defaults, unless told otherwise.
  public init(
    framing: FramingName? = nil, limit: Int = FramingName.defaultLimit,
    queueLimit: Int = 256 << 20, connectTimeout: Duration = .seconds(10),
    workingDirectory: String? = nil, environment: [String: String] = [:]
  ) {
    self.framing = framing
    self.limit = limit
    self.queueLimit = queueLimit
    self.connectTimeout = connectTimeout
    self.workingDirectory = workingDirectory
    self.environment = environment
  }
}
