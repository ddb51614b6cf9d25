extension LoopbackServer {
  /// aria2, whose calls need the token `s3cret`.
  static func aria2() async throws -> LoopbackServer {
    try await start { port, home in
      [
        "aria2c", "--no-conf", "--enable-rpc", "--rpc-listen-port=\(port)",
        "--rpc-listen-all=false", "--rpc-secret=s3cret", "--dir=\(home.path)",
        "--enable-dht=false", "--enable-dht6=false", "--enable-peer-exchange=false",
        "--bt-enable-lpd=false", "--disable-ipv6=true", "--quiet",
      ]
    }
  }

  /// Open vSwitch's database, on a port and on the socket `db.sock` in its folder.
  static func ovsdb() async throws -> LoopbackServer {
    try await start { port, home in
      let create = "ovsdb-tool create conf.db /usr/share/openvswitch/vswitch.ovsschema"
      let serve = [
        "exec ovsdb-server --no-chdir --remote=ptcp:\(port):127.0.0.1",
        "--remote=punix:\(home.path)/db.sock --unixctl=\(home.path)/ctl.sock -vconsole:warn",
        "conf.db",
      ]
      return ["/bin/sh", "-c", "\(create) && \(serve.joined(separator: " "))"]
    }
  }

  /// Mopidy without sound.
  static func mopidy() async throws -> LoopbackServer {
    try await start { port, home in
      let config = try home.write(
        "mopidy.conf",
        """
        [core]
        cache_dir = \(home.path)/cache
        config_dir = \(home.path)/config
        data_dir = \(home.path)/data
        [audio]
        output = fakesink sync=true
        mixer = software
        [http]
        enabled = true
        hostname = 127.0.0.1
        port = \(port)
        zeroconf =
        [file]
        enabled = true
        media_dirs = \(home.path)
        [stream]
        enabled = false
        [m3u]
        enabled = true
        [softwaremixer]
        enabled = true

        """)
      return ["mopidy", "--config", config]
    }
  }

  /// An MCP server over HTTP, at `/mcp`.
  static func mcp() async throws -> LoopbackServer {
    try await start { port, _ in
      let script = "\(Installed.project)/Tests/ProgramTests/Servers/mcp_http.py"
      return ["\(Installed.environment)/bin/python", script, "\(port)"]
    }
  }

  func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }
}

extension LoopbackServer {
  /// A server whose certificate nobody signed.
  static func tls() async throws -> LoopbackServer {
    try await start { port, _ in
      let make = """
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 \
        -subj /CN=localhost -keyout key.pem -out cert.pem
        """
      let serve = "exec openssl s_server -accept 127.0.0.1:\(port) -cert cert.pem -key key.pem -www"
      return ["/bin/sh", "-c", "\(make) && \(serve)"]
    }
  }
}
