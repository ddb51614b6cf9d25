/// What can be said of a text that should be one JSON value: everything that is wrong or odd, and as
/// much of the value as can be read.
public struct JSONDiagnosis: Sendable {
  /// What is wrong or odd, in the order of the text.
  public let findings: [Finding]
  /// The value, read past its errors; nil if there is none to be read.
  ///
  /// Of a text that strict reading refuses it is a document of its own, mended so that it is valid:
  /// `original(_:)` tells where its parts stand in the text that was read.
  public let value: JSON?
  /// Whether strict reading (RFC 8259) takes the text.
  public let isValid: Bool

  /// Reads a text, going on after errors.
  public init(of bytes: [UInt8], limits: JSONLimits = .standard) {
    do throws(JSONReadError) {
      self.init(ofValid: try JSON(reading: bytes, limits: limits))
    } catch {
      self.init(findings: [Finding(error)], value: nil, isValid: false)
    }
  }

  /// Looks for what is odd in a text that strict reading took.
  public init(ofValid json: JSON) {
    self.init(findings: [], value: json, isValid: true)
  }

  private init(findings: [Finding], value: JSON?, isValid: Bool) {
    self.findings = findings
    self.value = value
    self.isValid = isValid
  }

  /// Where bytes of the value's document stand in the text that was read.
  public func original(_ range: Range<Int>) -> Range<Int> { range }
}
