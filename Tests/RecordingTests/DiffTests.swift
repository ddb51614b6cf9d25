import LosslessJSON
import Testing

@testable import Recording

@Suite struct DiffTests {
  /// Old, new, and the differences as `kind path old -> new`.
  @Test(
    arguments: [
      (#"{"a": 1}"#, #"{"a": 1}"#, []), (#"{"a":1,"b":2}"#, #"{"b": 2, "a": 1}"#, []),
      (#""a\u0062""#, #""ab""#, []), ("1", "2", ["changed . 1 -> 2"]),
      ("1", "1.0", ["respelled . 1 -> 1.0"]), ("1e2", "100", ["respelled . 1e2 -> 100"]),
      (
        "12345678901234567890", "12345678901234567891",
        ["changed . 12345678901234567890 -> 12345678901234567891"]
      ),
      ("1", #""1""#, [#"changed . 1 -> "1""#]), ("{}", "[]", ["changed . {} -> []"]),
      (#"{"a": 1, "b": 2}"#, #"{"a": 1, "c": 3}"#, ["removed .b 2 -> -", "added .c - -> 3"]),
      (
        #"{"a": {"b": [1, {"c": null}]}}"#, #"{"a": {"b": [1, {"c": 0}]}}"#,
        ["changed .a.b[1].c null -> 0"]
      ),
      ("[1, 2, 3]", "[1, 3]", ["removed [1] 2 -> -"]),
      ("[1, 3]", "[1, 2, 3]", ["added [1] - -> 2"]),
      ("[1, 2, 3]", "[1, 5, 3]", ["changed [1] 2 -> 5"]), ("[]", "[1]", ["added [0] - -> 1"]),
      ("[1, 2, 3, 4]", "[4, 1, 2, 3]", ["moved [3] > [0]"]),
      (
        #"[{"id": 1, "v": 1}, {"id": 2, "v": 2}]"#,
        #"[{"id": 0}, {"id": 1, "v": 9}, {"id": 2, "v": 2}]"#,
        [#"added [0] - -> {"id": 0}"#, "changed [0].v 1 -> 9"]
      ),
      (#"{"a": 1, "a": 2}"#, #"{"a": 3, "a": 2}"#, ["hidden .a [1] -> [3]"]),
      (#"{"a": 1, "a": 2}"#, #"{"a": 2}"#, ["hidden .a [1] -> []"]),
      ("[[1], [2]]", "[[2], [1]]", ["moved [1] > [0]"]),
    ] as [(String, String, [String])])
  func `Differences are told by path`(old: String, new: String, expected: [String]) throws {
    let diff = JSONDiff(from: try JSON(reading: old), to: try JSON(reading: new))
    let told = diff.changes.map(Self.told)
    // Of a swap either element may be the one that moved.
    let isSwap = old == "[[1], [2]]"
    #expect(told == expected || isSwap && told == ["moved [0] > [1]"])
  }

  private static func told(_ change: JSONChange) -> String {
    if change.kind == .moved {
      return "moved \(change.oldPath?.description ?? "") > \(change.newPath?.description ?? "")"
    }
    let path = change.oldPath ?? change.newPath
    return "\(change.kind.rawValue) \(path?.description ?? "") \(change.old?.text ?? "-") -> "
      + "\(change.new?.text ?? "-")"
  }

  @Test func `Elements are matched by key`() throws {
    let old = try JSON(reading: #"{"items": [{"id": 1, "v": 1}, {"id": 2, "v": 2}, {"id": 3}]}"#)
    let new = try JSON(reading: #"{"items": [{"id": 3}, {"id": 1, "v": 7}, {"id": 9}]}"#)
    let options = JSONDiff.Options(keys: [try PathPattern("$.items[*].id")])
    let diff = JSONDiff(from: old, to: new, options: options)
    #expect(
      diff.changes.map(Self.told) == [
        "changed .items[0].v 1 -> 7", #"removed .items[1] {"id": 2, "v": 2} -> -"#,
        "moved .items[2] > .items[0]", #"added .items[2] - -> {"id": 9}"#,
      ]
        || diff.changes.map(Self.told) == [
          "moved .items[0] > .items[1]", "changed .items[0].v 1 -> 7",
          #"removed .items[1] {"id": 2, "v": 2} -> -"#, #"added .items[2] - -> {"id": 9}"#,
        ])
    #expect(diff.apply(to: old).isEquivalent(to: new))
  }

  @Test func `Sets have no order, ignored paths no differences, numbers a tolerance`() throws {
    let old = try JSON(
      reading: #"{"s": [1, 2, {"a": [1, 2]}], "t": 1.0, "at": "x", "l": [{"at": 1}]}"#)
    let new = try JSON(
      reading: #"{"s": [{"a": [1, 2]}, 2, 1], "t": 1.01, "at": "y", "l": [{"at": 2}]}"#)
    let options = JSONDiff.Options(
      sets: [try PathPattern(".s")], ignored: [try PathPattern("$..at")],
      tolerance: .init(relative: 0.02))
    #expect(JSONDiff(from: old, to: new, options: options).changes.isEmpty)
    let strict = JSONDiff(from: old, to: new)
    #expect(!strict.isSame)
    #expect(strict.changes.contains { $0.oldPath?.description == ".t" })
  }

  @Test func `Values that vary are proposed, and the proposals cover them`() throws {
    let old = try JSON(
      reading: """
        {"items": [{"id": "0b4c9f4e-5d4b-4f0e-9d3c-0123456789ab", "at": "2026-11-21T14:00:00Z"},
          {"id": "1b4c9f4e-5d4b-4f0e-9d3c-0123456789ab", "at": "2026-11-21T14:00:01Z"}],
         "block": "0x10", "hash": "0123456789abcdef0123", "n": 5, "size": 9, "name": "bob"}
        """)
    let new = try JSON(
      reading: """
        {"items": [{"id": "2b4c9f4e-5d4b-4f0e-9d3c-0123456789ab", "at": "2026-11-21T15:00:00Z"},
          {"id": "3b4c9f4e-5d4b-4f0e-9d3c-0123456789ab", "at": "2026-11-21T15:00:01Z"}],
         "block": "0x12", "hash": "f123456789abcdef0123", "n": 6, "size": 3, "name": "eve"}
        """)
    let diff = JSONDiff(from: old, to: new)
    let proposals = diff.proposals
    #expect(
      proposals.map { "\($0.rule.pattern.text) \($0.rule.kind) \($0.count)" } == [
        "$.items[*].id uuid 2", "$.items[*].at time 2", "$.block counter 1", "$.hash hash 1",
        "$.n counter 1",
      ])
    let again = JSONDiff(
      from: old, to: new, options: JSONDiff.Options(varying: proposals.map(\.rule)))
    #expect(again.changes.compactMap { $0.oldPath?.description } == [".size", ".name"])
  }

  @Test func `Applying the differences to the old document gives the new one`() throws {
    var random = SystemRandomNumberGenerator()
    for round in 0..<3000 {
      let old = try JSON(reading: Self.document(depth: 4, &random))
      let new =
        round.isMultiple(of: 5)
        ? try JSON(reading: Self.document(depth: 4, &random))
        : try JSON(reading: Self.mutated(old, &random))
      let diff = JSONDiff(from: old, to: new)
      let made = diff.apply(to: old)
      #expect(made.isEquivalent(to: new), "\(old.text)\n\(new.text)\n\(made.text)")
      #expect(diff.isSame == Self.isSameByValue(old, new), "\(old.text)\n\(new.text)")
      #expect(JSONDiff(from: new, to: new).changes.isEmpty)
      if made.isEquivalent(to: new) == false { return }
    }
  }

  private static func isSameByValue(_ old: JSON, _ new: JSON) -> Bool {
    switch (old.kind, new.kind) {
    case (.number, .number): return DecimalValue(old.bytes) == DecimalValue(new.bytes)
    case (.array, .array):
      return old.count == new.count
        && zip(old.elements, new.elements).allSatisfy { isSameByValue($0, $1) }
    case (.object, .object):
      let names = Set(old.members.map(\.name))
      return names == Set(new.members.map(\.name))
        && names.allSatisfy { name in
          guard let one = old[name], let two = new[name] else { return false }
          return isSameByValue(one, two)
        }
    default: return old.isEquivalent(to: new)
    }
  }

  private static func document(
    depth: Int, _ random: inout SystemRandomNumberGenerator
  ) -> String {
    switch Int.random(in: depth > 0 ? 0...7 : 2...7, using: &random) {
    case 0:
      let count = Int.random(in: 0...5, using: &random)
      return "["
        + (0..<count).map { _ in document(depth: depth - 1, &random) }.joined(separator: ",") + "]"
    case 1:
      let count = Int.random(in: 0...4, using: &random)
      return "{"
        + (0..<count).map { _ in
          "\"\("abcd".randomElement(using: &random) ?? "a")\":"
            + document(depth: depth - 1, &random)
        }.joined(separator: ",") + "}"
    case 2:
      return ["1", "1.0", "10e-1", "2", "-0", "0", "1e400"].randomElement(using: &random) ?? "1"
    case 3: return "\"\("xyz".randomElement(using: &random) ?? "x")\""
    case 4: return "null"
    default: return String(Int.random(in: 0...3, using: &random))
    }
  }

  private static func mutated(
    _ json: JSON, _ random: inout SystemRandomNumberGenerator
  ) -> String {
    if Int.random(in: 0..<12, using: &random) == 0 { return document(depth: 2, &random) }
    switch json.kind {
    case .array:
      var parts = json.elements.map { mutated($0, &random) }
      if Int.random(in: 0..<4, using: &random) == 0 { parts.shuffle(using: &random) }
      if Int.random(in: 0..<4, using: &random) == 0, !parts.isEmpty {
        parts.remove(at: Int.random(in: parts.indices, using: &random))
      }
      return "[" + parts.joined(separator: ",") + "]"
    case .object:
      let parts = json.members.map { "\($0.key.text):" + mutated($0.value, &random) }
      return "{" + parts.shuffled(using: &random).joined(separator: ",") + "}"
    default: return json.text
    }
  }

  @Test func `Long lists and deep nests are compared within bounds`() throws {
    let numbers = (0..<20_000).map(String.init)
    var other = numbers
    other.remove(at: 100)
    other.insert("-1", at: 15_000)
    let old = try JSON(reading: "[\(numbers.joined(separator: ","))]")
    let new = try JSON(reading: "[\(other.joined(separator: ","))]")
    let diff = JSONDiff(from: old, to: new)
    #expect(diff.changes.map(\.kind) == [.removed, .added])
    #expect(!diff.isApproximate)
    // Nothing in common, few different values: the worst case.
    let ones = try JSON(reading: "[" + String(repeating: "1,2,", count: 20_000) + "0]")
    let twos = try JSON(reading: "[" + String(repeating: "2,2,1,", count: 15_000) + "9]")
    let worst = JSONDiff(from: ones, to: twos)
    #expect(worst.isApproximate)
    #expect(worst.apply(to: ones).isEquivalent(to: twos))
    let deep = 9000
    let nest = { (inner: String) in
      try JSON(
        reading: String(repeating: "[", count: deep) + inner + String(repeating: "]", count: deep))
    }
    let nested = JSONDiff(from: try nest("1"), to: try nest("2"))
    #expect(nested.changes.count == 1)
    #expect(nested.changes[0].oldPath?.steps.count == DocumentComparison.deepest)
  }

  @Test(arguments: [
    ("$.a[*].b", ".a[3].b", true), (".a[*].b", ".a[3].c", false), ("$..id", ".x[1].id", true),
    ("..id", ".id", true), ("$", ".", true), ("a.b", ".a.b", true), ("$.*", ".x", true),
    ("$.*", "[0]", false), ("$[\"a b\"][0]", "[\"a b\"][0]", true), ("$.a[0]", ".a[1]", false),
    ("$..[*]", ".a[1]", true), ("$.a..b", ".a.x.y.b", true), ("$.a..b", ".b", false),
  ]) func `Patterns cover paths`(pattern: String, path: String, matches: Bool) throws {
    #expect(try PathPattern(pattern).matches(JSONPath(path).steps) == matches)
  }

  @Test(arguments: ["$.a[", "a b", ".a[x]", "$..", "..."])
  func `A bad pattern is refused with its place`(text: String) {
    #expect(throws: RecordingError.self) { _ = try PathPattern(text) }
  }

  @Test(arguments: [
    ("1", "1.0", true), ("1e2", "100", true), ("0.10", "1e-1", true), ("-0", "0", true),
    ("1", "-1", false), ("1e400", "1e401", false), ("123e-2", "1.23", true), ("10", "1", false),
    ("1234567890123456789012", "1234567890123456789013", false),
    ("1234567890123456789.0120", "1234567890123456789012e-3", true), ("1001", "11", false),
  ]) func `Numbers are equal by value`(one: String, two: String, equal: Bool) {
    #expect((DecimalValue(one.bytes[...]) == DecimalValue(two.bytes[...])) == equal)
  }
}
