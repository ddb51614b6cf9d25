#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the command line says.
struct FuzzOptions {
  static let usage = """
    usage: fuzz [OPTION…] [FILE | FOLDER]…     mutates those files and generated documents
      --seed N      the seed of everything (default: the time)
      --inputs N    how many inputs (default 10000000)
      --seconds N   stop after that time
      --threads N   how many at once (default: the processors)
      --only N      just the input of that number
      --input FILE  just the text of a file, unmutated
    """

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  var seed = UInt64(time(nil))
  var inputs = 10_000_000
  var seconds = Int.max
  var threads = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  var only: Int?
  var input: String?
  var paths: [String] = []

  init(_ arguments: [String]) throws(Failure) {
    var rest = arguments[...]
    while let word = rest.popFirst() {
      switch word {
      case "--seed": seed = UInt64(try Self.number(word, &rest))
      case "--inputs": inputs = try Self.number(word, &rest)
      case "--seconds": seconds = try Self.number(word, &rest)
      case "--threads": threads = max(1, try Self.number(word, &rest))
      case "--only": only = try Self.number(word, &rest)
      case "--input": input = rest.popFirst()
      case _ where word.hasPrefix("-"): throw Failure(description: Self.usage)
      default: paths.append(word)
      }
    }
  }

  private static func number(
    _ option: String, _ rest: inout ArraySlice<String>
  ) throws(Failure) -> Int {
    guard let number = rest.popFirst().flatMap({ Int($0) }), number >= 0 else {
      throw Failure(description: "\(option) wants a number\n\(usage)")
    }
    return number
  }
}
