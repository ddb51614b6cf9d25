extension RecoveringReader {
  /// Reads what may stand before a value; false if the text is no JSON at all.
  mutating func readPreamble() -> Bool {
    if base[0] == 0xEF, base[1] == 0xBB, base[2] == 0xBF, count >= 3 {
      report(.bom, 0..<3)
      mended.delete(0..<3)
      at = 3
    }
    if isBlankFromHere() { return false }
    readXSSIPrefix()
    readCallback()
    if ForeignText.isBinary(base + at, count - at) { return readForeignText() }
    skipBlanks()
    return at >= count || readForeignText()
  }

  /// Tells an empty text, or one of blanks alone.
  private mutating func isBlankFromHere() -> Bool {
    var place = at
    while place < count, Characters.isBlank(base[place]) { place += 1 }
    guard place >= count else { return false }
    if count == at { report(.empty, at..<at) } else { report(.blank, at..<count) }
    return true
  }

  /// What servers put before a value so that browsers cannot run it as a script.
  private mutating func readXSSIPrefix() {
    while Characters.isBlank(base[at]) { at += 1 }
    for prefix in [")]}'", "while(1);", "while (1);", "for(;;);", "for (;;);", "throw 1;", "{}&&"] {
      let bytes = Array(prefix.utf8)
      guard text(at..<min(count, at + bytes.count)).elementsEqual(bytes) else { continue }
      var end = at + bytes.count
      if prefix.utf8.first == 0x29, base[end] == 0x2C { end += 1 }
      report(.xssiPrefix, at..<end, subject: .bytes(at..<end))
      mended.delete(at..<end)
      at = end
      return
    }
  }

  /// `name({`, as a callback of JSONP.
  private mutating func readCallback() {
    while Characters.isBlank(base[at]) { at += 1 }
    let start = at
    var place = at
    if base[place] == 0x2F, base[place + 1] == 0x2A, base[place + 2] == 0x2A,
      base[place + 3] == 0x2F
    {
      place += 4
    }
    let word = place
    while place < count, Characters.isWord(base[place]) || base[place] == 0x2E { place += 1 }
    guard place > word, !Characters.isDigit(base[word]) else { return }
    let wordEnd = place
    while base[place] == 0x20 { place += 1 }
    guard place < count, base[place] == 0x28 else { return }
    var next = place + 1
    while Characters.isBlank(base[next]) { next += 1 }
    guard base[next] == 0x7B || base[next] == 0x5B else { return }
    callback = place
    at = place + 1
    report(.jsonp, start..<at, subject: .bytes(word..<wordEnd))
    mended.delete(start..<at)
  }

  /// Recognises text that is no JSON; false if nothing of it can be read.
  private mutating func readForeignText() -> Bool {
    guard let foreign = ForeignText(base, at..<count) else { return true }
    let wasBOM = faults.kept.contains { $0.rule == .bom }
    faults.removeAll()
    if wasBOM { report(.bom, 0..<3) }
    let subject = foreign.firstLine(base)
    if let value = foreign.valueStart {
      report(
        .leadingText, at..<trimmed(at..<value), foreign.variant, subject: .text(subject))
      mended.delete(at..<value)
      at = value
      return true
    }
    report(.notJSON, at..<trimmed(at..<count), foreign.variant, subject: .text(subject))
    return false
  }
}
