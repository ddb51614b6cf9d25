// Writes and reads recordings, and says on standard error what it took:
//   recording make FILE COUNT [soon]     COUNT exchanges
//   recording tell FILE                  exchanges without end, each told on standard output when it
//                                        was recorded: for killing it at any moment
//   recording last FILE COUNT [WORD...]  the last that pass
//   recording count FILE [WORD...]       how many pass
//   recording diff MEGABYTES             two documents that differ in some places
import Glibc
import JSONRPC
import LosslessJSON
import Recording
import Session
import Wire

func tell(_ text: String) {
  var text = text + "\n"
  text.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
}

func milliseconds(_ body: () throws -> Void) rethrows -> Double {
  let took = try ContinuousClock().measure(body).components
  return Double(took.seconds) * 1e3 + Double(took.attoseconds) / 1e15
}

func peak() -> Int {
  var usage = rusage()
  getrusage(0, &usage)  // RUSAGE_SELF, whose type differs between systems
  return usage.ru_maxrss / 1024
}

/// One of a hundred is an error, one of a thousand slow; every tenth has a member to mask.
func exchange(_ number: Int) -> Exchange {
  let method = ["eth_getBlockByNumber", "tools/call", "subtract", "user.find"][number % 4]
  let params = number % 10 == 0 ? #"{"user":"u","token":"secret-token-value-1"}"# : "[\(number),true]"
  let request = #"{"jsonrpc":"2.0","method":"\#(method)","params":\#(params),"id":\#(number)}"#
  let outcome =
    number % 100 == 0
    ? #""error":{"code":-32000,"message":"execution reverted"}"#
    : #""result":{"number":"0x\#(String(number, radix: 16))","name":"block of \#(number)","ok":true}"#
  let reply = #"{"jsonrpc":"2.0",\#(outcome),"id":\#(number)}"#
  var timings = Timings(start: .now)
  timings.written = .microseconds(20)
  timings.firstByte = .microseconds(400)
  timings.lastByte = number % 1000 == 0 ? .milliseconds(250) : .microseconds(430)
  return Exchange(
    number: number, kind: .call, startedAt: 1_700_000_000 + Double(number) / 1000,
    request: Array(request.utf8), method: method, ids: [RequestID(number)],
    messages: [
      ReceivedMessage(
        kept: Frame(
          bytes: Array(reply.utf8), kind: .message, firstByte: timings.start,
          lastByte: timings.start))
    ], timings: timings, ending: .replied)
}

func make(_ path: String, _ count: Int, soon: Bool) {
  let writer = RecordingWriter(
    path: path,
    header: RecordingHeader(
      program: "bench", startedAt: 0, target: "tcp:localhost:1", transport: "tcp"),
    promptness: soon ? .soon : .beforeReturning
  ) { tell("\($0)") }
  var inWriter = 0.0
  var number = 0
  while number < count {
    let block = (0..<min(10_000, count - number)).map { exchange(number + $0 + 1) }
    number += block.count
    inWriter += milliseconds { for exchange in block { writer.record(exchange) } }
  }
  writer.close()
  tell("made \(count): \(inWriter * 1e3 / Double(count)) µs each in the writer")
}

func document(_ megabytes: Int, _ seed: Int) -> [UInt8] {
  var text = "{\"items\":["
  for place in 0..<(megabytes * 9000) {
    if place > 0 { text += "," }
    let value = place % 5000 == seed ? "changed" : "value"
    if seed > 0, place % 7000 == 3 { text += #"{"id":-\#(place),"new":true},"# }
    text += #"{"id":\#(place),"name":"item \#(place)","value":"\#(value)","tags":["a","b",\#(place % 7)],"n":1.5}"#
  }
  return Array((text + "]}").utf8)
}

func run(_ words: [String]) throws {
  switch words[1] {
  case "make": make(words[2], Int(words[3]) ?? 1000, soon: words.count > 4)
  case "tell":
    let writer = RecordingWriter(
      path: words[2], header: RecordingHeader(program: "bench", startedAt: 0, target: "tcp:localhost:1"))
    for number in 1... {
      writer.record(exchange(number))
      var line = "\(number)\n"
      line.withUTF8 { _ = write(1, $0.baseAddress, $0.count) }
    }
  case "last":
    let filter = try ExchangeFilter(words: Array(words[4...]), now: 0)
    var lines: [RecordedLine] = []
    let opening = try milliseconds { lines = try SessionFile(opening: words[2]).last(Int(words[3]) ?? 50, matching: filter) }
    let reading = milliseconds { for line in lines { _ = line.entry } }
    tell("last \(lines.count): found in \(opening) ms, read in \(reading) ms, peak \(peak()) MB")
  case "count":
    let filter = try ExchangeFilter(words: Array(words[3...]), now: 0)
    let file = try SessionFile(opening: words[2])
    var tally = try file.scan(from: file.end) { _ in true }
    let took = try milliseconds { tally = try file.count(matching: filter) }
    tell("\(words[3...].joined(separator: " ")): \(tally.matches) of \(tally.lines) in \(took) ms, peak \(peak()) MB")
  default:
    let old = try JSON(reading: document(Int(words[2]) ?? 10, 0))
    let new = try JSON(reading: document(Int(words[2]) ?? 10, 1))
    var diff = JSONDiff(from: old, to: old)
    let took = milliseconds { diff = JSONDiff(from: old, to: new) }
    tell("diff of \(old.bytes.count >> 20) MB: \(diff.changes.count) changes\(diff.isApproximate ? " (approximate)" : "") in \(took) ms, peak \(peak()) MB")
  }
}

do { try run(CommandLine.arguments) } catch {
  tell("\(error)")
  exit(1)
}
