import CCurl

/// libcurl hands over decoded bytes of the body; taking fewer than all stops the transfer.
func receiveBody(
  _ data: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let context else { return 0 }
  let bytes = UnsafeRawBufferPointer(start: data, count: size * count)
  return Unmanaged<HTTPTransfer>.fromOpaque(context).takeUnretainedValue().takeBody(bytes)
}

/// libcurl hands over one header line.
func receiveHeader(
  _ data: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let context else { return 0 }
  let bytes = UnsafeRawBufferPointer(start: data, count: size * count)
  return Unmanaged<HTTPTransfer>.fromOpaque(context).takeUnretainedValue().takeHeader(bytes)
}

/// libcurl tells what it does and shows what goes over the wire.
func receiveDebug(
  _ easy: UnsafeMutableRawPointer?, _ type: curl_infotype, _ data: UnsafeMutablePointer<CChar>?,
  _ size: Int, _ context: UnsafeMutableRawPointer?
) -> Int32 {
  guard let context else { return 0 }
  let bytes = UnsafeRawBufferPointer(start: data, count: size)
  Unmanaged<HTTPTransfer>.fromOpaque(context).takeUnretainedValue().takeDebug(type, bytes)
  return 0
}

extension HTTPTransfer {
  fileprivate func takeBody(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard reply.hasBegun else {
      // Without a status line it is no HTTP: the record has the bytes, for whoever wants to know.
      failure = .notHTTP
      return 0
    }
    tellHead(reply.finalHead())
    let (frames, verdict) = reply.takeBody(bytes, at: .now)
    for frame in frames { sink(.frame(id, frame)) }
    return accept(verdict, bytes.count)
  }

  fileprivate func takeHeader(_ line: UnsafeRawBufferPointer) -> Int {
    let verdict = reply.takeHeader(line)
    tellHead(reply.sureHead())
    return accept(verdict, line.count)
  }

  fileprivate func takeDebug(_ type: curl_infotype, _ bytes: UnsafeRawBufferPointer) {
    switch type {
    case CURLINFO_TEXT: record.add(.info, bytes)
    case CURLINFO_HEADER_IN: record.add(.headerIn, bytes)
    case CURLINFO_DATA_IN: record.add(.dataIn, bytes)
    case CURLINFO_HEADER_OUT:
      lastWrite = .now
      record.add(.headerOut, bytes)
    case CURLINFO_DATA_OUT:
      lastWrite = .now
      record.add(.dataOut, bytes)
    default: break
    }
  }

  func tellHead(_ head: ReplyHead?) {
    if let head { sink(.head(id, head)) }
  }

  private func accept(_ verdict: ReplyBuffer.Verdict, _ count: Int) -> Int {
    guard case .overLimit(let limit) = verdict else { return count }
    failure = .tooLarge(limit: limit)
    return 0
  }
}
