import Session
import Wire

extension Interpreter {
  /// The workspace for a connection; one to the same server as before keeps its open documents.
  func makeWorkspace(_ connection: Connection) -> Workspace? {
    let isSame = self.connection?.target == connection.target
    switch connection.dialect.name {
    case "lsp": return Workspace(.language, documentsOf: isSame ? workspace : nil)
    case "bsp": return Workspace(.build)
    default: return nil
    }
  }
}
