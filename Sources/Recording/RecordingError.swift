/// Why a recording could not be written or read. A closed set; texts for people are made elsewhere.
public enum RecordingError: Error, Sendable, Equatable {
  /// A system call on the file failed; `errno` of the system.
  case system(operation: String, path: String, errno: Int32)
  /// Another process is writing the file.
  case inUse(path: String)
  /// The file is no recording, nor anything else that can be read; in words.
  case unrecognised(path: String, message: String)
  /// The file is a recording of a later format than this program knows.
  case tooNew(path: String, version: Int)
  /// The text is what it seemed to be, but broken there; in words.
  case malformed(path: String, line: Int, message: String)
  /// A word of a filter can't be read; in words, with what would be right.
  case badFilter(word: String, message: String)
  /// A path pattern can't be read; in words, with the byte offset in its text.
  case badPattern(String, offset: Int, message: String)
}
