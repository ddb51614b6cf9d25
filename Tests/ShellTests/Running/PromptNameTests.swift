import Testing
import Wire

@testable import Shell

@Suite("The target in the prompt")
struct PromptNameTests {
  @Test(arguments: [
    ("stdio:clangd --log=error", "clangd --log=error"),
    ("stdio:./server", "./server"),
    ("stdio:/usr/local/lib/some/long/path/to/server --log=error", "server --log=error"),
    (
      "stdio:/usr/lib/x/server --an-option=that --goes=on --and=on",
      "server --an-option=that --goes=…"
    ),
    ("unix:/run/app.sock", "unix:/run/app.sock"),
    ("unix:/run/user/1000/some/long/path/app.sock", "unix:…/app.sock"),
    ("http://127.0.0.1:8545", "127.0.0.1:8545"),
    ("https://h/", "https://h/"),
    ("https://mainnet.example.org/v3/0123456789abcdef/rpc", "https://mainnet.examp…abcdef/rpc"),
    ("tcp:127.0.0.1:6640", "tcp:127.0.0.1:6640"),
  ])
  func isShort(target: String, name: String) throws {
    let shown = PromptName.of(Connection(try Target(parsing: target)))
    #expect(shown == name)
    #expect(shown.count <= PromptName.longest)
  }
}
