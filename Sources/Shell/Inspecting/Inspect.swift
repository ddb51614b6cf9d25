public import JSONRPC
import LosslessJSON
import Terminal
import View

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `rpcscope inspect`: what is wrong with a text that was pasted or kept, without a server.
public struct Inspect: Sendable {
  /// What the text is; nil to find out.
  public var form: InputForm?
  /// The request that it answers: a file, or its text.
  public var request: String?
  /// The version that was spoken; nil if the messages are to tell.
  public var version: ProtocolVersion?
  /// How strictly replies are judged.
  public var mode = CheckMode.normal
  /// Whether what could be read of a broken message is shown however long it is.
  public var isFull = false
  /// One JSON object a line for each finding.
  public var isJSON = false

  /// An inspection that finds out what it can.
  public init() {}

  /// Inspects files, the text itself if it begins with a bracket, or standard input (`-`, none).
  public func run(_ inputs: [String], screen: Screen) -> ExitStatus {
    var status = ExitStatus.ok
    for (place, input) in (inputs.isEmpty ? ["-"] : inputs).enumerated() {
      if place > 0, !isJSON { screen.show(StyledText()) }
      do throws(Complaint) {
        status = status.combined(with: try run(input, screen))
      } catch {
        screen.note(error.text)
        status = status.combined(with: error.status)
      }
    }
    return status
  }

  private func run(_ input: String, _ screen: Screen) throws(Complaint) -> ExitStatus {
    var options = Inspector.Options()
    options.form = form
    options.version = version
    options.mode = mode
    if let request { options.request = try Self.text(request) }
    let (bytes, source) = try Self.read(input, screen)
    if form == nil, request == nil, let session = try InspectedSession(bytes, source: source) {
      if isJSON { screen.write(session.lines) } else { session.show(on: screen) }
      return session.hasErrors ? .malformed : .ok
    }
    let inspection = Inspector.inspect(bytes, source: source, options)
    if isJSON {
      screen.write(InspectionRecord.lines(inspection))
    } else {
      let text = InspectionText(
        inspection, width: screen.width, isWrapped: screen.isTerminal || screen.isInteractive,
        isFull: isFull)
      screen.show(text.whole)
    }
    return inspection.hasErrors ? .malformed : .ok
  }

  private static func read(
    _ input: String, _ screen: Screen
  ) throws(Complaint) -> (bytes: [UInt8], source: String) {
    if input != "-" {
      return isText(input) ? (Array(input.utf8), "text") : (try file(input), input)
    }
    if isatty(0) == 1 {
      screen.note(StyledText("paste the reply, then Ctrl-D on a line of its own", .dim))
    }
    do throws(FileText.Fault) {
      return (try FileText.read(descriptor: 0, name: "standard input"), "stdin")
    } catch {
      throw Complaint(error.message)
    }
  }

  private static func text(_ input: String) throws(Complaint) -> [UInt8] {
    isText(input) ? Array(input.utf8) : try file(input)
  }

  /// Whether it is no file's name but the text itself.
  private static func isText(_ input: String) -> Bool {
    let first = input.unicodeScalars.first { $0.value > 0x20 }
    return first == "{" || first == "["
  }

  private static func file(_ path: String) throws(Complaint) -> [UInt8] {
    do throws(FileText.Fault) {
      return try FileText.read(path)
    } catch {
      throw Complaint(error.message)
    }
  }
}
