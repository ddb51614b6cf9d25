import Catalog
import LosslessJSON
import Session
import Terminal
import Wire

/// The user's own description of a server.
extension Interpreter {
  /// Learns the methods from an OpenRPC document of the user's, which wins over what a server says.
  ///
  /// `place` is a file or a URL; that is fetched under the options of `connection` as far as they may
  /// go to its host.
  public func loadOpenRPC(
    _ place: String, by connection: Connection? = nil
  ) async throws(Complaint) {
    let bytes =
      place.hasPrefix("http://") || place.hasPrefix("https://")
      ? try await fetched(place, connection) : try Self.file(place)
    let catalog: MethodCatalog
    do {
      catalog = try DescriptionReader.read(JSON(reading: bytes), source: place)
    } catch let fault as OpenRPCReader.Fault {
      throw Complaint("\(place): \(fault.message)")
    } catch {
      throw Complaint("\(place) is no JSON: \(error)")
    }
    knowledge.update {
      $0.catalog = catalog
      $0.isFixed = true
    }
  }

  private static func file(_ path: String) throws(Complaint) -> [UInt8] {
    do throws(FileText.Fault) {
      return try FileText.read(path)
    } catch {
      throw Complaint(error.message)
    }
  }

  private func fetched(_ url: String, _ connection: Connection?) async throws(Complaint) -> [UInt8]
  {
    let target = Target.http(url)
    let way = connection?.moved(to: target) ?? Connection(target)
    let client: Client
    do throws(WireError) {
      client = try Client(makeChannel: { () throws(WireError) in try way.makeChannel() })
    } catch {
      throw Complaint(error, target: url, isShell: false)
    }
    var options = CallOptions(
      timeout: settings.value.timeout, headers: [HeaderField("Accept", "application/json")],
      purpose: .discovery)
    options.verb = "GET"
    let exchange = await client.send(Outgoing(fetching: "GET \(url)"), options: options)
    await client.close()
    switch exchange.ending {
    case .failed(let error): throw Complaint(error, target: url, isShell: false)
    case .timedOut(let after):
      throw Complaint(WireError.timedOut(after: after), target: url, isShell: false)
    default: break
    }
    guard let head = exchange.head, (200..<300).contains(head.status),
      let body = exchange.messages.first?.frame.bytes
    else {
      let status = exchange.head.map { "\($0.status) \($0.reason)" } ?? "no reply"
      throw Complaint("\(url) gave no document: \(status)", status: .unreachable)
    }
    return body
  }
}
