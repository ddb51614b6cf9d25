public import JSONRPC
public import Wire

/// Reads the values of settings and options.
public enum SettingValue {
  /// `2`, `0.5`, `250ms`, `2m`.
  public static func duration(_ text: String) throws(Complaint) -> Duration {
    let units: [(String, Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("", 1)]
    for (unit, factor) in units where text.hasSuffix(unit) {
      guard let number = Double(text.dropLast(unit.count)) else { continue }
      guard number > 0, number * factor < 1e9 else { break }
      return .seconds(number * factor)
    }
    throw Complaint("\(text) is no time", hint: "seconds such as 2 or 0.5, or 250ms, 2m")
  }

  /// `500`, `10k`, `128M`, `1G`: bytes.
  public static func size(_ text: String) throws(Complaint) -> Int {
    let units: [(String, Int)] = [("k", 10), ("K", 10), ("M", 20), ("G", 30), ("", 0)]
    let bare = text.hasSuffix("B") ? String(text.dropLast()) : text
    for (unit, shift) in units where bare.hasSuffix(unit) {
      guard let number = Int(bare.dropLast(unit.count)), number > 0, number < 1 << 30 else {
        continue
      }
      return number << shift
    }
    throw Complaint("\(text) is no size", hint: "bytes such as 500000, or 512k, 128M, 1G")
  }

  static func truth(_ text: String) throws(Complaint) -> Bool {
    switch text {
    case "on", "yes", "true", "1": return true
    case "off", "no", "false", "0": return false
    default: throw Complaint("\(text) is neither on nor off")
    }
  }

  /// `Name: value`.
  public static func header(_ text: String) throws(Complaint) -> HeaderField {
    guard let colon = text.firstIndex(of: ":"), colon != text.startIndex,
      !text.contains(where: { $0 == "\n" || $0 == "\r" || $0 == "\r\n" })
    else { throw Complaint("'\(text)' is no header", hint: "it has the form 'Name: value'") }
    return HeaderField(
      String(text[..<colon]), String(text[text.index(after: colon)...][...].trimmed))
  }

  /// `decimal`, `hexadecimal`, `random`, `uuid`, with options: `decimal,start=5`, `random,length=12,characters=ab`.
  public static func ids(_ text: String) throws(Complaint) -> IDGenerator.Style {
    let parts = text.split(separator: ",").map(String.init)
    var options: [String: String] = [:]
    for part in parts.dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard pair.count == 2, ["start", "length", "characters"].contains(pair[0]) else {
        throw Complaint(
          "\(part) is no option of an id generator", hint: "start=N, length=N or characters=ABC")
      }
      options[pair[0]] = pair[1]
    }
    let start = options["start"].map { Int($0) } ?? 1
    let length = options["length"].map { Int($0) } ?? 8
    guard let start, let length, (1...256).contains(length) else {
      throw Complaint("start and length are whole numbers, length from 1 to 256")
    }
    switch parts.first {
    case "decimal": return .decimal(start: start)
    case "hexadecimal", "hex": return .hexadecimal(start: start)
    case "random":
      guard let characters = options["characters"] else { return .random(length: length) }
      return .random(length: length, characters: characters)
    case "uuid": return .uuid
    default:
      throw Complaint("\(text) is no id generator", hint: "decimal, hexadecimal, random or uuid")
    }
  }
}
