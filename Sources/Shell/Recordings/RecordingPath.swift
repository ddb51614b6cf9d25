import Recording

/// What a recording is called on the command line.
enum RecordingPath {
  /// The file that a word means: `last`, a number of `rpcscope sessions`, or a path.
  static func of(
    _ word: String, in folder: RecordingFolder? = .standard
  ) throws(Complaint) -> String {
    guard let number = word == "last" ? 1 : Int(word), number > 0 else {
      return FileText.expanded(word)
    }
    let list = try Complaint.wrapping { () throws(RecordingError) in try folder?.list() ?? [] }
    guard number <= list.count else {
      throw Complaint(
        list.isEmpty ? "no session was kept yet" : "there is no session \(number)",
        hint: "`rpcscope sessions` lists them; a file of that name is ./\(word)")
    }
    return list[number - 1]
  }
}
