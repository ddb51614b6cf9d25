import Catalog
import JSONRPC
import LosslessJSON

/// What completion, hints and colours go by; shared with the thread that reads the line.
struct Knowledge: Sendable {
  /// What the server offers, as far as known.
  var catalog = MethodCatalog()
  /// Whether the catalog came from a file that the user named, which a probe must not replace.
  var isFixed = false
  /// The names of variables and their values.
  var variables = Variables()
  /// Methods that were called with success and are in no catalog.
  var used: [String] = []
  /// The documents that are open at a language server, as they would be typed; nil if it is none.
  var documents: [String]?
  /// The version spoken.
  var version = ProtocolVersion.v2
}
