import JSONRPC
import LosslessJSON

extension Demo {
  /// The faults of `broken.*`, without which those methods reply as they should.
  public static var faults: FaultPlan {
    var plan = FaultPlan()
    for (name, fault) in broken {
      plan.methods["broken.\(name)"] = [.init(fault, duration: fault.defaultDuration)]
    }
    return plan
  }

  static func addBroken(to demo: Dispatcher) {
    for (name, fault) in broken {
      let value = value(for: fault)
      demo.register(
        "broken.\(name)", summary: "Reply wrongly: \(fault.summary).",
        doc: "Apart from that the reply is as it should be.",
        result: .init(name: "broken", doc: "A reply with that fault."), tags: ["broken"]
      ) { _ in value }
    }
  }

  /// The part of the method's name after `broken.`, and the fault; those of time are `slow`'s matter.
  static let broken: [(name: String, fault: Fault)] = [
    ("trailingComma", .trailingComma), ("missingComma", .missingComma),
    ("unquotedKey", .unquotedKey), ("singleQuotes", .singleQuotes), ("nan", .nan),
    ("leadingZero", .leadingZero), ("pythonLiteral", .pythonLiteral), ("comment", .comment),
    ("truncated", .truncated), ("leadingText", .logLine), ("twoValues", .twoValues),
    ("html", .html), ("invalidUTF8", .latin1), ("loneSurrogate", .loneSurrogate),
    ("control", .controlCharacter), ("duplicateKeys", .duplicateKey), ("bom", .bom),
    ("noVersion", .noVersion), ("versionNumber", .wrongVersion), ("idType", .idType),
    ("idNull", .nullID), ("idMissing", .noID), ("idUnknown", .wrongID),
    ("resultAndError", .both), ("neither", .neither), ("errorWithoutCode", .errorWithoutCode),
    ("errorCodeString", .errorCodeString), ("errorString", .errorString),
    ("extraMember", .extraMember), ("batch", .batch), ("twice", .twice),
    ("notification", .notification), ("empty", .empty), ("silence", .drop), ("exit", .cut),
  ]

  /// The proper result, of a kind on which the fault shows.
  private static func value(for fault: Fault) -> JSON {
    switch fault {
    case .trailingComma: ["a": 1, "b": 2]
    case .truncated: ["items": [1, 2, "three"]]
    case .comment: 1
    default: "ok"
    }
  }
}
