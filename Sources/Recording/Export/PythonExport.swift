import LosslessJSON
import Session
import Wire

/// A script for Python's standard library that sends the same requests.
public enum PythonExport: SessionExport {
  /// The word that `.export` takes.
  public static var name: String { "python" }
  /// The ending of such a file's name.
  public static var fileExtension: String { "py" }
  /// One line about it.
  public static var summary: String {
    "a Python 3 script without dependencies (masked values stay so)"
  }

  /// The script.
  public static func write(_ session: ExportedSession) -> [UInt8] {
    var text = FileText()
    text.line("#!/usr/bin/env python3")
    text.line("\"\"\"Sends the requests of a session again and prints what comes.\"\"\"")
    text.add(session.isHTTP ? http(session) : stream(session))
    text.line()
    text.line("EXCHANGES = [")
    for recorded in session.scripted {
      let exchange = recorded.exchange
      let headers = session.isHTTP ? exchange.ownHeaders(withAccept: true) : []
      let pairs = headers.map { "\(Self.text($0.name)): \(Self.text($0.value))" }
      text.line("    # \(exchange.number): \(ascii(exchange.method ?? exchange.kind.word))")
      if !recorded.maskedNames.isEmpty {
        text.line("    # masked: \(ascii(recorded.maskedNames.joined(separator: ", ")))")
      }
      let expects = exchange.ending == .sent ? "False" : "True"
      text.line(
        "    (b\(literal(exchange.request)), {\(pairs.joined(separator: ", "))}, \(expects)),")
    }
    text.line("]")
    text.line()
    text.line("if __name__ == \"__main__\":")
    text.line("    main()")
    return text.bytes
  }

  private static func http(_ session: ExportedSession) -> String {
    """
    import sys
    import urllib.error
    import urllib.request

    URL = \(text(session.header.target))
    TIMEOUT = 30


    def main():
        for body, headers, _ in EXCHANGES:
            request = urllib.request.Request(URL, data=body, headers=headers, method="POST")
            try:
                with urllib.request.urlopen(request, timeout=TIMEOUT) as reply:
                    data = reply.read()
            except urllib.error.HTTPError as error:
                data = error.read()
            sys.stdout.buffer.write(data.rstrip(b"\\n") + b"\\n")


    """
  }

  private static func stream(_ session: ExportedSession) -> String {
    """
    import json
    import shlex
    import socket
    import subprocess
    import sys

    TARGET = \(text(session.header.target))
    TIMEOUT = 30


    def connect():
        kind, _, rest = TARGET.partition(":")
        if kind == "stdio":
            child = subprocess.Popen(
                shlex.split(rest), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            return child.stdout, child.stdin
        if kind == "unix":
            link = socket.socket(socket.AF_UNIX)
            link.settimeout(TIMEOUT)
            link.connect(rest)
        else:
            host, _, port = rest.rpartition(":")
            link = socket.create_connection((host.strip("[]"), int(port)), TIMEOUT)
        return link.makefile("rb"), link.makefile("wb")


    \(framing(session.header))


    def is_reply(message):
        \"\"\"Anything but a request or a notification of the server's own.\"\"\"
        try:
            return "method" not in json.loads(message)
        except ValueError:
            return True


    def main():
        reader, writer = connect()
        for body, _, expects in EXCHANGES:
            send(writer, body)
            while expects:
                message = receive(reader)
                if not message:
                    sys.exit("the connection ended")
                sys.stdout.buffer.write(message + b"\\n")
                sys.stdout.flush()
                expects = not is_reply(message)


    """
  }

  private static func framing(_ header: RecordingHeader) -> String {
    switch header.framing {
    case "headers": headerFraming
    case "lines": lineFraming
    case "netstring": netstringFraming
    default: header.target.hasPrefix("stdio:") ? lineFraming : valueFraming
    }
  }

  private static let lineFraming = """
    def send(writer, body):
        writer.write(body.replace(b"\\n", b" ") + b"\\n")
        writer.flush()


    def receive(reader):
        return reader.readline().rstrip(b"\\n")
    """

  private static let netstringFraming = """
    def send(writer, body):
        writer.write(b"%d:%b," % (len(body), body))
        writer.flush()


    def receive(reader):
        digits = b""
        while digits[-1:] != b":":
            byte = reader.read(1)
            if not byte:
                return b""
            digits += byte
        return reader.read(int(digits[:-1]) + 1)[:-1]
    """

  private static let valueFraming = """
    waiting = b""


    def send(writer, body):
        writer.write(body)
        writer.flush()


    def receive(reader):
        \"\"\"The next JSON value, whatever stands behind it.\"\"\"
        global waiting
        while True:
            text = waiting.decode("utf-8", "surrogateescape").lstrip()
            try:
                end = json.JSONDecoder().raw_decode(text)[1]
            except ValueError:
                more = reader.read1(65536)
                waiting += more
                if more:
                    continue
                end = len(text)
            waiting = text[end:].encode("utf-8", "surrogateescape")
            return text[:end].encode("utf-8", "surrogateescape")
    """

  private static let headerFraming = """
    def send(writer, body):
        writer.write(b"Content-Length: %d\\r\\n\\r\\n" % len(body) + body)
        writer.flush()


    def receive(reader):
        size = 0
        while True:
            line = reader.readline()
            if not line.strip():
                return reader.read(size)
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                size = int(value)
    """

  /// A text on one line in ASCII, for a comment.
  private static func ascii(_ text: String) -> String {
    String(literal(Array(VisibleText.line(text).utf8)).dropFirst().dropLast())
  }

  /// An expression of Python that means that text.
  private static func text(_ text: String) -> String {
    let bytes = Array(text.utf8)
    return bytes.allSatisfy { $0 < 0x80 } ? literal(bytes) : "b\(literal(bytes)).decode()"
  }

  /// A literal of Python that means those bytes, as text in ASCII.
  static func literal(_ bytes: [UInt8]) -> String {
    var text = "\""
    for byte in bytes {
      switch byte {
      case 0x22, 0x5C: text += "\\" + String(UnicodeScalar(byte))
      case 0x20..<0x7F: text.unicodeScalars.append(UnicodeScalar(byte))
      default: text += "\\x" + Hex.text(UInt64(byte), digits: 2)
      }
    }
    return text + "\""
  }
}
