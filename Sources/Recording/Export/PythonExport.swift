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
    "a Python 3 script without dependencies (URLs, TCP, Unix sockets and programs by line)"
  }

  /// The script.
  public static func write(_ session: ExportedSession) -> [UInt8] {
    var text = FileText()
    text.line("#!/usr/bin/env python3")
    text.line("\"\"\"Sends the requests of a session again and prints what comes.\"\"\"")
    text.add(session.isHTTP ? http(session) : stream(session))
    text.line()
    text.line("EXCHANGES = [")
    for exchange in session.own {
      let headers = session.isHTTP ? exchange.ownHeaders : []
      let pairs = headers.map { "\(Self.text($0.name)): \(Self.text($0.value))" }
      text.line("    # \(exchange.number): \(CurlExport.oneLine(exchange.method ?? ""))")
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


    def main():
        for body, headers, _ in EXCHANGES:
            request = urllib.request.Request(URL, data=body, headers=headers, method="POST")
            try:
                with urllib.request.urlopen(request) as reply:
                    data = reply.read()
            except urllib.error.HTTPError as error:
                data = error.read()
            sys.stdout.buffer.write(data.rstrip(b"\\n") + b"\\n")


    """
  }

  private static func stream(_ session: ExportedSession) -> String {
    let framing = session.header.framing == "headers"
    return """
      import shlex
      import socket
      import subprocess
      import sys

      TARGET = \(text(session.header.target))


      def connect():
          kind, _, rest = TARGET.partition(":")
          if kind == "stdio":
              child = subprocess.Popen(
                  shlex.split(rest), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
              return child.stdout, child.stdin
          if kind == "unix":
              link = socket.socket(socket.AF_UNIX)
              link.connect(rest)
          else:
              host, _, port = rest.rpartition(":")
              link = socket.create_connection((host.strip("[]"), int(port)))
          return link.makefile("rb"), link.makefile("wb")


      \(framing ? headerFraming : lineFraming)


      def main():
          reader, writer = connect()
          for body, _, expects in EXCHANGES:
              send(writer, body)
              if expects:
                  sys.stdout.buffer.write(receive(reader) + b"\\n")
                  sys.stdout.flush()


      """
  }

  private static let lineFraming = """
    def send(writer, body):
        writer.write(body.replace(b"\\n", b" ") + b"\\n")
        writer.flush()


    def receive(reader):
        return reader.readline().rstrip(b"\\n")
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
