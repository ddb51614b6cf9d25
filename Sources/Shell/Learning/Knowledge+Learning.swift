import Catalog
import LosslessJSON

extension Knowledge {
  /// Takes a call that went well: the request as it was sent, and the result.
  mutating func learn(_ request: JSON?, _ method: String, _ result: JSON?) {
    // A tool's call is carried by another method.
    let name = carriedName(request, method) ?? method
    let params = name == method ? request?["params"] : request?["params"]?["arguments"]
    if catalog[name]?.params == nil { learned.take(name, params: params, result: result) }
    if let result { seen.take(result, of: name, named: catalog[name]?.result?.name) }
  }

  private func carriedName(_ request: JSON?, _ method: String) -> String? {
    guard let name = request?["params"]?["name"]?.string else { return nil }
    return catalog[name]?.wrapping?.method == method ? name : nil
  }
}
