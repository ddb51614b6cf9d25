import Catalog
public import JSONRPC
public import LosslessJSON
public import Wire

/// A target and all that is wanted of the way to it; makes clients.
public struct Connection: Sendable {
  /// Where the server is.
  public var target: Target
  /// How it is named in the prompt; empty for the target's own name.
  public var name = ""
  /// The version that was asked for; nil leaves it to the dialect.
  public var version: ProtocolVersion?
  /// The dialect that was asked for; nil finds one.
  public var dialectName: String?
  /// The folder that a language or build server is told of, as it was typed; nil for this one.
  public var root: String?
  /// The settings that a language server may ask for.
  public var configuration: JSON?
  /// What the protocol's own file says of a build server.
  var build: BuildServerFile?
  /// How every call is wrapped; nil for as it is typed.
  var callTemplate: CallTemplate?
  /// For URLs.
  public var http = HTTPOptions()
  /// For children and sockets.
  public var stream = StreamOptions()
  /// Makes the channel instead of the target's transport, as tests want it.
  var channelMaker: (@Sendable (Connection) throws(WireError) -> any Channel)?

  /// A connection to a target, with everything else as usual.
  public init(_ target: Target) { self.target = target }

  /// The name for the prompt.
  public var displayName: String { name.isEmpty ? target.displayName : name }

  /// A new channel, not yet open.
  public func makeChannel() throws(WireError) -> any Channel {
    if let channelMaker { return try channelMaker(self) }
    if case .http(let url) = target { return try HTTPChannel(url: url, options: http) }
    return try target.makeStreamChannel(stream)
  }

  /// The connection to another target under the same options.
  ///
  /// What fitted only this target is left behind: its name, its framing and, for another host, the
  /// credentials and headers, which are none of that host's business.
  func moved(to other: Target) -> Connection {
    var moved = self
    moved.target = other
    moved.name = ""
    moved.callTemplate = nil
    moved.stream.framing = nil
    if isSameHost(other) { return moved }
    moved.http.headers = []
    (moved.http.user, moved.http.password) = (nil, nil)
    moved.http.authentication = .basic
    moved.http.netrc = .off
    moved.http.unixSocket = nil
    return moved
  }

  /// Whether another target is a URL on the same host and port.
  func isSameHost(_ other: Target) -> Bool {
    other.authority.map { $0 == target.authority } ?? false
  }

  /// Whether there is anything that `moved` leaves behind for another host.
  var hasSecrets: Bool {
    !http.headers.isEmpty || http.user != nil || http.authentication != .basic || http.netrc != .off
  }
}

extension Target {
  /// Scheme, host and port of a URL, without user and password.
  var authority: String? {
    guard case .http(let url) = self, let colon = url.firstIndex(of: ":") else { return nil }
    let rest = url[colon...].drop { $0 == ":" || $0 == "/" }
      .prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let host = rest.lastIndex(of: "@").map { rest[rest.index(after: $0)...] } ?? rest
    return "\(url[..<colon])://\(host)".lowercased()
  }
}
