public import LosslessJSON

/// The documents that are open at a language server: what it was told of each, and what it has to be
/// told next.
///
/// Without I/O: whoever holds it reads the files and sends the messages.
public struct OpenDocuments: Sendable {
  /// One open document.
  public struct Document: Sendable {
    /// The absolute path.
    public let path: String
    /// The URI that the server knows.
    public let uri: String
    /// The protocol's name of its language.
    public var language: String
    /// The number of the text that the server has.
    public fileprivate(set) var version: Int
    /// The text that the server has.
    public fileprivate(set) var text: DocumentText
    /// The file as it was when it was read; nil reads it anew.
    public var stamp: FileStamp?
    /// Whether the server of this connection was told of it.
    public fileprivate(set) var isTold = false
  }

  /// A notification for the server.
  public struct Message: Sendable, Equatable {
    /// Its method.
    public var method: String
    /// Its params.
    public var params: JSON

    /// A notification.
    public init(method: String, params: JSON) {
      self.method = method
      self.params = params
    }
  }

  /// The open documents in the order in which they were opened.
  public private(set) var all: [Document] = []

  /// None.
  public init() {}

  /// The document of that path.
  public subscript(_ path: String) -> Document? { all.first { $0.path == path } }

  // MARK: - Changes

  /// Opens a document, or takes its text if it is open.
  public mutating func open(
    _ path: String, language: String, _ text: DocumentText, _ stamp: FileStamp?,
    _ sync: DocumentSync, _ encoding: PositionEncoding
  ) -> [Message] {
    if let known = self[path], known.language == language {
      return take(text, stamp, for: path, sync, encoding)
    }
    // A server learns of another language only by opening the document anew.
    var messages = close(path, sync)
    var document = Document(
      path: path, uri: FileURI.of(path: path), language: language, version: 1, text: text,
      stamp: stamp)
    messages += Self.tell(&document, sync)
    all.append(document)
    return messages
  }

  /// Takes the text that a file has now.
  public mutating func take(
    _ text: DocumentText, _ stamp: FileStamp?, for path: String, _ sync: DocumentSync,
    _ encoding: PositionEncoding
  ) -> [Message] {
    guard let place = all.firstIndex(where: { $0.path == path }) else { return [] }
    let old = all[place].text
    all[place].stamp = stamp
    guard old.text != text.text else { return [] }
    all[place].text = text
    guard all[place].isTold else { return [] }
    all[place].version += 1
    return Self.changes(of: all[place], from: old, sync, encoding)
  }

  /// Closes a document.
  public mutating func close(_ path: String, _ sync: DocumentSync) -> [Message] {
    guard let place = all.firstIndex(where: { $0.path == path }) else { return [] }
    let document = all.remove(at: place)
    guard document.isTold, sync.opensAndCloses else { return [] }
    return [
      Message(
        method: "textDocument/didClose", params: ["textDocument": ["uri": JSON(document.uri)]])
    ]
  }

  /// Notes that the connection is gone: the next server knows nothing.
  public mutating func forgetServer() {
    for place in all.indices { all[place].isTold = false }
  }

  /// What a server that knows nothing yet has to be told.
  public mutating func reopen(_ sync: DocumentSync) -> [Message] {
    var messages: [Message] = []
    for place in all.indices where !all[place].isTold {
      all[place].version = 1
      messages += Self.tell(&all[place], sync)
    }
    return messages
  }

  // MARK: - Messages

  private static func tell(_ document: inout Document, _ sync: DocumentSync) -> [Message] {
    document.isTold = true
    guard sync.opensAndCloses else { return [] }
    let item: JSON = [
      "uri": JSON(document.uri), "languageId": JSON(document.language),
      "version": JSON(document.version), "text": JSON(document.text.text),
    ]
    return [Message(method: "textDocument/didOpen", params: ["textDocument": item])]
  }

  /// What tells of a text that changed on disk: a file that changes there was saved as well.
  private static func changes(
    of document: Document, from old: DocumentText, _ sync: DocumentSync,
    _ encoding: PositionEncoding
  ) -> [Message] {
    var messages: [Message] = []
    let identifier: JSON = ["uri": JSON(document.uri), "version": JSON(document.version)]
    let change: JSON? =
      switch sync.change {
      case .none: nil
      case .full: ["text": JSON(document.text.text)]
      case .incremental: DocumentChange(from: old, to: document.text, in: encoding)?.json
      }
    if let change {
      messages.append(
        Message(
          method: "textDocument/didChange",
          params: ["textDocument": identifier, "contentChanges": [change]]))
    }
    if sync.saves {
      var params: [(String, JSON)] = [("textDocument", ["uri": JSON(document.uri)])]
      if sync.savesText { params.append(("text", JSON(document.text.text))) }
      messages.append(Message(method: "textDocument/didSave", params: .object(params)))
    }
    return messages
  }
}

/// What tells whether a file was written since it was read.
public struct FileStamp: Sendable, Equatable {
  /// When it was last modified: seconds since 1970.
  public var seconds: Int
  /// And nanoseconds.
  public var nanoseconds: Int
  /// Its bytes.
  public var size: Int
  /// The number of the file itself: another one may have been put in its place.
  public var file: UInt64

  /// A file's state.
  public init(seconds: Int, nanoseconds: Int, size: Int, file: UInt64) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
    self.size = size
    self.file = file
  }
}
