import Catalog
public import JSONRPC
import LosslessJSON

/// A server made of an OpenRPC document: it checks params against the document's schemas, and
/// answers from its examples or with values made from its schemas, the same each time.
public enum Mock {
  /// Why a document can't be served.
  public struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
    /// One sentence.
    public var description: String
  }

  /// The methods of a document. `rpc.discover` gives the document itself.
  public static func dispatcher(openRPC text: [UInt8]) throws(Failure) -> Dispatcher {
    let document: JSON
    do throws(JSONReadError) {
      document = try JSON(reading: text)
    } catch {
      throw Failure(description: "this is not JSON: \(error)")
    }
    let catalog: MethodCatalog
    do throws(OpenRPCReader.Fault) {
      catalog = try OpenRPCReader.read(document, source: "document")
    } catch {
      throw Failure(description: error.message)
    }
    let root = document["openrpc"] == nil ? document["result"] ?? document : document
    let info = root["info"]
    let dispatcher = Dispatcher(
      title: info?["title"]?.string ?? "Mock", version: info?["version"]?.string ?? "1.0.0",
      doc: info?["description"]?.string ?? "", document: root)
    for method in catalog.methods where !method.name.hasPrefix("rpc.") {
      add(MockMethod(method: method), to: dispatcher)
    }
    return dispatcher
  }

  private static func add(_ mock: MockMethod, to dispatcher: Dispatcher) {
    var method = mock.rpcMethod
    // A document may describe what the dispatcher has of itself.
    if (try? dispatcher.replace(method)) != nil { return }
    // Params that can't be told apart by name are still taken as the document says.
    method.params = []
    _ = try? dispatcher.replace(method)
  }
}
