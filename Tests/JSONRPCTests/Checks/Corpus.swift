import Foundation
import JSONRPC
import LosslessJSON
import Testing

/// The replies of `Corpus/`: a file a rule, each with what has to be found and where.
enum Corpus {
  struct Case: CustomTestStringConvertible {
    let rule: String
    let json: JSON
    var testDescription: String { "\(rule): \(json.name)" }

    var reply: [UInt8] { Array((json["reply"]?.string ?? "").utf8) }

    var check: ReplyCheck {
      let request = Array((json["request"]?.string ?? "").utf8)
      let expectation: ReplyExpectation =
        switch json["stray"]?.string {
        case "answered": .nothing(.answered(3))
        case "late": .nothing(.givenUp(3))
        case "unknown": .nothing(.unknown)
        default: ReplyExpectation(requestText: request)
        }
      return ReplyCheck(
        expectation, request: request,
        version: json["version"]?.string.flatMap { ProtocolVersion(rawValue: $0) },
        mode: json["mode"]?.string.flatMap { CheckMode(rawValue: $0) } ?? .normal)
    }

    /// What has to be found, a line each.
    var expected: [String] {
      json["findings"]?.elements.map { finding in
        let place = finding["byte"]?.int.map { "\($0)+\(finding["length"]?.int ?? 0)" } ?? "-"
        return "\(finding["rule"]?.string ?? "") \(finding["severity"]?.string ?? "") \(place)"
      } ?? []
    }
  }

  static let folder = Bundle.module.url(forResource: "Corpus", withExtension: nil)

  /// The names of the files, without `.json`.
  static var rules: [String] {
    guard let folder else { return [] }
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }

  static var cases: [Case] {
    rules.flatMap { rule -> [Case] in
      guard let file = folder?.appendingPathComponent("\(rule).json"),
        let data = try? Data(contentsOf: file), let json = try? JSON(reading: Array(data))
      else { return [] }
      return (json["cases"].map { Array($0.elements) } ?? []).map { Case(rule: rule, json: $0) }
    }
  }
}

extension Finding {
  /// Rule, severity and place.
  var line: String {
    "\(rule) \(severity.rawValue) \(range.map { "\($0.lowerBound)+\($0.count)" } ?? "-")"
  }
}
