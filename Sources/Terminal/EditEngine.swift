internal import CEditLine
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// libedit as the keeper of one line: it maps keys to commands, moves, deletes and yanks.
///
/// What it would draw goes to the null device; its owner draws the text and the cursor it finds
/// here. All calls come from one thread at a time, callbacks included.
final class EditEngine {
  /// What libedit asks its owner.
  protocol Owner: AnyObject {
    /// The next character, waiting for it; nil ends the line.
    func nextScalar() -> UInt32?
    /// A bound key was pressed: what libedit does after it.
    func press(_ scalar: UInt32, withMeta: Bool) -> AfterKey
    /// The history entry that is so many steps back, from 1 for the newest.
    func historyEntry(_ stepsBack: Int) -> String?
  }

  /// What libedit does after a key of ours.
  enum AfterKey { case goOn, endLine }

  /// The editing mode, as `bind -e` and `bind -v` choose it.
  enum Mode { case emacs, vi }

  weak var owner: (any Owner)?
  private let handle: OpaquePointer
  private let discard: UnsafeMutablePointer<FILE>
  private let history: UnsafeMutablePointer<cel_history>
  private var historyPosition = 0
  private var historyText: UnsafeMutablePointer<wchar_t>?

  /// An engine for the terminal behind two descriptors; nil if libedit refuses.
  init?(input: Int32, output: Int32) {
    guard let discard = fopen("/dev/null", "r+") else { return nil }
    let made = EditEngine.setUp.withLock { _ in
      EditEngine.useUTF8()
      let handle = el_init_fd("rpcscope", discard, discard, discard, input, output, output)
      // What it writes is not seen, so the simplest terminal will do; and editors on several
      // threads then share none of the terminal library's state.
      if let handle { cel_set_terminal(handle, "dumb") }
      return handle.map(UInt.init(bitPattern:))
    }
    guard let handle = made.flatMap(OpaquePointer.init(bitPattern:)) else {
      fclose(discard)
      return nil
    }
    self.discard = discard
    self.handle = handle
    history = .allocate(capacity: 1)
    history.initialize(to: cel_history())
    connect()
  }

  /// The locale and the terminal library's tables belong to the whole process.
  private static let setUp = Mutex(())

  deinit {
    // Without this libedit would put the terminal into the mode it found, and drop what was typed.
    cel_set_int(handle, EL_EDITMODE, 0)
    el_end(handle)
    fclose(discard)
    history.deallocate()
    historyText?.deallocate()
  }

  private func connect() {
    let context = Unmanaged.passUnretained(self).toOpaque()
    cel_set_client_data(handle, context)
    cel_set_int(handle, EL_SIGNAL, 0)
    cel_set_editor(handle, "emacs")
    cel_set_reader(handle) { handle, place in
      guard let scalar = EditEngine.of(handle).owner?.nextScalar() else { return 0 }
      place?.pointee = wchar_t(scalar)
      return 1
    }
    cel_add_function(handle, EditEngine.keyFunction, "handled by rpcscope") { handle, scalar in
      EditEngine.of(handle).press(scalar, withMeta: false)
    }
    cel_add_function(handle, EditEngine.metaFunction, "handled by rpcscope") { handle, scalar in
      EditEngine.of(handle).press(scalar, withMeta: true)
    }
    history.pointee.context = context
    history.pointee.function = { context, operation, entry in
      let engine = Unmanaged<EditEngine>.fromOpaque(context!).takeUnretainedValue()
      return engine.moveInHistory(operation, entry)
    }
    cel_set_history(handle, history)
    fixTerminalModes()
  }

  private static func of(_ handle: OpaquePointer?) -> EditEngine {
    Unmanaged<EditEngine>.fromOpaque(cel_client_data(handle)).takeUnretainedValue()
  }

  private func press(_ scalar: Int32, withMeta: Bool) -> UInt8 {
    switch owner?.press(UInt32(bitPattern: scalar), withMeta: withMeta) ?? .goOn {
    case .goOn: UInt8(CC_REFRESH)
    case .endLine: UInt8(CC_NEWLINE)
    }
  }

  /// Makes both of libedit's terminal modes the one we set ourselves, so that its switching between
  /// them, at each end of a line, changes nothing: an echo would show what is typed ahead.
  private func fixTerminalModes() {
    for mode in ["-d", "-x"] {
      for flag in [
        "icanon", "echo", "echonl", "isig", "iexten", "icrnl", "inlcr", "ixon", "istrip",
      ] {
        cel_set_tty(handle, mode, "-\(flag)")
      }
      for flag in ["opost", "onlcr"] { cel_set_tty(handle, mode, "+\(flag)") }
    }
  }

  /// Lets wide characters be UTF-8 also where the environment names no such locale.
  private static func useUTF8() {
    func isUTF8() -> Bool { String(cString: nl_langinfo(nl_item(CODESET))) == "UTF-8" }
    setlocale(LC_CTYPE, "")
    for name in ["C.UTF-8", "en_US.UTF-8", "UTF-8"] where !isUTF8() { setlocale(LC_CTYPE, name) }
  }
}

extension EditEngine {
  static let keyFunction = "rpcscope-key"
  static let metaFunction = "rpcscope-meta-key"

  /// The mode that is in force.
  var mode: Mode { cel_editor(handle) == CChar(UInt8(ascii: "v")) ? .vi : .emacs }

  /// Reads the user's file of key bindings, `~/.editrc` or another.
  func source(_ path: String?) {
    el_source(handle, path)
    fixTerminalModes()
  }

  /// Lets a key (or a sequence) call the owner.
  func bind(_ key: String, withMeta: Bool = false) {
    cel_bind(handle, key, withMeta ? Self.metaFunction : Self.keyFunction)
  }

  /// Lets a key of vi's command mode call the owner.
  func bindInCommandMode(_ key: String) { cel_bind_command_mode(handle, key, Self.keyFunction) }

  /// Lets a key of vi's command mode do nothing.
  func unbindInCommandMode(_ key: String) { cel_bind_command_mode(handle, key, "ed-unassigned") }

  /// Edits one line until it ends; the text then, or nil if it ended otherwise than by a key.
  func edit() -> String? {
    var count: Int32 = 0
    // The count decides: what stands behind it in the buffer is of no line.
    guard let line = el_wgets(handle, &count), count > 0 else { return nil }
    return Self.string(UnsafeBufferPointer(start: line, count: Int(count)))
  }

  /// Tells libedit that the terminal has another size.
  func resize() { el_resize(handle) }

  /// The text of the line.
  var text: String { Self.string(buffer) }

  /// The cursor's place in the text, in UTF-8 bytes.
  var cursor: Int { Self.string(UnsafeBufferPointer(rebasing: buffer[..<cursorIndex])).utf8.count }

  private var buffer: UnsafeBufferPointer<wchar_t> {
    let line = el_wline(handle).pointee
    return UnsafeBufferPointer(start: line.buffer, count: max(0, line.lastchar - line.buffer))
  }

  /// The cursor's place in the buffer.
  ///
  /// Some of libedit's vi commands leave it outside the line (after a count that is too large, or a
  /// deletion at the end), so it is put back first.
  private var cursorIndex: Int {
    let line = el_wline(handle).pointee
    let place = line.cursor - line.buffer
    let sound = min(max(0, place), max(0, line.lastchar - line.buffer))
    if sound != place { el_cursor(handle, Int32(sound - place)) }
    return sound
  }

  /// Puts right what libedit's last command may have left wrong, before the next one builds on it.
  func repair() { _ = cursorIndex }

  /// Moves the cursor to a place given in UTF-8 bytes of the text.
  func moveCursor(to offset: Int) {
    let text = text
    let index = text.utf8.index(text.startIndex, offsetBy: min(max(0, offset), text.utf8.count))
    let scalars = text.unicodeScalars.distance(from: text.startIndex, to: index)
    el_cursor(handle, Int32(scalars - cursorIndex))
  }

  /// Inserts at the cursor, which then stands behind what was inserted.
  func insert(_ text: String) {
    let wide = Self.wide(text)
    if wide.count > 1 { el_winsertstr(handle, wide) }
  }

  /// Replaces a part of the text, given in UTF-8 bytes; the cursor stands behind the new part.
  func replace(_ range: Range<Int>, with text: String) {
    moveCursor(to: range.lowerBound)
    let start = cursorIndex
    moveCursor(to: range.upperBound)
    el_deletestr(handle, Int32(cursorIndex - start))
    insert(text)
  }

  /// Replaces all of the text.
  func replaceAll(with text: String) {
    el_cursor(handle, Int32(buffer.count - cursorIndex))
    el_deletestr(handle, Int32(buffer.count))
    insert(text)
  }

  private static func string(_ characters: UnsafeBufferPointer<wchar_t>) -> String {
    var text = String.UnicodeScalarView()
    text.reserveCapacity(characters.count)
    for character in characters {
      text.append(Unicode.Scalar(UInt32(bitPattern: character)) ?? "\u{fffd}")
    }
    return String(text)
  }

  private static func wide(_ text: String) -> [wchar_t] {
    var wide: [wchar_t] = []
    wide.reserveCapacity(text.utf8.count + 1)
    for scalar in text.unicodeScalars where scalar.value != 0 {
      wide.append(wchar_t(scalar.value))
    }
    wide.append(0)
    return wide
  }

  /// Serves libedit's own history commands, which only a user's bindings can reach.
  private func moveInHistory(
    _ operation: Int32, _ entry: UnsafeMutablePointer<UnsafePointer<wchar_t>?>?
  ) -> Int32 {
    var position = historyPosition
    switch operation {
    case H_FIRST: position = 1
    case H_NEXT: position += 1
    case H_PREV: position -= 1
    case H_CURR: break
    case H_LAST: while owner?.historyEntry(position + 1) != nil { position += 1 }
    default: return -1
    }
    guard position > 0, let text = owner?.historyEntry(position) else { return -1 }
    historyPosition = position
    let wide = Self.wide(text)
    historyText?.deallocate()
    let copy = UnsafeMutablePointer<wchar_t>.allocate(capacity: wide.count)
    copy.initialize(from: wide, count: wide.count)
    historyText = copy
    entry?.pointee = UnsafePointer(copy)
    return Int32(position)
  }
}
