import LosslessJSON

extension JSONDiff.Options {
  /// The same for a part of a reply: a pattern may name it from the part on, `$.items[*].id`, or from
  /// the reply on, `$.result.items[*].id`.
  func rooted(at name: String) -> JSONDiff.Options {
    func both(_ patterns: [PathPattern]) -> [PathPattern] {
      patterns + patterns.compactMap { $0.inside(name) }
    }
    var options = self
    options.keys = both(keys)
    options.sets = both(sets)
    options.ignored = both(ignored)
    options.varying += varying.compactMap { rule in
      rule.pattern.inside(name).map { Varying($0, rule.kind) }
    }
    return options
  }
}
