import Session

@main struct Example {
  static func main() async throws {
    let client = try Client(CommandLine.arguments[1])
    let difference = try await client.result("subtract", [42, 23], as: Double.self)
    print(difference)
    await client.close()
  }
}
