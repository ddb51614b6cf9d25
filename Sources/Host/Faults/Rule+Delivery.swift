extension FaultPlan.Rule {
  /// Changes how an answer is sent; faults of its text have done their part before.
  func spoil(_ delivery: inout Delivery) {
    switch fault {
    case .delay: delivery.pause = duration
    case .slow: delivery.drip = duration
    case .drop: delivery.isSilent = true
    case .close:
      delivery.texts = []
      delivery.closes = true
    case .cut:
      delivery.isCut = true
      delivery.closes = true
    case .lengthLong: delivery.length = .off(by: 10)
    case .lengthShort: delivery.length = .off(by: -10)
    case .lengthCharacters: delivery.length = .characters
    case .contentType: delivery.contentType = "text/plain"
    case .status: delivery.status = 500
    case .empty: delivery.texts = [[]]
    case .html:
      delivery.texts = [Array(Self.page.utf8)]
      delivery.contentType = "text/html"
      delivery.status = 502
    case .twice: delivery.texts += delivery.texts
    case .logLine: prefix(&delivery, "DEBUG cache miss: ")
    case .bom: prefix(&delivery, "\u{FEFF}")
    case .twoValues: delivery.texts = delivery.texts.map { $0 + Array(" {\"more\": true}".utf8) }
    default: break
    }
  }

  private func prefix(_ delivery: inout Delivery, _ text: String) {
    delivery.texts = delivery.texts.map { Array(text.utf8) + $0 }
  }

  private static let page = """
    <!DOCTYPE html><html><head><title>502 Bad Gateway</title></head>\
    <body><h1>502 Bad Gateway</h1></body></html>
    """
}
