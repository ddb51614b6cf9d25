import ArgumentParser
import Host
import JSONRPC
import Recording
import Shell

/// A recording as what `serve` offers.
struct ReplayOffer: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Answer as this recording did: a file, `last`, or a number of `rpcscope sessions`.",
      valueName: "file"))
  var replay: String?
  @Option(help: ArgumentHelp("Take as long as then: recorded, or none.", valueName: "pace"))
  var pace = "none"
  @Option(
    help: ArgumentHelp(
      "What must be the same: params, or the method alone.", valueName: "what"))
  var match = "params"

  func validate() throws {
    guard ["recorded", "none"].contains(pace) else {
      throw ValidationError("--pace is recorded or none")
    }
    guard ["params", "method"].contains(match) else {
      throw ValidationError("--match is params or method")
    }
    if replay == nil, pace != "none" || match != "params" {
      throw ValidationError("--pace and --match go with --replay")
    }
  }

  /// The mock, if there is to be one.
  func mock() throws -> ReplayMock? {
    guard let replay else { return nil }
    do throws(Complaint) {
      var options = ReplayMock.Options()
      options.isPaced = pace == "recorded"
      options.matchesByMethod = match == "method"
      let session = try RecordedSession.read(replay)
      let mock = ReplayMock(session, name: replay, options: options)
      if mock.count == 0 {
        throw Complaint("\(replay) has no requests that could be answered")
      }
      return mock
    } catch {
      throw ServeFailure(error.message, status: 2)
    }
  }

  /// A service of that name for what hosts say of themselves.
  static func service(_ mock: ReplayMock) -> Service {
    Service(Dispatcher(title: "the replay of \(mock.name)", describesItself: false))
  }
}
