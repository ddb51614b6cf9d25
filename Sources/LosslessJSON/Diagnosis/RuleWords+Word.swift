extension RuleWords {
  var wordMessage: String {
    switch rule {
    case .unquotedKey: "the key \(subject) stands without double quotes"
    case .keyNotString: "the key \(subject) is no string"
    case .duplicateKey: "the key \(subject) stands twice in this object, first"
    case .unquotedString: "the text \(subject) stands without double quotes"
    case .misspeltLiteral: "\(subject) is no JSON value: the words are true, false and null"
    case .pythonLiteral: "\(subject) is Python's spelling, not JSON's"
    case .pythonString: "a string with the prefix \(subject) is Python's, not JSON's"
    case .pythonTuple: "a list in parentheses is a Python tuple; JSON has only arrays"
    case .objectDump: "\(subject) is how a program prints an object, not JSON"
    case .undefined: "\(subject) is JavaScript's; JSON has only null"
    case .nan: "\(subject) is no JSON number"
    case .infinity: "\(subject) is no JSON number"
    case .call: "a call of \(subject) is no JSON value"
    case .function: "a JavaScript function is no JSON value"
    case .ellipsis: "\(subject) stands where a value should: the text was shortened for display"
    default: rule.rawValue
    }
  }

  var wordHint: String {
    switch rule {
    case .unquotedKey, .keyNotString: "write the key in double quotes"
    case .duplicateKey: "send the key once: most clients take the last, some the first"
    case .unquotedString: "write it in double quotes"
    case .misspeltLiteral: "write true, false or null, in small letters"
    case .pythonLiteral: "use json.dumps, not str or repr: True is true, None is null"
    case .pythonString: "use json.dumps, not str or repr; decode bytes to text before"
    case .pythonTuple: "use json.dumps, not str or repr: it writes tuples as arrays"
    case .objectDump: "convert the object to plain values before it is written"
    case .undefined: "use JSON.stringify, which leaves such members out, or write null"
    case .nan: "write null, or the string \"NaN\" if clients agree (Python: allow_nan=False)"
    case .infinity: "write null, or a string if clients agree (Python: allow_nan=False)"
    case .call: "write the value as a plain string or number"
    case .function: "leave the function out: JSON carries only data"
    case .ellipsis: "serialise the whole value instead of printing it"
    default: ""
    }
  }
}
