import Testing

@testable import Shell

@Suite("Lines that a server pours out", .timeLimit(.minutes(1)))
struct LineFloodTests {
  @Test("are shown up to a number a second, and the others are counted")
  func counts() async {
    let (told, continuation) = AsyncStream.makeStream(of: Int.self)
    let flood = LineFlood { continuation.yield($0) }
    let start = ContinuousClock.now
    let most = LineFlood.mostPerSecond
    #expect((0..<most).allSatisfy { _ in flood.admits(now: start) })
    #expect((0..<1234).allSatisfy { _ in !flood.admits(now: start + .milliseconds(900)) })
    #expect(flood.admits(now: start + .seconds(1)))
    var counts = told.makeAsyncIterator()
    #expect(await counts.next() == 1234)
    // The next flood is told of anew.
    #expect((0..<most).allSatisfy { _ in flood.admits(now: start + .seconds(9)) })
    #expect(!flood.admits(now: start + .seconds(9)))
    #expect(await counts.next() == 1)
  }
}
