import JSONRPC
import LosslessJSON

extension Demo {
  /// The faults of `broken.*`, without which those methods reply as they should.
  public static var faults: FaultPlan {
    var plan = FaultPlan()
    for (name, fault) in broken {
      plan.methods["broken.\(name)"] = [.init(fault)]
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
    ("trailingComma", "trailing-comma"), ("missingComma", "missing-comma"),
    ("unquotedKey", "unquoted-key"), ("singleQuotes", "single-quotes"), ("nan", "nan"),
    ("leadingZero", "leading-zero"), ("pythonLiteral", "python-literal"), ("comment", "comment"),
    ("truncated", "truncated"), ("leadingText", "log-line"), ("twoValues", "two-values"),
    ("html", "html"), ("invalidUTF8", "latin-1"), ("loneSurrogate", "lone-surrogate"),
    ("control", "control-character"), ("duplicateKeys", "duplicate-key"), ("bom", "bom"),
    ("noVersion", "no-version"), ("versionNumber", "wrong-version"), ("idType", "id-type"),
    ("idNull", "null-id"), ("idMissing", "no-id"), ("idUnknown", "wrong-id"),
    ("resultAndError", "both"), ("neither", "neither"), ("errorWithoutCode", "error-without-code"),
    ("errorCodeString", "error-code-string"), ("errorString", "error-string"),
    ("extraMember", "extra-member"), ("batch", "batch"), ("twice", "twice"),
    ("notification", "notification"), ("empty", "empty"), ("silence", "drop"), ("exit", "cut"),
  ]

  /// The proper result, of a kind on which the fault shows.
  private static func value(for fault: Fault) -> JSON {
    switch fault.name {
    case "trailing-comma": ["a": 1, "b": 2]
    case "truncated": ["items": [1, 2, "three"]]
    case "comment": 1
    default: "ok"
    }
  }
}
