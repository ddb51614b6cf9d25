import JSONRPC
import LosslessJSON
import Synchronization
import TestChannels
import Wire

/// A server that lives in a scripted channel: it knows a few methods and remembers what it was sent.
final class ScriptedServer: Sendable {
  private let received = Mutex<[String]>([])

  /// The messages that were sent to it, in order.
  var messages: [String] { received.withLock { $0 } }

  /// The script that answers for it.
  var script: ScriptedChannel.Script {
    { [self] channel, send, text in
      received.withLock { $0.append(text) }
      answer(channel, send, text)
    }
  }

  private let fixed = Mutex<[String: String]>([:])

  /// From now on answers exactly that text with another.
  func answer(_ text: String, with reply: String) { fixed.withLock { $0[text] = reply } }

  private let silent = Mutex<Set<String>>([])

  /// From now on does not answer those texts.
  func fallSilent(on texts: Set<String>) { silent.withLock { $0 = texts } }

  private func answer(_ channel: ScriptedChannel, _ send: SendID, _ text: String) {
    if silent.withLock({ $0.contains(text) }) { return }
    if let reply = fixed.withLock({ $0[text] }) { return channel.say(reply, to: send) }
    guard let json = try? JSON(reading: text) else {
      channel.say(
        #"{"jsonrpc": "2.0", "error": {"code": -32700, "message": "Parse error"}, "id": null}"#,
        to: send)
      return
    }
    switch Message(json) {
    case .request(let call): reply(to: call, channel, send)
    case .notification: if channel.traits.correlates { channel.finish(send) }
    case .batch(let elements):
      let replies = elements.compactMap { element -> JSON? in
        guard case .request(let call) = element else { return nil }
        return (try? JSON(reading: Self.reply(to: call)))
      }
      if replies.isEmpty {
        if channel.traits.correlates { channel.finish(send) }
      } else {
        // A server may answer in any order.
        channel.say(JSON.array(replies.reversed()).text, to: send)
      }
    default: channel.say(#"{"jsonrpc": "2.0", "result": "?", "id": null}"#, to: send)
    }
  }

  private func reply(to call: ReceivedCall, _ channel: ScriptedChannel, _ send: SendID) {
    switch call.method {
    case "silent": break
    case "die": channel.emit(.closed(.byPeer(unread: 3)))
    case "status":
      let status = call.params?[0]?.int ?? 500
      let head = ReplyHead(
        version: "HTTP/1.1", status: status, reason: call.params?[1]?.string ?? "",
        headers: [
          HeaderField("Content-Type", "text/html"), HeaderField("X-\u{1b}[31m", "v\u{202e}\u{9b}"),
        ])
      channel.emit(.head(send, head))
      if let body = call.params?[2]?.string, !body.isEmpty {
        let now = ContinuousClock.now
        channel.emit(
          .frame(send, Frame(bytes: Array(body.utf8), kind: .body, firstByte: now, lastByte: now)))
      }
      channel.finish(send)
    case "raw": channel.say(call.params?[0]?.string ?? "", to: send)
    case "progress":
      channel.say(#"{"jsonrpc": "2.0", "method": "progress", "params": [50]}"#, to: send)
      channel.say(Self.reply(to: call), to: send)
    case "stderr":
      let line = call.params?[0]?.string ?? ""
      channel.emit(.diagnostic(Diagnostic(source: .stderr, bytes: Array(line.utf8))))
      channel.say(Self.reply(to: call), to: send)
    default: channel.say(Self.reply(to: call), to: send)
    }
  }

  private static func reply(to call: ReceivedCall) -> String {
    let id = call.id?.json.text ?? "null"
    switch call.method {
    case "subtract":
      let values = call.params.map {
        $0.kind == .array
          ? Array($0.elements)
          : ["minuend", "subtrahend"].compactMap { name in
            call.params?[name]
          }
      }
      guard let values, values.count == 2, let one = values[0].int, let two = values[1].int else {
        return error(-32602, "Invalid params", id)
      }
      return #"{"jsonrpc": "2.0", "result": \#(one - two), "id": \#(id)}"#
    case "echo", "progress", "stderr", "exit", "notAnError":
      return #"{"jsonrpc": "2.0", "result": \#(call.params?.text ?? "null"), "id": \#(id)}"#
    case "get":
      return
        #"{"jsonrpc": "2.0", "result": {"a": [1.0, {"b": "ü"}], "big": 12345678901234567890}, "id": \#(id)}"#
    case "fail": return error(-32000, "it failed", id)
    default: return error(-32601, "Method not found", id)
    }
  }

  private static func error(_ code: Int, _ message: String, _ id: String) -> String {
    #"{"jsonrpc": "2.0", "error": {"code": \#(code), "message": "\#(message)"}, "id": \#(id)}"#
  }
}
