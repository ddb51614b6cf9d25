extension Target {
  /// Makes the channel to a child or a socket, not yet open.
  ///
  /// HTTP targets have a channel of their own with options of their own, and are refused here.
  public func makeStreamChannel(
    _ options: StreamOptions = StreamOptions()
  ) throws(WireError) -> any Channel {
    switch self {
    case .http: throw .unsupported("a URL needs an HTTP channel, not a stream")
    case .unix(let path): SocketChannel(path: path, options)
    case .tcp(let host, let port): SocketChannel(host: host, port: port, options)
    case .child(let argv): ChildChannel(argv, options)
    }
  }
}
