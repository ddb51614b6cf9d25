extension RecoveringReader {
  // MARK: - The wrong bracket

  /// A closing bracket that does not fit the innermost container: what was meant is that after
  /// which the rest of the text fits.
  mutating func readMismatch(_ top: Container) -> State {
    let repair = bestRepair(base[at])
    let closers = repair.closed > 0 ? closers(repair.closed) : []
    report(
      .mismatchedBracket, at..<(at + 1), variant(top.kind), since: top.start,
      subject: .token(at), remedy: remedy(repair, top, closers))
    switch repair.kind {
    case .insert:
      mended.replace(at..<at, closers)
      open.removeLast(repair.closed)
      pendingComma = nil
      return close(open[open.count - 1])
    case .replace:
      mended.replace(at..<(at + 1), [top.kind == .object ? 0x7D : 0x5D])
      return close(top, isWritten: true)
    case .remove:
      mended.delete(at..<(at + 1))
      at += 1
      return top.isEmpty ? top.kind == .object ? .key : .value : .afterValue
    }
  }

  private struct Repair {
    enum Kind { case insert, replace, remove }
    var kind: Kind
    /// How many containers are closed before the bracket.
    var closed = 0
  }

  /// More containers are not closed at once.
  private static let mostClosed = 8

  private func bestRepair(_ byte: UInt8) -> Repair {
    var best = Repair(kind: .replace)
    var bestFit: (outcome: RestScan.Outcome, at: Int)?
    func weigh(_ repair: Repair, _ rest: RestScan, _ state: RestScan.State) {
      var rest = rest
      let outcome = rest.run(state)
      let fit = (outcome: outcome, at: outcome == .fault ? rest.at : 0)
      if let bestFit, (bestFit.outcome.rawValue, bestFit.at) >= (outcome.rawValue, fit.at) {
        return
      }
      (best, bestFit) = (repair, fit)
    }
    let depth = open.count
    for closed in 1...Self.mostClosed where closed < depth {
      guard open[depth - 1 - closed].kind.closer == byte else { continue }
      weigh(
        Repair(kind: .insert, closed: closed), RestScan(self, at: at, open: depth - closed),
        .afterValue)
    }
    weigh(Repair(kind: .replace), RestScan(self, at: at + 1, open: depth - 1), .afterValue)
    let top = open[depth - 1]
    let empty: RestScan.State = top.kind == .object ? .firstKey : .firstValue
    weigh(
      Repair(kind: .remove), RestScan(self, at: at + 1), top.isEmpty ? empty : .afterValue)
    return best
  }

  private func remedy(_ repair: Repair, _ top: Container, _ closers: [UInt8]) -> String {
    let token = tokenName(at)
    switch repair.kind {
    case .insert: return "put \(Self.quoted(closers)) before \(token)"
    case .replace:
      return "write \(Self.quoted([top.kind == .object ? 0x7D : 0x5D])) instead of \(token)"
    case .remove: return "remove \(token), which closes nothing"
    }
  }

  private static func quoted(_ closers: [UInt8]) -> String {
    (closers.count == 1 ? "a '" : "'") + String(decoding: closers, as: UTF8.self) + "'"
  }

  /// What closes the innermost containers.
  private func closers(_ closed: Int) -> [UInt8] {
    open.suffix(closed).reversed().map { $0.kind == .object ? 0x7D : 0x5D }
  }

  // MARK: - A bracket that is missing

  /// After a comma in a container that was meant to be closed before it: a key in an array, or a
  /// value without a key in an object. Closes it if the rest fits then.
  mutating func closeBefore(_ comma: Int) -> Bool {
    guard let top = open.last, let closed = missingClosers(comma, top) else { return false }
    let closers = closers(closed)
    report(
      .mismatchedBracket, comma..<comma, top.kind == .object ? .unclosedObject : .unclosedArray,
      since: top.start, subject: .token(at),
      remedy: "put \(Self.quoted(closers)) before the comma")
    mended.replace(comma..<comma, closers)
    open.removeLast(closed)
    return true
  }

  private func missingClosers(_ comma: Int, _ top: Container) -> Int? {
    let byte = base[at]
    let kind: Container.Kind
    switch top.kind {
    case .array where byte == 0x22: kind = .object
    case .object where byte == 0x7B || byte == 0x5B: kind = .array
    default: return nil
    }
    let depth = open.count
    guard
      let closed = (1...Self.mostClosed).first(where: {
        $0 < depth && open[depth - 1 - $0].kind == kind
      }), kind == .array || keyFollows()
    else { return nil }
    var rest = RestScan(self, at: comma, open: depth - closed)
    return rest.run(.afterValue) > .fault ? closed : nil
  }
}
