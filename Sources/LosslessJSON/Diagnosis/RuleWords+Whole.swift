extension RuleWords {
  var wholeMessage: String {
    switch rule {
    case .empty: "the text is empty: there is no JSON value"
    case .blank: "there is no JSON value, only blanks"
    case .notJSON: "this is \(kind), not JSON: it begins with \(subject)"
    case .leadingText: "\(kind) stands before the JSON value: \(subject)"
    case .trailingText: "more text follows the value, beginning with \(subject)"
    case .severalValues:
      switch variant {
      case .lines: "a second value follows on a line of its own; a JSON text is one value"
      case .records: "a second value follows the first after \(subject); a JSON text is one value"
      default: "a second value follows the first at once; a JSON text is one value"
      }
    case .xssiPrefix: "the prefix \(subject) stands before the value"
    case .jsonp: "the value is wrapped in a call of \(subject): this is JSONP, a script"
    case .truncated: truncation
    case .tooDeep: "more than \(subject) objects and arrays are open; what is inside is left out"
    case .tooLarge: "larger than the limit of \(subject)"
    case .more:
      variant == .gaveUp
        ? "too much is wrong; reading stopped here" : "\(subject) more findings are not listed"
    default: rule.rawValue
    }
  }

  private var truncation: String {
    switch variant {
    case .root: "the text ends before a value"
    case .string: "the text ends inside the string that began"
    case .key: "the text ends inside the key that began"
    case .number: "the text ends inside the number \(subject) that began"
    case .literal: "the text ends inside the word \(subject) that began"
    case .object: "the text ends inside the object that was opened"
    case .array: "the text ends inside the array that was opened"
    default: "the text ends inside the object or array that was opened"
    }
  }

  private var kind: String {
    switch variant {
    case .html: "an HTML page"
    case .xml: "XML"
    case .markup: "markup"
    case .headers: "the header of a message"
    case .eventStream: "an event stream"
    case .stackTrace: "a stack trace"
    case .yaml: "what looks like YAML"
    case .log: "what looks like log output"
    case .binary: "binary data"
    default: "plain text"
    }
  }

  var wholeHint: String {
    switch rule {
    case .empty: "send a value, or no message at all"
    case .blank: "send a value instead of blanks"
    case .notJSON, .leadingText: kindHint
    case .trailingText: "remove what stands after the value"
    case .severalValues:
      variant == .lines
        ? "send one value in a message, or put the values into an array"
        : "put the values into an array, or send each as a message of its own"
    case .xssiPrefix: "send the value without the prefix to clients that are no browsers"
    case .jsonp: "remove the callback parameter from the request, or serve application/json"
    case .truncated: truncationHint
    case .tooDeep: "look for a structure that contains itself"
    case .tooLarge: "ask for less at once, in pages"
    default: ""
    }
  }

  private var truncationHint: String {
    switch variant {
    case .root: "send a value"
    case .string, .key: "the message was cut off, or the closing '\"' is missing"
    case .object: "the message was cut off, or a '}' is missing"
    case .array: "the message was cut off, or a ']' is missing"
    default: "the message was cut off: compare its length with what the server meant to send"
    }
  }

  private var kindHint: String {
    switch variant {
    case .html, .xml, .markup:
      "look at the address and what stands before the server: a proxy or an error page answered"
    case .headers: "the message is framed by headers: read it with that framing"
    case .eventStream: "read it as an event stream (text/event-stream)"
    case .stackTrace: "the program failed and printed its error here instead of answering"
    case .yaml: "make the server answer in JSON"
    case .log: "write logs to stderr, never where answers go"
    case .binary: "look for a compression or protocol that was not undone"
    default:
      rule == .leadingText
        ? "write only JSON where answers go" : "make the server answer in JSON, errors too"
    }
  }
}
