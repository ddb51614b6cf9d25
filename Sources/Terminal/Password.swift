#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Asks for a secret on the controlling terminal, without showing what is typed.
///
/// Nil if there is no terminal, or at Ctrl-C or Ctrl-D. Not to be called while a line is read.
public func readPassword(prompt: String) -> String? {
  let terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
  guard terminal >= 0 else { return nil }
  defer { close(terminal) }
  return readPassword(prompt: prompt, terminal: terminal)
}

func readPassword(prompt: String, terminal: Int32) -> String? {
  let mode = TerminalMode(input: terminal, output: terminal)
  // A secret is one line: nothing is gained by marks of a paste, which a dumb terminal would show.
  mode.isPlain = true
  Platform.write(terminal, SafeText.escape(prompt).utf8)
  mode.enter(.editing)
  defer {
    mode.close()
    Platform.write(terminal, "\n".utf8)
  }
  var decoder = KeyDecoder()
  var secret = ""
  var chunk = [UInt8](repeating: 0, count: 4096)
  while true {
    _ = Platform.wait([terminal], milliseconds: decoder.isWaiting ? 40 : -1)
    let isReady = Platform.wait([terminal], milliseconds: 0)[0]
    var keys: [Key] = []
    if isReady {
      let count = Platform.read(terminal, &chunk)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return nil }
      keys = decoder.feed(chunk[..<count])
    } else if decoder.isWaiting {
      keys = decoder.expire()
    }
    for key in keys {
      switch key {
      case .character("\r"), .character("\n"): return secret
      case .character("\u{3}"): return nil
      case .character("\u{4}") where secret.isEmpty: return nil
      case .character("\u{15}"): secret = ""
      case .character("\u{8}"), .character("\u{7f}"): if !secret.isEmpty { secret.removeLast() }
      case .character(let scalar) where scalar.value >= 0x20: secret.unicodeScalars.append(scalar)
      case .paste(let text): secret += text
      default: break
      }
    }
  }
}
