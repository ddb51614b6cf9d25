#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Feeds mutated texts through the readers, the framings and the checks, and looks for broken
/// promises: a crash, a hang, bytes that change, findings out of place.
@main
enum Fuzz {
  static func main() {
    let options: FuzzOptions
    do {
      options = try FuzzOptions(Array(CommandLine.arguments.dropFirst()))
    } catch {
      Console.error("\(error)")
      exit(2)
    }
    signal(SIGPIPE, SIG_IGN)
    let corpus = Corpus(paths: options.paths)
    CrashReport.install(workers: options.threads, seed: options.seed)
    if let path = options.input {
      FuzzRun.check(file: path, seed: options.seed)
    } else {
      FuzzRun(options: options, corpus: corpus).run()
    }
  }
}
