import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Names of files and folders.
extension Completer {
  func files(_ context: LineContext, prefix: String) -> Completion {
    let typed = String(context.text.dropFirst(prefix.count))
    return files(at: context.word.lowerBound + prefix.utf8.count, context.word, typed)
  }

  /// A file's name as it has to be typed: in quotes if a blank would end it.
  private static func quotedFile(_ file: Candidate) -> Candidate {
    let isOdd = file.text.contains { $0.isWhitespace } || file.text.first == "'"
    let isSafe = file.text.unicodeScalars.allSatisfy(SafeText.isSafe)
    if !isOdd, isSafe { return file }
    let word = isSafe ? quoted(file.text) : escaped(file.text)
    // A folder's name goes on, so that its quote stays open.
    return Candidate(
      file.text.hasSuffix("/") ? String(word.dropLast()) : word, display: file.display)
  }

  func files(at start: Int, _ word: Range<Int>, _ text: String) -> Completion {
    let typed = text.hasPrefix("'") ? String(text.dropFirst()) : text
    let slash = typed.lastIndex(of: "/")
    let folder = slash.map { String(typed[...$0]) } ?? ""
    let name = slash.map { String(typed[typed.index(after: $0)...]) } ?? typed
    let path = FileText.expanded(folder.isEmpty ? "." : folder)
    guard let directory = opendir(path) else { return Completion() }
    defer { closedir(directory) }
    var found: [Candidate] = []
    while let entry = readdir(directory), found.count < 1000 {
      let entryName = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      let isHidden = entryName.hasPrefix(".") && !name.hasPrefix(".")
      if !entryName.hasPrefix(name) || isHidden || entryName == "." || entryName == ".." {
        continue
      }
      let isFolder = entry.pointee.d_type == UInt8(DT_DIR)
      found.append(
        Candidate(folder + entryName + (isFolder ? "/" : ""), display: SafeText.escape(entryName)))
    }
    let sorted = found.sorted { $0.text < $1.text }.map(Self.quotedFile)
    let isFolder = found.count == 1 && found[0].text.hasSuffix("/")
    return Completion(
      replaced: start..<word.upperBound, candidates: sorted, suffix: isFolder ? "" : " ")
  }
}
