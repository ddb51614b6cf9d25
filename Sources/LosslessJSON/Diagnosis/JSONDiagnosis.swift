/// What can be said of a text that should be one JSON value: everything that is wrong or odd, and as
/// much of the value as can be read.
///
/// Of hopeless texts at most some hundred findings are kept, and one that says how many more there
/// were.
public struct JSONDiagnosis: Sendable {
  /// What is wrong or odd, in the order of the text; rules of `JSONRule`.
  ///
  /// Last of all, wherever they stand, is how many more there were.
  public let findings: [Finding]
  /// The value, read past its errors; nil if there is none to be read.
  ///
  /// Of a text that strict reading refuses it is a document of its own, mended so that it is valid:
  /// `original(_:)` tells where its parts stand in the text that was read. Of a text that was cut
  /// off, what had begun is closed; a member whose value had not begun is not in it.
  public let value: JSON?
  /// Whether strict reading (RFC 8259) takes the text. There is an error among the findings if not,
  /// and none if so.
  public let isValid: Bool

  /// The way from the value's document to the text; nil if they are the same, as nearly always.
  private let origin: Origin?

  /// Reads a text, going on after errors.
  public init(of bytes: consuming [UInt8], limits: JSONLimits = .standard) {
    let count = bytes.count
    bytes = JSONReader.padded(bytes)
    do throws(JSONReadError) {
      self = try Self.read(padded: copy bytes, count: count, limits: limits)
    } catch {
      switch error.problem {
      case .tooLarge, .tooManyValues:
        self.init(findings: [Finding(error)], value: nil, isValid: false)
      default: self.init(refused: bytes, count: count, limits: limits)
      }
    }
  }

  /// What strict reading says of a text, without reading on: for texts too large to be read twice.
  public init(_ error: JSONReadError) {
    self.init(findings: [Finding(error)], value: nil, isValid: false)
  }

  /// Looks for what is odd in a text that strict reading took.
  public init(ofValid json: JSON) {
    var faults = FaultList()
    DocumentAudit.run(json, into: &faults)
    self.init(ofValid: json, faults)
  }

  private init(ofValid json: JSON, _ faults: FaultList) {
    self.init(
      findings: faults.kept.isEmpty ? [] : faults.findings(in: json.document.bytes), value: json,
      isValid: true)
  }

  /// Reads a text strictly, and looks for what is odd on the way.
  private static func read(
    padded: consuming [UInt8], count: Int, limits: JSONLimits
  ) throws(JSONReadError) -> JSONDiagnosis {
    let words = ReadingAudit.roomCount
    let text = padded
    return try withUnsafeTemporaryAllocation(of: UInt64.self, capacity: words) {
      room throws(JSONReadError) in
      var audit = ReadingAudit(room)
      let json = try JSONReader.read(padded: text, count: count, limits: limits, audit: &audit).root
      if audit.suspects.isEmpty { return JSONDiagnosis(ofValid: json, audit.faults) }
      var faults = FaultList()
      DocumentAudit.run(json, into: &faults, suspects: audit.suspects)
      return JSONDiagnosis(ofValid: json, faults)
    }
  }

  /// Where bytes of the value's document stand in the text that was read.
  ///
  /// Something that was left out is an empty range where it should be.
  public func original(_ range: Range<Int>) -> Range<Int> {
    let place = origin?.map.map { $0.original(range) } ?? range
    return origin?.decoded.map { $0.original(place) } ?? place
  }

  private init(
    findings: [Finding], value: JSON?, isValid: Bool, map: OffsetMap? = nil,
    decoded: DecodedText? = nil
  ) {
    self.findings = findings
    self.value = value
    self.isValid = isValid
    origin = map == nil && decoded == nil ? nil : Origin(map, decoded)
  }
}

/// The way from a mended document to the bytes that were received.
private final class Origin: Sendable {
  /// To the text; nil if that needed no mending.
  let map: OffsetMap?
  /// From there to the bytes received, if those are no UTF-8.
  let decoded: DecodedText?

  init(_ map: OffsetMap?, _ decoded: DecodedText?) {
    self.map = map
    self.decoded = decoded
  }
}

extension JSONDiagnosis {
  /// Reads a text that strict reading refused.
  private init(refused padded: [UInt8], count: Int, limits: JSONLimits) {
    let encoding = padded.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.flatMap { TextEncoding.detect($0, count: count) }
    }
    if let encoding {
      self.init(encoded: padded, count: count, encoding, limits: limits)
      return
    }
    let recovery = Recovery(padded, count: count, limits: limits)
    self.init(
      findings: recovery.faults.findings(in: padded[..<count]), value: recovery.value,
      isValid: false, map: recovery.map)
  }

  /// Reads a text in another encoding than UTF-8.
  private init(
    encoded padded: [UInt8], count: Int, _ encoding: TextEncoding, limits: JSONLimits
  ) {
    let decoded = DecodedText(padded, count: count, encoding)
    var faults = FaultList()
    // Lines and columns are those of the decoded text, as an editor shows them.
    let recovery = Recovery(decoded.padded, count: decoded.count, limits: limits)
    faults.add(recovery.faults) { $0 }
    let inner = faults.findings(in: decoded.padded[..<decoded.count]).map { finding in
      var finding = finding
      finding.range = finding.range.map(decoded.original)
      if let offset = finding.mentioned?.offset {
        finding.mentioned?.offset = decoded.original(offset..<offset).lowerBound
      }
      return finding
    }
    var own = FaultList()
    own.add(
      encoding.unit == 2 ? .utf16 : .utf32, 0..<(encoding.mark > 0 ? encoding.mark : min(4, count)),
      encoding.isLittleEndian ? .littleEndian : .bigEndian,
      subject: encoding.mark > 0 ? " with a byte order mark" : " without a byte order mark")
    padded.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for range in decoded.invalid {
        own.add(
          .invalidUnit, range,
          subject: range.map { Characters.hex(base[$0]) }.joined(separator: " "))
      }
    }
    let all = own.findings(in: []) + inner
    self.init(
      findings: all.sorted { Self.place(of: $0) < Self.place(of: $1) },
      value: recovery.value, isValid: false, map: recovery.map, decoded: decoded)
  }

  /// Where a finding belongs among others; how many more there were is told last.
  private static func place(of finding: Finding) -> Int {
    finding.rule == JSONRule.more.rawValue ? .max : finding.range?.lowerBound ?? 0
  }
}

/// A text read past its faults, and the document that became of it.
private struct Recovery {
  var faults: FaultList
  var value: JSON?
  var map: OffsetMap?

  init(_ padded: [UInt8], count: Int, limits: JSONLimits) {
    faults = FaultList()
    // A text that was only in another encoding is valid after all.
    if let document = try? JSONReader.read(padded: padded, count: count, limits: limits) {
      value = document.root
      DocumentAudit.run(document.root, into: &faults)
      return
    }
    let reader = padded.withUnsafeBufferPointer { buffer -> RecoveringReader? in
      guard let base = buffer.baseAddress else { return nil }
      var reader = RecoveringReader(base: base, count: count, maxDepth: limits.maxDepth)
      reader.read()
      return reader
    }
    guard let reader else { return }
    faults = reader.faults
    guard reader.hasValue else { return }
    read(reader, padded, limits)
  }

  /// Reads what was mended; what is odd in it is told where it stands in the original.
  private mutating func read(_ reader: RecoveringReader, _ padded: [UInt8], _ limits: JSONLimits) {
    let map = reader.mended.map
    do throws(JSONReadError) {
      let json = try JSON(reading: reader.mended.bytes, limits: limits)
      self.map = map
      value = json
      var odd = FaultList()
      DocumentAudit.run(json, into: &odd)
      faults.add(odd) { fault in
        // What mending brought in is no fault of the text.
        let escape = fault.rule == .loneSurrogate || fault.rule == .escapedNUL
        return !fault.range.isEmpty && (!escape || padded[fault.range.lowerBound + 1] == 0x75)
      } map: {
        map.original($0)
      }
    } catch {
      let offset = map.original(error.position.offset..<error.position.offset).lowerBound
      let told = Fault(error)
      faults.add(told.rule, offset..<offset, told.variant, subject: told.subject)
    }
  }
}
