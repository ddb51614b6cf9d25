import LosslessJSON

/// Makes a string that a JSON Schema allows.
enum StringSample {
  static func text(_ json: JSON) -> String {
    if let pattern = json["pattern"]?.string, let made = PatternSample.text(pattern) { return made }
    let text = json["format"]?.string.flatMap { formats[$0] } ?? "string"
    return fit(text, least: json["minLength"]?.int ?? 0, most: json["maxLength"]?.int ?? .max)
  }

  private static let formats = [
    "date-time": "2024-01-31T12:00:00Z", "date": "2024-01-31", "time": "12:00:00Z",
    "duration": "PT1H", "email": "name@example.org", "hostname": "example.org",
    "ipv4": "192.0.2.1", "ipv6": "2001:db8::1", "uri": "https://example.org/",
    "url": "https://example.org/", "uri-reference": "/path",
    "uuid": "00000000-0000-4000-8000-000000000000", "byte": "AAAA", "binary": "AAAA",
  ]

  private static func fit(_ text: String, least: Int, most: Int) -> String {
    var fitting = text
    while fitting.unicodeScalars.count < min(least, 10_000) { fitting += text }
    let count = max(least, text.unicodeScalars.count)
    return String(fitting.unicodeScalars.prefix(max(0, min(most, count))))
  }
}
