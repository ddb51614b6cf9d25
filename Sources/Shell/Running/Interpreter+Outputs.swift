import LosslessJSON
import Terminal
import View

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Interpreter {
  /// Brings a result to where the statement wants it: the screen, a program, a file.
  func deliver(_ value: JSON, _ statement: Statement) async throws(Complaint) -> ExitStatus {
    var value = value
    var isDelivered = false
    for output in statement.outputs {
      switch output {
      case .select(let path):
        do throws(JSONPath.Missing) { value = try path.select(in: value) } catch {
          throw Complaint(error.sentence, status: .errorReply)
        }
        keepSelected(value, statement)
      case .pipe(let command):
        isDelivered = true
        let status = try await pipe(Array(value.bytes) + [0x0A], into: command)
        if status != .ok { return status }
      case .write(let path), .append(let path):
        isDelivered = true
        try Self.write(Array(value.bytes) + [0x0A], to: path, append: output == .append(path))
      }
    }
    if !isDelivered { show(value) }
    return .ok
  }

  /// A captured result is what was selected of it.
  private func keepSelected(_ value: JSON, _ statement: Statement) {
    guard let name = statement.capture else { return }
    knowledge.update { $0.variables.set(name, value) }
  }

  private func show(_ value: JSON) {
    if screen.isInteractive {
      let text = ExchangeText(
        width: screen.width, maxLines: settings.value.lines, maxTokenBytes: maxTokenBytes)
      screen.show(text.result(value))
    } else if screen.output.color || screen.isTerminal {
      screen.write { output in
        JSONText.write(value, width: screen.width, renderer: screen.output, to: output)
        [0x0A].withUnsafeBufferPointer(output)
      }
    } else {
      // For programs: the exact text.
      screen.write(Array(value.bytes) + [0x0A])
    }
  }

  /// Runs a command of the system's shell with the bytes on its standard input.
  func pipe(_ bytes: [UInt8], into command: String) async throws(Complaint) -> ExitStatus {
    editor?.suspend()
    defer { editor?.resume() }
    let outcome = await Blocking.run { ShellCommand.run(command, input: bytes) }
    switch outcome {
    case .success(0): return .ok
    // A person's own Ctrl-C is no fault of the command.
    case .success(130) where screen.isInteractive: return .ok
    case .success(let status):
      throw Complaint("the command ended with status \(status)", status: .errorReply)
    case .failure(let fault):
      throw Complaint("the command could not be run: \(Complaint.systemText(fault.code))")
    }
  }

  /// Writes a file; `>` replaces what was there, `>>` adds to it.
  static func write(_ bytes: [UInt8], to path: String, append: Bool) throws(Complaint) {
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (append ? O_APPEND : O_TRUNC)
    let descriptor = open(FileText.expanded(path), flags, 0o666)
    guard descriptor >= 0 else {
      throw Complaint("\(path) can't be written: \(Complaint.systemText(errno))")
    }
    let unwritten = Screen.write(bytes, to: descriptor)
    // Some file systems only tell at the end that there is no room.
    let isClosed = close(descriptor) == 0
    guard let code = unwritten ?? (isClosed ? nil : errno) else { return }
    throw Complaint("\(path) can't be written: \(Complaint.systemText(code))")
  }
}
