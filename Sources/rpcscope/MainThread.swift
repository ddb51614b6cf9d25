import Dispatch
import Synchronization

/// Runs tasks on the program's first thread, which has nothing else to do.
///
/// A single call needs no pool: making its threads and going from one to the other takes longer
/// than everything else that is ours in it.
final class MainThread: TaskExecutor {
  static let shared = MainThread()

  private let jobs = Mutex<[UnownedJob]>([])
  private let hasJobs = DispatchSemaphore(value: 0)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
    hasJobs.signal()
  }

  /// Runs what comes, for ever; to be called on that thread.
  func run() -> Never {
    while true {
      hasJobs.wait()
      let job = jobs.withLock { $0.removeFirst() }
      job.runSynchronously(on: asUnownedTaskExecutor())
    }
  }
}
