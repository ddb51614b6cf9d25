import LosslessJSON
import Session

extension Setting {
  /// The settings of a language server.
  static let configuration = Setting(
    name: "configuration", values: "FILE | none",
    summary: "the settings that a language server may ask for, a JSON object", choices: ["none"],
    get: { $0.connection?.configuration?.text ?? "none" },
    set: { (shell, text) throws(Complaint) in
      guard shell.connection != nil else {
        throw Complaint("no target is connected", hint: "`.connect TARGET`")
      }
      let value = text == "none" ? nil : try object(in: text)
      shell.connection?.configuration = value
      guard let client = shell.client, var dialect = client.dialect as? LSPDialect else { return }
      dialect.configuration = value
      client.dialect = dialect
      // Some take it as it is told, others ask for it then.
      guard dialect.capabilities != nil else { return }
      let told = OpenDocuments.Message(
        method: "workspace/didChangeConfiguration", params: ["settings": value ?? .null])
      await shell.tell([told], client)
    })

  private static func object(in file: String) throws(Complaint) -> JSON {
    let path = file.hasPrefix("@") ? String(file.dropFirst()) : file
    let bytes: [UInt8]
    do throws(FileText.Fault) { bytes = try FileText.read(path) } catch {
      throw Complaint(error.message)
    }
    guard let json = try? JSON(reading: bytes) else { throw Complaint("\(path) is no JSON") }
    guard json.kind == .object else {
      throw Complaint(
        "\(path) holds no object", hint: #"such as {"python": {"analysis": {"strict": true}}}"#)
    }
    return json
  }
}
