import Synchronization

/// A way to a server over HTTP or HTTPS, on libcurl.
///
/// Each send is a request of its own, `POST` unless its options say otherwise; its reply comes as
/// `.head`, a `.frame` for the body (or one for each event of an event stream), and `.finished`,
/// whatever the status. Connections are kept and shared. A `GET` without bytes opens a stream from
/// the server that no request asked for.
///
/// One thread owns libcurl and everything made with it. libcurl is loaded when the channel opens;
/// where it is missing the channel ends with `.missingLibrary`.
public final class HTTPChannel: Channel {
  /// What HTTP can do, and the URL without credentials.
  public let traits: ChannelTraits

  private let setup: HTTPSetup
  private let library: String?
  private let mailbox = HTTPMailbox()
  private let isOpen = Mutex(false)

  /// Makes a channel to that URL, which may hold a user and a password.
  public convenience init(
    url: String, options: HTTPOptions = HTTPOptions()
  ) throws(WireError) {
    try self.init(url: url, options: options, library: nil)
  }

  /// Makes a channel that wants a library of that name; tests have it fail.
  init(url: String, options: HTTPOptions, library: String?) throws(WireError) {
    setup = HTTPSetup(address: try HTTPAddress(url), options: options)
    self.library = library
    traits = ChannelTraits(
      kind: .http, correlates: true, takesHeaders: true, framing: "HTTP", peer: setup.address.url)
  }

  /// Begins to load libcurl on a thread of its own, for a program that knows it will need it. The
  /// first channel that opens goes on there. Only the first call does anything.
  ///
  /// No other thread starts in the meantime: what has to run beside it has to be started before.
  ///
  /// `openingFirst` does the longest part on this thread: both at once get in each other's way, and
  /// so a program is quicker that has little to do besides. Not after another channel.
  public static func prepare(openingFirst: Bool = false) {
    // Failing is told when a channel opens.
    if openingFirst { CurlLibrary.open() }
    CurlLibrary.loadSoon()
  }

  deinit { mailbox.post(.close) }

  /// Loads libcurl and starts the thread; nothing is connected before the first send.
  public func open(_ sink: @escaping ChannelSink) {
    let isFirst = isOpen.withLock { isOpen in
      defer { isOpen = true }
      return !isOpen
    }
    guard isFirst else { return }
    let (setup, library, mailbox) = (setup, library, mailbox)
    do throws(WireError) {
      try WireThread.startLoaded {
        HTTPLoop(setup: setup, library: library, mailbox: mailbox, sink: sink).run()
      }
    } catch {
      sink(.closed(.failed(error)))
    }
  }

  /// Queues a request; a timeout of `.zero` lifts the channel's own, for streams that stay open.
  ///
  /// A send that comes after the channel closed is dropped, since nothing follows `.closed`.
  public func send(_ id: SendID, _ bytes: [UInt8], _ options: SendOptions) {
    mailbox.post(.send(PendingSend(id: id, bytes: bytes, options: options, start: .now)))
  }

  /// Closes the request's connection, or its stream in HTTP/2.
  public func cancel(_ id: SendID) { mailbox.post(.cancel(id)) }

  /// Cancels what is in flight and closes every connection, without waiting for the grace.
  public func close(grace: Duration) { mailbox.post(.close) }
}
