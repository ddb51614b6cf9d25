import CCurl

/// One easy handle and the send it carries now; used again for later sends.
///
/// Belongs to the loop's thread. libcurl calls back with a pointer to it, so it lives until `free`.
final class HTTPTransfer {
  let easy: EasyHandle
  let setup: HTTPSetup
  let sink: ChannelSink

  private(set) var id = SendID(0)
  private(set) var start = ContinuousClock.now
  /// When libcurl got the send; its times count from here.
  private(set) var began = ContinuousClock.now
  private(set) var timeout: Duration?
  var lastWrite: ContinuousClock.Instant?
  var record: WireRecorder
  var reply: ReplyBuffer
  /// Why a callback stopped the transfer.
  var failure: WireError?

  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  private var request = RequestBody()
  private var headers: HeaderList?
  private var form: RequestForm?
  private var verb: String?
  private var path: String?
  private var timeoutSet: Int?

  /// Makes a handle with everything that the channel's sends share.
  init(
    setup: HTTPSetup, share: UnsafeMutableRawPointer?, sink: @escaping ChannelSink
  ) throws(WireError) {
    guard let easy = EasyHandle() else {
      throw .curl(code: Int32(CURLE_OUT_OF_MEMORY.rawValue), message: "out of memory")
    }
    self.easy = easy
    self.setup = setup
    self.sink = sink
    record = WireRecorder(limit: setup.options.recordLimit)
    reply = ReplyBuffer(setup.options)
    errorText[0] = 0
    do {
      try setup.apply(to: easy, share: share)
      try setCallbacks()
    } catch {
      easy.free()
      errorText.deallocate()
      throw error
    }
    _ = Unmanaged.passRetained(self)
  }

  /// Frees the handle; nothing may be called after.
  func free() {
    easy.free()
    errorText.deallocate()
    request.free()
    Unmanaged.passUnretained(self).release()
  }

  /// The transfer that an easy handle belongs to.
  static func owner(of easy: UnsafeMutableRawPointer) -> HTTPTransfer? {
    var context: UnsafeMutableRawPointer?
    guard ccurl_get_private(easy, &context) == CURLE_OK, let context else { return nil }
    return Unmanaged.fromOpaque(context).takeUnretainedValue()
  }

  /// Puts a send on the handle; frees the handle if that fails.
  func begin(_ send: PendingSend, _ headers: HeaderList) throws(WireError) {
    id = send.id
    start = send.start
    failure = nil
    lastWrite = nil
    errorText[0] = 0
    do {
      try setRequest(send)
      if self.headers !== headers {
        try easy.set(CURLOPT_HTTPHEADER, UnsafeRawPointer(headers.list))
        self.headers = headers
      }
      try setTimeout(send.options.timeout ?? setup.options.timeout)
    } catch {
      free()
      throw error
    }
    began = .now
  }

  /// What libcurl says of the failure, in words.
  func message(_ code: CURLcode) -> String {
    let words = String(cString: errorText)
    return words.isEmpty ? String(cString: ccurl_easy_strerror(code)) : words
  }

  /// Lets go of what only this send needed.
  func rest() {
    request.trim()
    reply.reset()
  }

  private func setCallbacks() throws(WireError) {
    let context = UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())
    try easy.set(CURLOPT_PRIVATE, context)
    try easy.set(CURLOPT_ERRORBUFFER, UnsafeRawPointer(errorText))
    try easy.set(CURLOPT_WRITEDATA, context)
    try easy.set(CURLOPT_WRITEFUNCTION, receiveBody)
    try easy.set(CURLOPT_HEADERDATA, context)
    try easy.set(CURLOPT_HEADERFUNCTION, receiveHeader)
    guard record.isOn else { return }
    try easy.set(CURLOPT_DEBUGDATA, context)
    _ = ccurl_set_debug(easy.pointer, receiveDebug)
    try easy.set(CURLOPT_VERBOSE, true)
  }

  private func setRequest(_ send: PendingSend) throws(WireError) {
    let form = RequestForm(send)
    if form == .body {
      try easy.set(CURLOPT_POSTFIELDS, request.fill(send.bytes))
      let size = curl_off_t(send.bytes.count)
      _ = ccurl_set_offset(easy.pointer, CURLOPT_POSTFIELDSIZE_LARGE, size)
    }
    if form != self.form {
      switch form {
      case .body: try easy.set(CURLOPT_POST, true)
      case .plain: try easy.set(CURLOPT_HTTPGET, true)
      case .head: try easy.set(CURLOPT_NOBODY, true)
      }
      self.form = form
    }
    try setPath(send.options.path)
    let usual = form == .body ? "POST" : form == .head ? "HEAD" : "GET"
    let verb = send.options.verb ?? "POST"
    guard RequestBody.isVerb(verb) else { throw .unsupported("\"\(verb)\" is not an HTTP method") }
    let wanted = verb == usual ? nil : verb
    guard wanted != self.verb else { return }
    if let wanted {
      try easy.set(CURLOPT_CUSTOMREQUEST, wanted)
    } else {
      try easy.set(CURLOPT_CUSTOMREQUEST, UnsafeRawPointer?.none)
    }
    self.verb = wanted
  }

  private func setPath(_ wanted: String?) throws(WireError) {
    guard wanted != path else { return }
    if let wanted {
      try easy.set(CURLOPT_REQUEST_TARGET, wanted)
    } else {
      try easy.set(CURLOPT_REQUEST_TARGET, UnsafeRawPointer?.none)
    }
    path = wanted
  }

  private func setTimeout(_ timeout: Duration?) throws(WireError) {
    self.timeout = timeout
    let wanted = HTTPSetup.milliseconds(timeout) ?? 0
    guard wanted != timeoutSet else { return }
    try easy.set(CURLOPT_TIMEOUT_MS, wanted)
    timeoutSet = wanted
  }
}
