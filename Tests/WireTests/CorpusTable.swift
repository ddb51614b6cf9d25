import Foundation
import Testing

/// The folder `Corpus`: files with what came over the wire, and tables of what is made of it.
///
/// A table has a section for each file: a line `== NAME OPTIONS…`, then what is expected.
/// `RECORD_GOLDEN=1` writes the sections anew, which is told as a difference too.
struct CorpusTable: Sendable {
  struct Section: Sendable, CustomTestStringConvertible {
    var name: String
    var options: [String]
    var expected: [String]

    var testDescription: String { ([name] + options).joined(separator: " ") }
  }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Corpus")

  let name: String
  let sections: [Section]

  init(_ name: String) {
    self.name = name
    let text = (try? String(contentsOf: Self.url(name), encoding: .utf8)) ?? ""
    var sections: [Section] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("== ") {
        let words = line.dropFirst(3).split(separator: " ").map(String.init)
        sections.append(Section(name: words[0], options: Array(words.dropFirst()), expected: []))
      } else if !sections.isEmpty {
        sections[sections.count - 1].expected.append(line)
      }
    }
    for index in sections.indices {
      while sections[index].expected.last == "" { sections[index].expected.removeLast() }
    }
    self.sections = sections
  }

  static var isRecording: Bool {
    ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1"
  }

  /// The names of the files in a folder of the corpus, without their endings.
  static func files(_ folder: String) -> Set<String> {
    let url = Self.folder.appendingPathComponent(folder)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    return Set(names.map { String($0.dropLast($0.hasSuffix(".bin") ? 4 : 5)) })
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appendingPathComponent(path)))
  }

  /// Writes every section anew.
  func record(_ now: (Section) throws -> [String]) throws {
    let text = try sections.map { section in
      ([("== " + section.testDescription)] + (try now(section))).joined(separator: "\n") + "\n\n"
    }
    try text.joined().write(to: Self.url(name), atomically: true, encoding: .utf8)
    Issue.record("recorded \(name)")
  }

  private static func url(_ name: String) -> URL { folder.appendingPathComponent(name + ".table") }
}
