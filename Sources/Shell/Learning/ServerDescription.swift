import Catalog
import Session
import Wire

/// What a server tells of itself.
enum ServerDescription {
  /// Asks the server, and where it tells nothing the program that it is.
  static func ask(
    _ client: Client, _ target: Target?, _ offer: MCPDialect.Offer, first known: String = ""
  ) async -> Discovery.Report {
    var report = await Discovery(client: client, offer: offer).run(first: known)
    guard report.catalog == nil, !Task.isCancelled, let target,
      let command = ProgramDescription.command(for: target)
    else { return report }
    let catalog = await Blocking.run { ProgramDescription.read(command) }
    let name = command.joined(separator: " ")
    report.asked.append((name, catalog.map { .methods($0.methods.count) } ?? .useless))
    report.catalog = catalog
    return report
  }
}
