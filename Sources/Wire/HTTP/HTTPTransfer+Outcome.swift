import CCurl

extension HTTPTransfer {
  /// Hands out the rest of the reply and the outcome of a transfer that libcurl ended.
  func complete(_ code: CURLcode) {
    tellHead(reply.finalHead())
    let hadHead = reply.hasHead
    let error = code == CURLE_OK ? nil : failure ?? self.error(code, hadHead: hadHead)
    finish(error, easy.time(CURLINFO_TOTAL_TIME_T).map { began.advanced(by: $0) })
  }

  /// Hands out what came, and that the send was given up.
  func giveUp(_ error: WireError) {
    tellHead(reply.finalHead())
    finish(error, nil)
  }

  private func finish(_ error: WireError?, _ end: ContinuousClock.Instant?) {
    let now = ContinuousClock.now
    if let frame = reply.takeRest(at: now) { sink(.frame(id, frame)) }
    let outcome = SendOutcome(
      timings: timings(end: end ?? now), error: error, wire: record.take(),
      retry: reply.retry)
    rest()
    sink(.finished(id, outcome))
  }

  /// libcurl counts from when it got the send, `Timings` from when the channel did.
  private func timings(end: ContinuousClock.Instant) -> Timings {
    let wait = start.duration(to: began)
    var timings = Timings(start: start)
    let ready = easy.time(CURLINFO_PRETRANSFER_TIME_T)
    timings.reusedConnection = ready != nil && easy.long(CURLINFO_NUM_CONNECTS) == 0
    if !timings.reusedConnection {
      if !setup.address.isNumeric, setup.options.unixSocket == nil {
        timings.nameLookup = easy.time(CURLINFO_NAMELOOKUP_TIME_T).map { wait + $0 }
      }
      timings.connected = easy.time(CURLINFO_CONNECT_TIME_T).map { wait + $0 }
      timings.tls = easy.time(CURLINFO_APPCONNECT_TIME_T).map { wait + $0 }
    }
    timings.written = lastWrite.map { start.duration(to: $0) } ?? ready.map { wait + $0 }
    timings.firstByte = easy.time(CURLINFO_STARTTRANSFER_TIME_T).map { wait + $0 }
    timings.lastByte = start.duration(to: end)
    return timings
  }

  private func error(_ code: CURLcode, hadHead: Bool) -> WireError {
    CurlFailure(
      code: code, message: message(code), errno: Int32(easy.long(CURLINFO_OS_ERRNO)),
      hadHead: hadHead, wasReady: easy.time(CURLINFO_PRETRANSFER_TIME_T) != nil,
      timeout: timeout
    ).error(setup)
  }
}
