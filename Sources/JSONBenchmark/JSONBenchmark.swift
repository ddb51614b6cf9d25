import LosslessJSON

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Measures LosslessJSON on documents of several shapes. `share/dev/bench shapes` runs it beside its
/// peers.
@main
enum JSONBenchmark {
  static let usage = """
    usage: json-benchmark [MEGABYTES] [SHAPE…]        a table of all or those shapes
           json-benchmark write SHAPE MEGABYTES FILE  writes the document of a shape
           json-benchmark read FILE                   reads it
           json-benchmark pretty FILE                 reads it and prints it laid out, in colour
           json-benchmark warm FILE ROUNDS            reads it so many times; prints MB/s
           json-benchmark diagnose FILE ROUNDS        diagnoses it so many times; prints MB/s
    shapes: \(Shape.allCases.map(\.rawValue).joined(separator: " "))

    """

  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      try run(arguments)
    } catch {
      Output.error("json-benchmark: \(error)\n")
      exit(error is UsageError ? 2 : 1)
    }
  }

  private static func run(_ arguments: [String]) throws {
    switch (arguments.first, arguments.count) {
    case ("write", 4):
      guard let shape = Shape(rawValue: arguments[1]), let size = Int(arguments[2]) else {
        throw UsageError()
      }
      try FileText.write(shape.document(bytes: size * 1_000_000), to: arguments[3])
    case ("read", 2): try SingleRun.read(arguments[1])
    case ("pretty", 2): try SingleRun.pretty(arguments[1])
    case ("peak", 2): try SingleRun.peak(arguments[1])
    case ("warm", 3): try SingleRun.warm(arguments[1], rounds: Int(arguments[2]) ?? 5)
    case ("diagnose", 3): try SingleRun.diagnose(arguments[1], rounds: Int(arguments[2]) ?? 5)
    case ("row", 3):
      guard let shape = Shape(rawValue: arguments[1]), let size = Int(arguments[2]) else {
        throw UsageError()
      }
      try ShapeRow.print(shape, bytes: size * 1_000_000)
    default: try table(arguments)
    }
  }

  private static func table(_ arguments: [String]) throws {
    let size = arguments.first.flatMap { Int($0) }
    let names = arguments.dropFirst(size == nil ? 0 : 1)
    let shapes = try names.map { name in
      guard let shape = Shape(rawValue: name) else { throw UsageError() }
      return shape
    }
    Output.text(ShapeRow.heading)
    for shape in shapes.isEmpty ? Shape.allCases : shapes {
      // Each in a process of its own, so that none has the memory of another.
      try OwnProcess.run(["row", shape.rawValue, String(size ?? 16)])
    }
  }
}

struct UsageError: Error, CustomStringConvertible {
  var description: String { "no such use\n" + JSONBenchmark.usage }
}
