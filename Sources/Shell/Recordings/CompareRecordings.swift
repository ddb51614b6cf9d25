import LosslessJSON
import Recording
import Session
import Terminal
import View
import Wire

/// `rpcscope diff`: what is different between two recordings.
public struct CompareRecordings: Sendable {
  /// Which exchanges; all that the user or the server began if there are no words.
  public var filter: [String] = []
  /// Paths that make no difference.
  public var ignored: [String] = []
  /// Paths of values that tell which element of an array is which.
  public var keys: [String] = []
  /// Paths of arrays whose order makes no difference.
  public var sets: [String] = []

  /// Everything makes a difference but ids and times.
  public init() {}

  /// Compares two recordings, or anything that can be read as one.
  public func run(
    _ old: String, _ new: String, screen: Screen
  ) throws(Complaint) -> ExitStatus {
    let options = ExchangeDiff.Options(
      json: JSONDiff.Options(
        keys: try Self.patterns(keys), sets: try Self.patterns(sets),
        ignored: try Self.patterns(ignored)))
    let filter = try ExchangeChoice.filter(filter)
    let pairs = ExchangePairs(try read(old, filter, screen), try read(new, filter, screen))
    let drawing = DiffText(width: screen.width)
    var different = 0
    for (before, after) in pairs.both {
      let diff = ExchangeDiff(from: before, to: after, options: options)
      if diff.isSame { continue }
      different += 1
      screen.show(StyledText(lines: drawing.lines(diff, before, after)))
    }
    for exchange in pairs.onlyOld { screen.show(Self.line("---", .error, exchange, screen)) }
    for exchange in pairs.onlyNew { screen.show(Self.line("+++", .success, exchange, screen)) }
    let isSame = different == 0 && pairs.onlyOld.isEmpty && pairs.onlyNew.isEmpty
    screen.note(
      StyledText(
        "\(pairs.both.count - different) alike, \(different) different, "
          + "\(pairs.onlyOld.count) only in \(SafeText.escape(old)), "
          + "\(pairs.onlyNew.count) only in \(SafeText.escape(new))", isSame ? .success : .warning))
    return isSame ? .ok : .differed
  }

  private static func patterns(_ texts: [String]) throws(Complaint) -> [PathPattern] {
    var patterns: [PathPattern] = []
    for text in texts {
      patterns.append(try Complaint.wrapping { () throws(RecordingError) in try PathPattern(text) })
    }
    return patterns
  }

  private func read(
    _ word: String, _ filter: ExchangeFilter, _ screen: Screen
  ) throws(Complaint) -> [Exchange] {
    let path = try RecordingPath.of(word)
    let session = try Complaint.wrapping { () throws(RecordingError) in
      try RecordingSources.read(path)
    }
    for note in session.notes {
      screen.note(StyledText(SafeText.escape("\(word): \(note)"), .note))
    }
    return session.exchanges.map(\.exchange).filter { exchange in
      filter.isEmpty ? exchange.purpose == .ordinary : filter.matches(exchange)
    }
  }

  private static func line(
    _ sign: String, _ role: Role, _ exchange: Exchange, _ screen: Screen
  ) -> StyledText {
    let bytes = exchange.request.isEmpty ? exchange.reply?.frame.bytes ?? [] : exchange.request
    return StyledText("\(sign) ", role) + StyledText("\(exchange.number) ", .number)
      + JSONText.line(bytes, limit: max(160, screen.width * 2))
  }
}

/// Which exchange of one recording answers to which of another.
struct ExchangePairs {
  private(set) var both: [(Exchange, Exchange)] = []
  private(set) var onlyOld: [Exchange] = []
  private(set) var onlyNew: [Exchange] = []

  /// Those with the same method and params first, then those with the same method, in order.
  init(_ old: [Exchange], _ new: [Exchange]) {
    var partners: [Int: Int] = [:]
    var taken: Set<Int> = []
    for key in [Self.whole, Self.method] {
      var places: [String: [Int]] = [:]
      for place in new.indices.reversed() where !taken.contains(place) {
        places[key(new[place]), default: []].append(place)
      }
      for place in old.indices where partners[place] == nil {
        guard let partner = places[key(old[place])]?.popLast() else { continue }
        partners[place] = partner
        taken.insert(partner)
      }
    }
    for place in old.indices {
      if let partner = partners[place] {
        both.append((old[place], new[partner]))
      } else {
        onlyOld.append(old[place])
      }
    }
    onlyNew = new.indices.filter { !taken.contains($0) }.map { new[$0] }
  }

  /// What was sent but the id; of what has no method the text.
  private static func whole(_ exchange: Exchange) -> String {
    guard exchange.method != nil, let json = try? JSON(reading: exchange.request) else {
      return method(exchange) + " " + String(decoding: exchange.request, as: UTF8.self)
    }
    return method(exchange) + " " + (json["params"]?.text ?? "")
  }

  private static func method(_ exchange: Exchange) -> String {
    "\(exchange.kind.word) \(exchange.method ?? "")"
  }
}
