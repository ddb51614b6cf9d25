import Catalog
import JSONRPC
import LosslessJSON
import Testing

@Suite("Call templates")
struct CallTemplateTests {
  private static func preset(_ name: String, _ argument: String = "") throws -> CallTemplate {
    let preset = try #require(CallTemplate.presets.first { $0.name == name })
    return try preset.template(argument)
  }

  private static func sent(
    _ template: CallTemplate, _ method: String, _ params: String?
  ) throws -> String {
    let (name, params) = try template.call(method, params.map { try JSON(reading: $0) })
    return name + " " + (params.map { $0.onOneLine.text } ?? "-")
  }

  @Test("aria2's token stands before the params, once")
  func aria2() throws {
    let template = try Self.preset("aria2", "s3cret")
    #expect(try Self.sent(template, "aria2.x", nil) == #"aria2.x ["token:s3cret"]"#)
    #expect(try Self.sent(template, "aria2.x", #"["g",1]"#) == #"aria2.x ["token:s3cret", "g", 1]"#)
    #expect(
      try Self.sent(template, "aria2.x", #"["token:s3cret","g"]"#)
        == #"aria2.x ["token:s3cret", "g"]"#)
    #expect(throws: CallTemplate.Fault.self) { try Self.sent(template, "aria2.x", #"{"a":1}"#) }
    #expect(template.applies(to: "aria2.x") && !template.applies(to: "system.multicall"))
    #expect(template.isPositional)
    #expect(template.secrets == ["token:s3cret", "s3cret"])
    #expect(try Self.preset("aria2", "token:s3cret") == template)
  }

  @Test("ubus' functions are carried by call")
  func ubus() throws {
    let template = try Self.preset("ubus", "0123456789abcdef")
    #expect(
      try Self.sent(template, "network.device.status", #"{"name":"eth0"}"#)
        == #"call ["0123456789abcdef", "network.device", "status", {"name":"eth0"}]"#)
    #expect(
      try Self.sent(template, "system.board", nil)
        == #"call ["0123456789abcdef", "system", "board", {}]"#)
    #expect(!template.applies(to: "list"))
    #expect(!template.isPositional)
    #expect(template.secrets == ["0123456789abcdef"])
  }

  @Test("members go into the message, null takes one out")
  func members() throws {
    let request = try Request("m", params: [1], id: RequestID(7))
    let old = try Self.preset("jsonrpc1.1")
    #expect(
      old.message(request)?.onOneLine.text
        == #"{"version": "1.1", "method": "m", "params": [1], "id": 7}"#)
    let zabbix = try Self.preset("zabbix", "abcdef")
    #expect(zabbix.message(request)?["auth"]?.string == "abcdef")
    #expect(zabbix.message(request)?["jsonrpc"]?.string == "2.0")
    #expect(try Self.preset("aria2", "s3cret").message(request) == nil)
  }

  @Test(
    "the general form puts parts of the call where they are wanted",
    arguments: [
      (##"{"params":{"key":"k3yk3y","$each":0}}"##, #"{"a":1}"#, #"o.f {"key": "k3yk3y", "a": 1}"#),
      (##"{"params":{"a":"k3yk3y","$each":0}}"##, #"{"a":1}"#, #"o.f {"a": 1}"#),
      (##"{"method":"do","params":["$method","$params"]}"##, "[1]", #"do ["o.f", [1]]"#),
      (##"{"method":"$function","params":["$object","$each"]}"##, "[1]", #"f ["o", 1]"#),
      (##"{"params":"$params"}"##, "[1]", "o.f [1]"),
      (##"{"params":[["deep","$each"]]}"##, "[1,2]", #"o.f [["deep", 1, 2]]"#),
    ])
  func general(form: String, params: String, expected: String) throws {
    #expect(try Self.sent(CallTemplate(JSON(reading: form)), "o.f", params) == expected)
  }

  @Test(
    "what is no template is refused",
    arguments: ["[]", "{}", #""x""#, #"{"params":3}"#, #"{"method":1}"#])
  func faults(form: String) throws {
    let json = try JSON(reading: form)
    #expect(throws: CallTemplate.Fault.self) { try CallTemplate(json) }
  }
}
