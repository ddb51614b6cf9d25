import Testing
import Wire

@testable import Session

@Suite("Exchange log")
struct ExchangeLogTests {
  private func exchange(_ number: Int, size: Int) -> Exchange {
    var exchange = Exchange(
      number: number, kind: .call, startedAt: 0, request: [UInt8](repeating: 0x20, count: size),
      start: .now)
    exchange.ending = .replied
    return exchange
  }

  @Test("the newest thousand stay whole, older ones as summaries")
  func capacity() {
    var log = ExchangeLog()
    for number in 1...2500 { log.append(exchange(number, size: 10)) }
    #expect(log[1500] == nil)
    #expect(log[1501]?.number == 1501)
    #expect(log[2500]?.number == 2500)
    #expect(log.summaries.count == 2500)
    #expect(log.lastOwn?.number == 2500)
  }

  @Test("large ones are let go by size, the newest never")
  func bytes() {
    var log = ExchangeLog(byteCapacity: 256)
    for number in 1...4 { log.append(exchange(number, size: 100)) }
    #expect(log[2] == nil)
    #expect(log[3] != nil)
    log.append(exchange(5, size: 300))
    #expect(log[4] == nil)
    #expect(log[5] != nil)
  }
}
