public import LosslessJSON

/// What is different between two documents, path by path, without losing anything of how they are
/// spelt.
///
/// Members are matched by name, whatever their order. Elements are aligned (equal ones first), or
/// matched by a key or as a set where the options say so. The work is near to linear in the size of
/// both, and limited: beyond it elements are compared place by place, and `isApproximate` says so.
public struct JSONDiff: Sendable {
  /// How documents are compared.
  public struct Options: Sendable {
    /// Elements whose value at such a path tells which is which: `$.items[*].id`.
    public var keys: [PathPattern]
    /// Arrays whose order means nothing.
    public var sets: [PathPattern]
    /// What is left out.
    public var ignored: [PathPattern]
    /// Values that may be different as long as both are of that kind.
    public var varying: [Varying]
    /// By how much numbers may differ.
    public var tolerance: Tolerance
    /// The most values that are looked at more than once to align elements.
    public var workLimit: Int

    /// Values at such paths vary.
    public struct Varying: Sendable, Equatable {
      /// Where.
      public var pattern: PathPattern
      /// What they are.
      public var kind: VaryingValue

      /// Values at such paths vary in that way.
      public init(_ pattern: PathPattern, _ kind: VaryingValue) {
        self.pattern = pattern
        self.kind = kind
      }
    }

    /// By how much numbers may differ.
    public struct Tolerance: Sendable, Equatable {
      /// By that much.
      public var absolute: Double
      /// By that part of the larger one.
      public var relative: Double

      /// Not at all unless told otherwise.
      public init(absolute: Double = 0, relative: Double = 0) {
        self.absolute = absolute
        self.relative = relative
      }

      var isNone: Bool { absolute <= 0 && relative <= 0 }
    }

    /// Everything counts, elements are aligned.
    public init(
      keys: [PathPattern] = [], sets: [PathPattern] = [], ignored: [PathPattern] = [],
      varying: [Varying] = [], tolerance: Tolerance = Tolerance(), workLimit: Int = 4_000_000
    ) {
      self.keys = keys
      self.sets = sets
      self.ignored = ignored
      self.varying = varying
      self.tolerance = tolerance
      self.workLimit = workLimit
    }
  }

  // MARK: - Proposals

  /// Values that differ at such paths, all of them in a way that suggests they always do.
  public struct Proposal: Sendable, Equatable {
    /// The rule that would cover them.
    public var rule: Options.Varying
    /// How many differences it would cover.
    public var count: Int
    /// One of them.
    public var example: (old: JSON, new: JSON)

    /// Whether both propose the same.
    public static func == (one: Proposal, other: Proposal) -> Bool {
      one.rule == other.rule && one.count == other.count
    }
  }

  /// The differences, in the order of the old document, added ones beside their neighbours.
  public let changes: [JSONChange]
  /// Whether the limit of work was reached, so that another comparison might tell fewer differences.
  public let isApproximate: Bool

  /// Compares two documents.
  public init(from old: JSON, to new: JSON, options: Options = Options()) {
    // Most often nothing is different, which is quick to see.
    if old == new {
      (changes, isApproximate) = ([], false)
      return
    }
    var comparison = DocumentComparison(options)
    comparison.compare(old, new)
    changes = comparison.changes
    isApproximate = comparison.isExhausted
  }

  /// Whether the data are the same (numbers by value).
  public var isSame: Bool { !changes.contains(where: \.isInData) }

  /// Rules for values that vary, as these differences suggest.
  public var proposals: [Proposal] { Self.proposals(changes) }

  /// Rules for values that vary, as all these differences together suggest.
  static func proposals(_ changes: [JSONChange]) -> [Proposal] {
    var order: [PathPattern] = []
    var kinds: [PathPattern: (kind: VaryingValue, count: Int, example: (JSON, JSON))?] = [:]
    for change in changes where change.kind == .changed {
      guard let path = change.oldPath, let old = change.old, let new = change.new else { continue }
      let pattern = PathPattern(generalising: path)
      let kind = VaryingValue.shared(old, new)
      if let known = kinds[pattern] {
        // One that differs in earnest, or in another way, speaks against all of them.
        if let known, known.kind == kind {
          kinds[pattern] = .some((known.kind, known.count + 1, known.example))
        } else {
          kinds[pattern] = .some(nil)
        }
      } else {
        order.append(pattern)
        kinds[pattern] = .some(kind.map { ($0, 1, (old, new)) })
      }
    }
    return order.compactMap { pattern in
      guard let found = kinds[pattern], let found else { return nil }
      return Proposal(
        rule: Options.Varying(pattern, found.kind), count: found.count, example: found.example)
    }
  }
}
