public import Recording

/// A recording as it is named on the command line.
public enum RecordedSession {
  /// Reads a recording, or anything that can be read as one: a path, `last`, or a number of the list
  /// of kept sessions. It blocks.
  public static func read(_ word: String) throws(Complaint) -> ImportedSession {
    let path = try RecordingPath.of(word)
    return try Complaint.wrapping { () throws(RecordingError) in try RecordingSources.read(path) }
  }
}
