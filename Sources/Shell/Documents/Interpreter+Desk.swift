import Session
import Wire

extension Interpreter {
  /// The desk for a connection; one to the same server as before keeps its open documents.
  func makeDesk(_ connection: Connection) -> DocumentDesk? {
    let isSame = self.connection?.target == connection.target
    switch connection.dialect.name {
    case "lsp": return DocumentDesk(.language, documentsOf: isSame ? documentDesk : nil)
    case "bsp": return DocumentDesk(.build)
    default: return nil
    }
  }
}
