import JSONRPC
import LosslessJSON
import Testing

/// `request-building.json`: what is built, and what is refused.
@Suite("Request building vectors")
struct BuildingVectorTests {
  /// Runs one kind: each case is built as expected or refused, and none is skipped in silence.
  private func run(
    _ kind: String, atLeast count: Int, turnedRound: (JSON) -> Bool = { _ in false },
    _ build: (JSON) throws -> JSON
  ) throws {
    let cases = try VectorFile("request-building").cases(ofKind: kind)
    #expect(cases.count >= count)
    for item in cases {
      let built = Result { try build(item.give) }
      switch built {
      case .success(let json):
        if turnedRound(item) { continue }
        #expect(!item.expectsRejection, "\(item.name) built \(json)")
        #expect(json.isEquivalent(to: item.expect), "\(item.name): \(json) is not \(item.expect)")
      case .failure(let error):
        #expect(item.expectsRejection && !turnedRound(item), "\(item.name) was refused: \(error)")
      }
    }
  }

  private func method(_ give: JSON) throws -> String {
    guard let method = give["method"]?.string else { throw MessageError.methodNotString }
    return method
  }

  private func request(_ give: JSON, _ version: ProtocolVersion) throws -> JSON {
    let method = try method(give)
    let params = give["params"].flatMap { $0.isNull ? nil : $0 }
    if version == .v1, params == nil { throw MessageError.paramsNotArray }
    let wantsNotification = give["notification"]?.bool
    let id = give["id"].map { RequestID($0) }
    let isOldNotification =
      version == .v1 && (id == nil || id == .null) && wantsNotification != false
    if wantsNotification == true || isOldNotification {
      return try Request.notification(method, params: params, version: version).json
    }
    return try Request(method, params: params, id: id ?? .null, version: version).json
  }

  @Test("2.0 requests")
  func requests2() throws {
    // A client must be able to call `rpc.discover`, so these are built.
    let reserved = ["b2-method-rpc-dot", "b2-method-rpc-test"]
    try run("request-2.0", atLeast: 31, turnedRound: { reserved.contains($0.name) }) {
      try request($0, .v2)
    }
  }

  @Test("1.0 requests")
  func requests1() throws {
    try run("request-1.0", atLeast: 18) { try request($0, .v1) }
  }

  @Test(
    "responses", arguments: [("response-2.0", ProtocolVersion.v2, 13), ("response-1.0", .v1, 2)])
  func responses(kind: String, version: ProtocolVersion, count: Int) throws {
    try run(kind, atLeast: count) { give in
      try Response(
        result: give["result"], error: give["error"], id: give["id"], version: version
      ).json
    }
  }

  @Test("error objects")
  func errorObjects() throws {
    try run("error-object", atLeast: 9) { try ErrorObject(checking: $0).json }
  }

  @Test("calls from positional and named arguments")
  func calls() throws {
    try run("call", atLeast: 13) { try call($0).json }
  }

  @Test("the text of a call is spaced as in the client this comes from")
  func callText() throws {
    var compared = 0
    for item in try VectorFile("request-building").cases(ofKind: "call") {
      guard let text = item["expect_text"]?.string else { continue }
      // Arguments keep the blanks of the vector file they come from, so lay them out anew.
      let give = JSONFormatter.oneLine.bytes(item.give)
      let built = try call(JSON(reading: give)).json
      // Python escapes all that is not ASCII; as values the two are equal.
      let isSame =
        item.name == "c-unicode-text" ? built == (try JSON(reading: text)) : built.text == text
      #expect(isSame, "\(item.name): \(built)")
      compared += 1
    }
    #expect(compared > 5)
  }

  private func call(_ give: JSON) throws -> Request {
    let params = try Request.params(
      positional: give["positional"].map { Array($0.elements) } ?? [],
      named: give["named"]?.members.map { ($0.name, $0.value) } ?? [])
    if give["notification"]?.bool == true {
      return try .notification(try method(give), params: params)
    }
    var ids = IDGenerator()
    let id = give["id"].map { RequestID($0) } ?? ids.next()
    return try Request(try method(give), params: params, id: id)
  }

  @Test("id generators")
  func idGenerators() throws {
    let cases = try VectorFile("request-building").cases(ofKind: "id-generator")
    #expect(cases.count >= 9)
    for item in cases {
      var generator = IDGenerator(try #require(style(item.give)))
      if let values = item.expect["values"] {
        let made = values.elements.map { _ in generator.next().json }
        #expect(made == Array(values.elements), "\(item.name)")
      } else {
        let pattern = try Regex(try #require(item.expect["regex"]?.string))
        for _ in 0..<200 {
          let made = try #require(generator.next().json.string)
          #expect(made.wholeMatch(of: pattern) != nil, "\(item.name): \(made)")
        }
      }
    }
  }

  private func style(_ give: JSON) -> IDGenerator.Style? {
    let start = give["start"]?.int ?? 1
    switch give["generator"]?.string {
    case "decimal": return .decimal(start: start)
    case "hexadecimal": return .hexadecimal(start: start)
    case "random":
      let length = give["length"]?.int ?? 8
      guard let characters = give["chars"]?.string else { return .random(length: length) }
      return .random(length: length, characters: characters)
    case "uuid": return .uuid
    default: return nil
    }
  }
}
