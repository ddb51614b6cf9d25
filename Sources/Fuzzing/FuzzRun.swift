import SeededRandom
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A run over many inputs on several threads.
final class FuzzRun: Sendable {
  private let options: FuzzOptions
  private let corpus: Corpus
  private let next: Atomic<Int>
  private let end: Int
  private let deadline: ContinuousClock.Instant?
  private let finished = Atomic<Int>(0)

  init(options: FuzzOptions, corpus: Corpus) {
    self.options = options
    self.corpus = corpus
    next = Atomic(options.only ?? 0)
    end = options.only.map { $0 + 1 } ?? options.inputs
    deadline = options.seconds == .max ? nil : .now + .seconds(options.seconds)
  }

  /// Runs to the end; does not return if something is found.
  func run() {
    let sources = "\(corpus.texts.count) texts, seed \(options.seed), \(options.threads) threads"
    Console.error("fuzz: \(sources)")
    let began = ContinuousClock.now
    for slot in CrashReport.slots { startThread(slot) }
    var watch = Watchdog(slots: CrashReport.slots)
    var ticks = 0
    while finished.load(ordering: .acquiring) < CrashReport.slots.count {
      usleep(100_000)
      ticks += 1
      if ticks % 10 == 0 { watch.look() }
      if ticks % 50 == 0 { report(since: began) }
    }
    report(since: began)
    Console.error("fuzz: nothing found")
  }

  /// Checks the text of a file as it is.
  static func check(file: String, seed: UInt64) {
    guard let text = Corpus.read(file) else {
      Console.error("fuzz: cannot read \(file)")
      exit(2)
    }
    for round in 0..<100 {
      let slot = CrashReport.slots[0]
      slot.begin(index: round, text)
      Self.check(text, index: round, seed: seed, slot)
      slot.end()
    }
    Console.error("fuzz: nothing found")
  }

  private func startThread(_ slot: WorkSlot) {
    let work = Unmanaged.passRetained(ThreadWork { self.work(slot) })
    #if canImport(Glibc)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    let code = pthread_create(&thread, nil, runThreadWork, work.toOpaque())
    if code != 0 {
      Console.error("fuzz: no thread: \(String(cString: strerror(code)))")
      exit(2)
    }
  }

  private func work(_ slot: WorkSlot) {
    CrashReport.useOwnSignalStack()
    while true {
      // A few at a time, so that the threads seldom meet.
      let first = next.wrappingAdd(64, ordering: .relaxed).oldValue
      if first >= end { break }
      for index in first..<min(first + 64, end) {
        var random = SplitMix(seed: options.seed &+ UInt64(index) &* 0xD6E8_FEB8_6659_FD93)
        let text = Mutator.input(from: corpus, &random)
        slot.begin(index: index, text)
        Self.check(text, index: index, seed: options.seed, slot)
        slot.end()
      }
      if let deadline, ContinuousClock.now > deadline { break }
    }
    finished.add(1, ordering: .releasing)
  }

  private static func check(_ text: [UInt8], index: Int, seed: UInt64, _ slot: WorkSlot) {
    for (place, check) in Check.all.enumerated() {
      // Each has its own numbers, so that another check more changes nothing for the rest.
      var random = SplitMix(seed: seed ^ UInt64(index) &* 0xA24B_AED4_963E_E407)
      slot.enter(place)
      do {
        try check.run(text, &random)
      } catch {
        FailureReport.end(.broken(check: check.name, promise: error.description), slot, index)
      }
    }
  }

  private func report(since start: ContinuousClock.Instant) {
    let count = CrashReport.slots.reduce(0) { $0 + $1.count }
    let seconds = Double((ContinuousClock.now - start).components.seconds)
    let rate = seconds > 0 ? Int(Double(count) / seconds) : 0
    Console.error("fuzz: \(count) inputs in \(Int(seconds)) s, \(rate) a second")
  }
}

/// What a thread does.
private final class ThreadWork: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

#if canImport(Glibc)
  private func runThreadWork(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    context.map { Unmanaged<ThreadWork>.fromOpaque($0).takeRetainedValue().body() }
    return nil
  }
#else
  private func runThreadWork(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<ThreadWork>.fromOpaque(context).takeRetainedValue().body()
    return nil
  }
#endif
