import Foundation
import LosslessJSON
import Testing

@testable import Wire

/// What real servers wrote, kept beside the project where that was checked out with it.
@Suite("Real streams") struct SampleStreamTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    var path: String
    var framing: FramingName

    var testDescription: String { path }
  }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../../shared/samples").standardizedFileURL

  static let samples: [Sample] = {
    let servers = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return servers.sorted().flatMap { server -> [Sample] in
      let framing: FramingName =
        server.hasPrefix("lsp-") ? .headers : server == "ovsdb" ? .values : .lines
      let path = folder.appendingPathComponent(server).path
      let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      return files.sorted().filter { $0.hasSuffix(".s2c.bin") }
        .map { Sample(path: server + "/" + $0, framing: framing) }
    }
  }()

  @Test(.enabled(if: !samples.isEmpty, "there is no ../shared/samples"), arguments: samples)
  func readsWithoutErrors(sample: Sample) throws {
    let url = Self.folder.appendingPathComponent(sample.path)
    let bytes = Array(try Data(contentsOf: url))
    let whole = outputs(sample.framing.make(), bytes) { bytes.count }
    #expect(!whole.isEmpty)
    for output in whole {
      guard case .message(let message, let findings) = output else {
        Issue.record("\(output)")
        continue
      }
      #expect(findings.isEmpty)
      #expect(throws: Never.self) { try JSON(reading: message) }
    }
    #expect(outputs(sample.framing.make(), bytes) { 7 } == whole)
  }

  /// With the wrong framing something is said of every stream, and no message is lost.
  @Test(.enabled(if: !samples.isEmpty, "there is no ../shared/samples"), arguments: samples)
  func theWrongFramingFindsTheSameMessages(sample: Sample) throws {
    let url = Self.folder.appendingPathComponent(sample.path)
    let bytes = Array(try Data(contentsOf: url))
    let expected = Self.messages(sample.framing, bytes)
    for other in FramingName.allCases where other != sample.framing {
      #expect(Self.messages(other, bytes) == expected, "read as \(other)")
    }
  }

  private static func messages(_ framing: FramingName, _ bytes: [UInt8]) -> [String] {
    outputs(framing.make(), bytes) { bytes.count }.compactMap { output in
      guard case .message(let bytes, _) = output else { return nil }
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
