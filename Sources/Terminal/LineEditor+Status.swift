import Synchronization

extension LineEditor {
  /// Keeps one row above the prompt, or at the cursor while no line is read, until it is changed or
  /// taken off with nil. What does not fit is cut; lines that are never redrawn show none.
  public func showStatus(_ text: StyledText?) {
    if isPlain { return }
    let columns = TerminalSize.of(descriptor: output).columns
    let row = text?.truncated(to: columns - 1)
    let isReading = shared.withLock { shared in
      shared.status = row
      if shared.isReading { return true }
      guard shared.cookedPrompt == nil else { return false }
      Platform.write(output, (shared.statusErased + shared.statusShown).utf8)
      return false
    }
    if isReading { post(.status) }
  }

  /// The row that stands above the prompt now.
  var status: StyledText? { shared.withLock { $0.status } }
}

extension LineEditor.Shared {
  /// Takes the row off the screen, if it stands there while no line is read.
  var statusErased: String {
    mutating get {
      defer { isStatusShown = false }
      return isStatusShown ? "\r\u{1b}[K" : ""
    }
  }

  /// Puts it there, if there is one.
  var statusShown: String {
    mutating get {
      guard let status else { return "" }
      isStatusShown = true
      return renderer.render(status)
    }
  }
}
