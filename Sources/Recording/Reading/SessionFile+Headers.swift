import LosslessJSON

extension SessionFile {
  /// The first lines of all sessions in the file, found without reading the others.
  public func headers() throws(RecordingError) -> [RecordingHeader] {
    var headers: [RecordingHeader] = []
    var scanner = LineScan(file: file, at: 0, end: end)
    let start = Array("{\"rpcscope\":".utf8)
    while try scanner.next({ line, _ in
      guard line.starts(with: start), let json = try? JSON(reading: Array(line)),
        let header = RecordingHeader(json)
      else { return }
      headers.append(header)
    }) {}
    return headers.isEmpty ? [header] : headers
  }
}
