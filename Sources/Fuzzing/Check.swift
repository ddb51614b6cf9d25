import SeededRandom

/// Something that must hold for every input.
///
/// To add one, write a function that throws a `BrokenPromise` and name it in `all`.
struct Check: Sendable {
  let name: StaticString
  let run: @Sendable ([UInt8], inout SplitMix) throws(BrokenPromise) -> Void

  static let all = [
    Check(name: "strict reading", run: ReadingChecks.reading),
    Check(name: "spelling", run: ReadingChecks.spelling),
    Check(name: "values", run: ReadingChecks.values),
    Check(name: "layout", run: LayoutChecks.layout),
    Check(name: "painting", run: LayoutChecks.painting),
    Check(name: "lexer", run: LayoutChecks.lexer),
    Check(name: "diagnosis", run: DiagnosisChecks.diagnosis),
    Check(name: "path", run: PathChecks.path),
    Check(name: "messages", run: MessageChecks.messages),
    Check(name: "framings, cut in pieces", run: FramingChecks.pieces),
    Check(name: "framings, there and back", run: FramingChecks.roundTrip),
  ]
}

/// A promise that was not kept.
struct BrokenPromise: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }
}

/// Throws unless it holds.
func expect(
  _ holds: Bool, _ promise: @autoclosure () -> String
) throws(BrokenPromise) {
  if !holds { throw BrokenPromise(promise()) }
}
