import Session
import Wire

extension Interpreter {
  /// The desk for a connection; one to the same server as before keeps its open documents.
  func makeDesk(_ connection: Connection) -> DocumentDesk? {
    let isSame = self.connection?.target == connection.target
    switch connection.dialect.name {
    case "lsp": return DocumentDesk(.language, documentsOf: isSame ? desk : nil)
    case "bsp": return DocumentDesk(.build)
    default: return nil
    }
  }

  /// The dialect of a connection, which may have to know whether a person is there.
  func dialect(for connection: Connection) -> any Dialect {
    let dialect = connection.dialect
    guard var language = dialect as? LSPDialect else { return dialect }
    language.hasUser = awaitsConnections
    return language
  }
}
