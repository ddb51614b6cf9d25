import Synchronization
import Testing

@testable import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("Signals")
struct SignalsTests {
  final class Log: Sendable {
    private let entries = Mutex<[String]>([])
    func add(_ entry: String) { entries.withLock { $0.append(entry) } }
    var all: [String] { entries.withLock { $0 } }
  }

  @Test func theNewestListenerGetsAnInterrupt() {
    let signals = Signals()
    let log = Log()
    let outer = signals.onInterrupt { log.add("outer") }
    let inner = signals.onInterrupt { log.add("inner") }
    signals.handle(SIGINT)
    inner.cancel()
    inner.cancel()
    signals.handle(SIGINT)
    #expect(log.all == ["inner", "outer"])
    outer.cancel()
  }

  @Test func aListenerThatIsLetGoIsNotCalled() {
    let signals = Signals()
    let log = Log()
    let outer = signals.onInterrupt { log.add("outer") }
    _ = signals.onInterrupt { log.add("gone") }
    signals.handle(SIGINT)
    #expect(log.all == ["outer"])
    outer.cancel()
  }

  @Test func allAreToldOfAResize() {
    let signals = Signals()
    let log = Log()
    let subscriptions = [signals.onResize { log.add("a") }, signals.onResize { log.add("b") }]
    signals.handle(SIGWINCH)
    #expect(log.all == ["a", "b"])
    for subscription in subscriptions { subscription.cancel() }
  }

  @Test func aRealSignalReachesItsListener() async throws {
    let log = Log()
    let subscription = Signals.shared.onResize { log.add("resize") }
    Signals.shared.start()
    kill(getpid(), SIGWINCH)
    #expect(try await eventually { log.all.contains("resize") })
    subscription.cancel()
  }

  @Test func anInterruptFromOutsideEndsTheLine() async throws {
    let fixture = try await EditorFixture().start()
    fixture.type("abc")
    try await fixture.expect(["> abc"])
    fixture.editor.post(.interrupt)
    #expect(try await fixture.outcome() == .interrupted)
    try await fixture.expect(["> abc^C", ">"])
    try await fixture.close()
  }
}
