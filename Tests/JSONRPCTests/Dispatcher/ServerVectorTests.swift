import Foundation
import JSONRPC
import LosslessJSON
import Testing

/// `server-2.0.json`, `server-1.0.json` and the server part of `batch.json`: text in, text out.
@Suite("Server vectors", .timeLimit(.minutes(2)))
struct ServerVectorTests {
  /// Cases that don't come out as the vectors have it, with the reason. None is passed over silently.
  static let departures: [String: String] = [:]

  /// Cases answered with one of the alternatives that the vectors allow, with the reason.
  static let alternatives = [
    "v1-batch-does-not-exist":
      "each element of a batch is judged on its own, so the array holds one error"
  ]

  @Test(
    "every case is answered as it should be",
    arguments: [
      ("server-2.0", "vectors", 147), ("server-1.0", "vectors", 37),
      ("batch", "server", 28),
    ])
  func all(file: String, list: String, count: Int) async throws {
    let cases = try VectorFile.server(file, list)
    #expect(cases.count == count)
    var passed = 0
    for item in cases {
      let verdict = try await verdict(item)
      if Self.departures[item.name] == nil {
        #expect(verdict == nil, "\(item.name): \(verdict ?? "")")
      } else {
        #expect(verdict != nil, "\(item.name) passes: take it off the list")
      }
      if verdict == nil { passed += 1 }
    }
    print("\(file): \(passed) of \(cases.count) server vectors pass")
  }

  /// What is wrong with the answer to one case, or nil.
  private func verdict(_ item: JSON) async throws -> String? {
    let methods = VectorMethods()
    let table = try #require(methods.table(item["server_methods"]?.string ?? ""))
    var options = ServiceOptions()
    options.detail = .bare
    let bytes = await Service(table, options: options).answer(try input(item))
    let answer = try bytes.map { try JSON(reading: $0) }
    let compare = item["compare"]?.string ?? "exact"
    if let calls = item["calls"], methods.calls != calls.elements.map({ $0.string ?? "" }) {
      return "ran \(methods.calls)"
    }
    if VectorComparison(compare).matches(answer, item.expect) { return nil }
    let others = item["alternatives"].map { Array($0.elements) } ?? []
    let isAllowed = others.contains { VectorComparison("exact").matches(answer, $0) }
    // An open outcome has no one right answer to prefer.
    if isAllowed, compare == "any-response" || Self.alternatives[item.name] != nil { return nil }
    return "answered \(answer?.text ?? "nothing"), not \(item.expect)"
  }

  private func input(_ item: JSON) throws -> [UInt8] {
    if let text = item["input"]?.string { return Array(text.utf8) }
    if let text = item["input_base64"]?.string {
      return Array(try #require(Data(base64Encoded: text)))
    }
    let recipe = try #require(item["input_repeat"])
    func text(_ name: String) -> String { recipe[name]?.string ?? "" }
    func times(_ name: String) -> Int { recipe[name]?.int ?? 0 }
    let units = repeatElement(text("unit"), count: times("count")).joined(separator: text("join"))
    let end = String(repeating: text("suffix_unit"), count: times("suffix_count"))
    return Array((text("prefix") + units + end + text("suffix")).utf8)
  }
}

extension VectorFile {
  /// The cases of one list of a file.
  static func server(_ name: String, _ list: String) throws -> [JSON] {
    if list == "vectors" { return try VectorFile(name).cases }
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "vectors"))
    let document = try JSON(reading: Array(Data(contentsOf: url)))
    return document[list].map { Array($0.elements) } ?? []
  }
}

/// The ways in which the vectors compare: members in any order, numbers by value with every digit.
struct VectorComparison {
  let ignoresData: Bool
  let ignoresOrder: Bool
  let isOpen: Bool

  init(_ name: String) {
    isOpen = name == "any-response"
    ignoresOrder = name == "any-order"
    ignoresData = name == "ignore-data" || ignoresOrder
  }

  func matches(_ answer: JSON?, _ expected: JSON) -> Bool {
    guard let answer else { return expected.isNull }
    if expected.isNull { return false }
    if isOpen {
      return answer["id"] == expected["id"] && (answer["result"] == nil) != (answer["error"] == nil)
    }
    guard ignoresOrder, expected.kind == .array else { return same(answer, expected) }
    // Our answers come in the order of the requests, as the vectors write them.
    return answer.count == expected.count
      && zip(answer.elements, expected.elements).allSatisfy { same($0, $1) }
  }

  private func same(_ one: JSON, _ other: JSON) -> Bool {
    guard one.kind == other.kind else { return false }
    switch one.kind {
    case .number: return sameNumber(one, other)
    case .array:
      return one.count == other.count && zip(one.elements, other.elements).allSatisfy(same)
    case .object:
      let names = names(one)
      return names == self.names(other)
        && names.allSatisfy { name in
          guard let mine = one[name], let theirs = other[name] else { return false }
          return same(mine, theirs)
        }
    default: return one == other
    }
  }

  private func names(_ object: JSON) -> Set<String> {
    let names = Set(object.members.map(\.name))
    let isError = names.contains("code") && names.contains("message")
    return ignoresData && isError ? names.subtracting(["data"]) : names
  }

  private func sameNumber(_ one: JSON, _ other: JSON) -> Bool {
    if one.text == other.text { return true }
    let areShort = one.text.utf8.count <= 16 && other.text.utf8.count <= 16
    return areShort && one.double == other.double
  }
}
