import Catalog
import LosslessJSON
import Wire

/// The call template of a target, as it is kept between runs.
enum KeptTemplate {
  private static let largest = 64 << 10

  /// The template of a target, if there is one.
  static func load(_ target: Target) -> CallTemplate? {
    guard let bytes = TargetFile(.state("templates"), target)?.read(atMost: largest),
      let json = try? JSON(reading: bytes), json["version"]?.int == 1, let form = json["template"]
    else { return nil }
    return try? CallTemplate(form, pattern: json["only"]?.string ?? "")
  }

  /// Keeps a template, or forgets the one that was kept.
  static func save(_ template: CallTemplate?, _ target: Target) throws(Complaint) {
    guard let file = TargetFile(.state("templates"), target) else { return }
    guard let template else { return file.remove() }
    let json: JSON = [
      "version": 1, "only": JSON(template.pattern), "template": template.json,
    ]
    if let code = file.write(Array(json.bytes) + [0x0A]) {
      throw Complaint(
        "the template holds for this run, but could not be kept: \(Complaint.systemText(code))",
        hint: "it would stand in \(file.path)")
    }
  }
}
