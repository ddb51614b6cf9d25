import SeededRandom

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The texts that inputs are made of.
struct Corpus: Sendable {
  /// Longer files are cut: small inputs are quick, and no less strange.
  static let textLimit = 8 << 10

  private(set) var texts: [[UInt8]] = []

  /// Generated documents, and the files and all files in the folders given.
  init(paths: [String]) {
    texts = Self.seeds.map { Array($0.utf8) }
    var random = SplitMix(seed: 1)
    for _ in 0..<200 {
      var maker = DocumentMaker()
      texts.append(maker.document(&random))
    }
    var files: [String] = []
    for path in paths { Self.collect(path, &files) }
    // What the system lists is in no order, but the number of an input should mean the same again.
    for file in files.sorted() {
      if let text = Self.read(file) { texts.append(text) }
    }
  }

  /// The beginning of a file.
  static func read(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: textLimit)
    var count = 0
    while count < bytes.count {
      let got = bytes.withUnsafeMutableBytes { buffer in
        systemRead(descriptor, buffer, count)
      }
      if got <= 0 { break }
      count += got
    }
    return Array(bytes[..<count])
  }

  private static func collect(_ path: String, _ files: inout [String]) {
    guard let folder = opendir(path) else {
      files.append(path)
      return
    }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { collect("\(path)/\(name)", &files) }
    }
  }

  private static let seeds = [
    "", " ", "null", "[]", "{}", "0", "-0.5e+10", #""\u00e9\ud83d\ude00\n""#, "[1,2,[3,[4]]]",
    #"{"jsonrpc":"2.0","id":1,"result":{"a":[1,2.5,null,true],"b":"\"x\""}}"#,
    #"{"jsonrpc": "2.0", "error": {"code": -32700, "message": "Parse error"}, "id": null}"#,
    #"[{"jsonrpc":"2.0","method":"sum","params":[1,2],"id":"1"},{"jsonrpc":"2.0","method":"n"}]"#,
    #"{"result":19,"error":null,"id":1.0}"#,
    #"{'a': None, b: True, "c": 0x1F, // note"# + "\n" + #" "d": NaN, "e": undefined,}"#,
    "Content-Length: 38\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":true}",
    "Content-Type: x\nContent-Length: 2\n\n{}log\r\nContent-Length: 4\r\n\r\nnull",
    "2:{},17:{\"id\":1,\"x\":\"é\"},0:,", "{\"a\":1}\n[2]\r\n\"three\" 4 true\nINFO: ready\n{}",
    "\u{FEFF}{\"a\":1}", ".a[0].\"b c\"[\"d\"][-1]", ".", "<html><title>502</title></html>",
    "data: {\"id\":1}\n\nevent: x\ndata: {}\n\n", "[\"日本語 привет 😀\\u6771\"]",
  ]
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer, _ from: Int)
  -> Int
{
  guard let start = buffer.baseAddress else { return 0 }
  return read(descriptor, start + from, buffer.count - from)
}
