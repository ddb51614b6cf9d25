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
  /// Methods that were called with success.
  var learned = LearnedMethods()
  /// Values that results had.
  var seen = SeenValues()
  /// The documents that are open at a language server, as they would be typed; nil if it is none.
  var documents: [String]?
  /// The version spoken.
  var version = ProtocolVersion.v2

  /// The names of methods that were called and are in no catalog.
  var used: [String] { learned.names.filter { catalog[$0] == nil } }

  /// What is known of a method: from the catalog, and where that has but the name, from its calls.
  ///
  /// For completion and for people to read; calls are made by the catalog alone.
  func method(_ name: String) -> Method? {
    guard var method = catalog[name] else { return learned[name] }
    guard method.params == nil, let learned = learned[name] else { return method }
    method.params = learned.params
    method.structure = learned.structure
    method.result = method.result ?? learned.result
    method.basis = .learned
    return method
  }
}
