import LosslessJSON
import Session
import Wire

/// The test files of Ethereum's execution-apis.
public enum EthereumIOExport: SessionExport {
  /// The word that `.export` takes.
  public static var name: String { "io" }
  /// The ending of such a file's name.
  public static var fileExtension: String { "io" }
  /// One line about it.
  public static var summary: String { ">> and << lines (no times, headers or findings)" }

  /// The lines.
  public static func write(_ session: ExportedSession) -> [UInt8] {
    var text = FileText()
    for exchange in session.exchanges.map(\.exchange) {
      if !exchange.kind.isIncoming, !exchange.request.isEmpty {
        line(">> ", exchange.request, &text)
      }
      for received in exchange.messages { line("<< ", received.frame.bytes, &text) }
      if let answer = exchange.answer { line(">> ", answer, &text) }
    }
    return text.bytes
  }

  private static func line(_ arrow: String, _ bytes: [UInt8], _ text: inout FileText) {
    text.add(arrow)
    text.add(bytes.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 })
    text.line()
  }
}
