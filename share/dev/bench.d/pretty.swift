// Reads a document and writes it laid out: pretty FILE.
import Glibc
import LosslessJSON

func readAll(_ path: String) -> [UInt8] {
  let descriptor = open(path, O_RDONLY)
  guard descriptor >= 0 else { return [] }
  defer { close(descriptor) }
  let size = Int(lseek(descriptor, 0, SEEK_END))
  lseek(descriptor, 0, SEEK_SET)
  return [UInt8](unsafeUninitializedCapacity: size + 64) { buffer, count in
    while count < size {
      let got = read(descriptor, buffer.baseAddress! + count, size - count)
      if got <= 0 { return }
      count += got
    }
  }
}

func writeAll(_ bytes: [UInt8]) {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
    if count <= 0 { exit(1) }
    rest = rest.dropFirst(count)
  }
}

func milliseconds(_ body: () -> Void) -> Double {
  let took = ContinuousClock().measure(body).components
  return Double(took.seconds) * 1e3 + Double(took.attoseconds) / 1e15
}

var source = readAll(CommandLine.arguments[1])
let size = source.count
var value = JSON.null
var text: [UInt8] = []
let reading = milliseconds {
  // Handed over, so that it is not copied.
  var given: [UInt8] = []
  swap(&given, &source)
  do { value = try JSON(reading: consume given) } catch { fatalError("\(error)") }
}
let laying = milliseconds { text = JSONFormatter(width: 0).bytes(value) }
writeAll(text)
if CommandLine.arguments.count > 2 {
  // What the parts took, without starting the program and reading the file.
  let line =
    "\(size) \(text.count) \(Int(Double(size) / reading / 1e3)) \(Int(Double(text.count) / laying / 1e3))\n"
  _ = line.utf8.withContiguousStorageIfAvailable { write(2, $0.baseAddress, $0.count) }
}
