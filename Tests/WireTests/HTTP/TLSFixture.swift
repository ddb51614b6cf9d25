@testable import Wire

/// Certificates made for one test, and a server that uses them.
final class TLSFixture: Sendable {
  let folder: TemporaryFolder
  var authority: String { "\(folder.path)/ca.pem" }
  var serverCertificate: String { "\(folder.path)/server.pem" }
  var serverKey: String { "\(folder.path)/server.key" }
  var clientCertificate: String { "\(folder.path)/client.pem" }
  var clientKey: String { "\(folder.path)/client.key" }
  let keyPassword = "se cret"

  /// Makes an authority, and a server's and a client's certificate signed by it.
  init() throws {
    folder = try TemporaryFolder()
    let path = folder.path
    let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    try ServerProcess.run(
      ["openssl", "req", "-x509", "-nodes", "-days", "2", "-subj", "/CN=test authority"] + key + [
        "-keyout", "\(path)/ca.key", "-out", authority,
      ])
    let names = try folder.file("names", "subjectAltName=IP:127.0.0.1,DNS:localhost\n")
    try sign("server", ["-nodes"] + key, names)
    try sign("client", ["-passout", "pass:\(keyPassword)"] + key, names)
  }

  deinit { folder.remove() }

  private func sign(_ name: String, _ options: [String], _ names: String) throws {
    let path = "\(folder.path)/\(name)"
    try ServerProcess.run(
      ["openssl", "req", "-new", "-subj", "/CN=\(name)", "-keyout", "\(path).key"] + options + [
        "-out", "\(path).csr",
      ])
    try ServerProcess.run([
      "openssl", "x509", "-req", "-days", "2", "-in", "\(path).csr", "-CA", authority, "-CAkey",
      "\(folder.path)/ca.key", "-CAcreateserial", "-extfile", names, "-out", "\(path).pem",
    ])
  }

  /// Starts an HTTPS server; it asks for a client certificate if told to.
  func serve(asksForCertificate: Bool = false) throws -> (ServerProcess, url: String) {
    let script = try folder.file("serve.py", Self.script)
    let server = try ServerProcess(
      ["python3", script, serverCertificate, serverKey]
        + (asksForCertificate ? [authority] : []))
    guard let port = server.line() else { throw Unexpected() }
    return (server, "https://127.0.0.1:\(port)/rpc")
  }

  private static let script = """
    import http.server, os, ssl, sys, threading
    class Handler(http.server.BaseHTTPRequestHandler):
      protocol_version = "HTTP/1.1"
      def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
      def log_message(self, *arguments): pass
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    if len(sys.argv) > 3:
      context.verify_mode = ssl.CERT_REQUIRED
      context.load_verify_locations(sys.argv[3])
    server.socket = context.wrap_socket(server.socket, server_side=True)
    print(server.server_address[1], flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()
    os._exit(0)

    """
}
