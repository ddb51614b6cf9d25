public import LosslessJSON
public import Session

/// Which exchanges are meant, as words say it:
/// `method:tools/* status:error|ok dir:in kind:notification id:7 finding:id-type slower:100ms TEXT`.
///
/// All words must hold; `!` before a word turns it round. The same filter looks at live exchanges and
/// at the lines of a file.
public struct ExchangeFilter: Sendable, Equatable {
  /// One condition.
  public struct Term: Sendable, Equatable {
    /// What is asked.
    public enum Test: Sendable, Equatable {
      /// The method is one of these patterns (`*` and `?` as in a shell).
      case method([Glob])
      /// It came to one of these.
      case status(Set<ExchangeStatus>)
      /// It was begun by the server (true) or by us.
      case incoming(Bool)
      /// It is one of these kinds.
      case kind(Set<Exchange.Kind>)
      /// One of its ids is this, as JSON or as bare text.
      case id([String])
      /// A finding's rule is one of these patterns, with or without what is before its first dot.
      case finding([Glob])
      /// Some finding is at least that bad.
      case worst(Finding.Severity)
      /// The error's code is one of these.
      case code([Int])
      /// The HTTP status is in one of these ranges.
      case http([ClosedRange<Int>])
      /// It took longer than that.
      case slower(Duration)
      /// It took less than that.
      case faster(Duration)
      /// It sent and received more bytes than that.
      case larger(Int)
      /// It began at that time or later, in seconds since 1970.
      case since(Double)
      /// It began before that time.
      case until(Double)
      /// Its number is in that range.
      case number(ClosedRange<Int>)
      /// The text stands somewhere in what was exchanged.
      case text(String)
    }

    /// What is asked.
    public var test: Test
    /// Whether the contrary is asked.
    public var isNegated: Bool

    /// A condition.
    public init(_ test: Test, isNegated: Bool = false) {
      self.test = test
      self.isNegated = isNegated
    }
  }

  /// The conditions, all of which must hold.
  public var terms: [Term]

  /// A filter of those conditions.
  public init(_ terms: [Term] = []) { self.terms = terms }

  /// Whether every exchange passes.
  public var isEmpty: Bool { terms.isEmpty }
}

/// A pattern of a name: `*` is any text, `?` any byte; upper and lower case are different.
public struct Glob: Sendable, Hashable {
  /// The pattern as written.
  public let pattern: String
  private let bytes: [UInt8]

  /// A pattern.
  public init(_ pattern: String) {
    self.pattern = pattern
    bytes = Array(pattern.utf8)
  }

  /// Whether the pattern covers all of the text.
  public func matches<Text: RandomAccessCollection<UInt8>>(_ text: Text) -> Bool {
    var index = text.startIndex
    var at = 0
    var star: (at: Int, index: Text.Index)?
    while index < text.endIndex {
      if at < bytes.count, bytes[at] == 0x2A {
        at += 1
        star = (at, index)
      } else if at < bytes.count, bytes[at] == text[index] || bytes[at] == 0x3F {
        at += 1
        text.formIndex(after: &index)
      } else if let last = star {
        // Let the last star take one byte more.
        index = text.index(after: last.index)
        at = last.at
        star = (at, index)
      } else {
        return false
      }
    }
    return bytes[at...].allSatisfy { $0 == 0x2A }
  }
}
