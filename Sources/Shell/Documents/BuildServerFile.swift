import LosslessJSON
import Session
public import Wire

/// The file by which a build server says how it is started: `.bsp/NAME.json`.
struct BuildServerFile: Sendable {
  /// The server's name.
  var name: String
  /// The command line.
  var words: [String]
  /// The version of the protocol that it speaks.
  var bspVersion: String?
  /// The languages that it builds.
  var languages: [String]
  /// The folder of the build.
  var root: String

  /// Whether a word that names a target is such a file: a `.json` file in a folder `.bsp`.
  static func isNamed(_ word: String) -> Bool {
    word.hasSuffix(".json") && !word.contains("://")
      && word.split(separator: "/").dropLast().last == ".bsp"
  }

  /// Reads a file.
  init(_ path: String) throws(Complaint) {
    let bytes: [UInt8]
    do throws(FileText.Fault) { bytes = try FileText.read(path) } catch {
      throw Complaint(error.message)
    }
    guard let json = try? JSON(reading: bytes), let argv = json["argv"] else {
      throw Complaint("\(path) says no command (argv)", hint: "a build server's file has one")
    }
    words = argv.elements.compactMap(\.string)
    if words.isEmpty || words.count != argv.count {
      throw Complaint("the command in \(path) is no list of words")
    }
    name = json["name"]?.string ?? ""
    bspVersion = json["bspVersion"]?.string
    languages = json["languages"]?.elements.compactMap(\.string) ?? []
    root = FileURI.absolute(path + "/../..", in: SourceFile.folder)
  }
}

extension Connection {
  /// A target as it is typed; a build server's file (`.bsp/NAME.json`) is one too, and then
  /// `useBuildServerIfNamed` finds the command.
  public static func target(parsing word: String) throws(Complaint) -> Target {
    // Kept as a command of one word until the file is read.
    if BuildServerFile.isNamed(word) { return .child([word]) }
    do throws(WireError) { return try Target(parsing: word) } catch { throw Complaint(error) }
  }

  /// Where the target is a build server's file: takes the command, the dialect and the folder that
  /// it tells of, as far as nothing else was asked for.
  public mutating func useBuildServerIfNamed() throws(Complaint) {
    guard case .child(let words) = target, words.count == 1, BuildServerFile.isNamed(words[0])
    else { return }
    let file = try BuildServerFile(words[0])
    target = .child(file.words)
    build = file
    root = root ?? file.root
    dialectName = dialectName ?? "bsp"
    stream.framing = stream.framing ?? .headers
  }
}
