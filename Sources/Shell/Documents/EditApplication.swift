import LosslessJSON
import Session

/// Makes the edits of a `WorkspaceEdit` in the files, all or none as far as can be told before.
struct EditApplication {
  let workspace: Workspace

  /// Makes them; gives the names of the files that were changed.
  func apply(_ edit: JSON) throws(Complaint) -> [String] {
    let encoding = workspace.update { $0.capabilities.encoding }
    var files: [(path: String, bytes: [UInt8])] = []
    for (uri, list, version) in try changes(edit) {
      guard let path = FileURI.path(of: uri) else {
        throw Complaint("\(uri) is no file that could be edited")
      }
      let name = SourceFile.shown(path)
      let text = try current(path, version)
      guard let edits = TextEdits(list) else {
        throw Complaint("the edits of \(name) are not edits of text; nothing was changed")
      }
      guard let bytes = edits.applied(to: text, in: encoding) else {
        throw Complaint("two edits of \(name) are about the same text; nothing was changed")
      }
      if bytes != Array(text.text.utf8) { files.append((path, bytes)) }
    }
    for file in files { try Interpreter.write(file.bytes, to: file.path, append: false) }
    return files.map { SourceFile.shown($0.path) }
  }

  /// The text of a file, which must be what the server knows.
  private func current(_ path: String, _ version: Int?) throws(Complaint) -> DocumentText {
    let name = SourceFile.shown(path)
    let file: (text: DocumentText, isUTF8: Bool, stamp: FileStamp)
    do throws(SourceFile.Fault) { file = try SourceFile.read(path) } catch {
      throw Complaint(error.message, hint: "nothing was changed")
    }
    guard file.isUTF8 else {
      throw Complaint("\(name) is not UTF-8", hint: "nothing was changed")
    }
    let open = workspace.update { $0.documents[path] }
    if let open, open.text != file.text || version.map({ $0 != open.version }) ?? false {
      throw Complaint(
        "\(name) changed since the edit was proposed", hint: "ask for it again; nothing was changed"
      )
    }
    return file.text
  }

  private func changes(
    _ edit: JSON
  ) throws(Complaint) -> [(uri: String, edits: JSON, version: Int?)] {
    guard let list = edit["documentChanges"], !list.isNull else {
      return edit["changes"].map { $0.members.map { ($0.name, $0.value, nil) } } ?? []
    }
    var changes: [(uri: String, edits: JSON, version: Int?)] = []
    for change in list.elements {
      if let kind = change["kind"]?.string {
        throw Complaint(
          "the edit would \(kind) a file, which `.apply` does not", hint: "nothing was changed")
      }
      guard let uri = change["textDocument"]?["uri"]?.string, let edits = change["edits"] else {
        throw Complaint("the edit can't be read", hint: "nothing was changed")
      }
      if changes.contains(where: { $0.uri == uri }) {
        throw Complaint("the edit changes one document twice", hint: "nothing was changed")
      }
      changes.append((uri, edits, change["textDocument"]?["version"]?.int))
    }
    return changes
  }
}
