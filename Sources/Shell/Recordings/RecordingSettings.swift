import Recording

/// Settings about what is kept of a session.
enum RecordingSettings {
  static let all: [Setting] = [
    Setting(
      name: "record", values: "on | off | FILE", summary: "whether and where sessions are kept",
      choices: ["on", "off"],
      get: { shell in
        switch shell.recording.place {
        case nil: "off"
        case .folder?: "on"
        case .file(let path)?: path
        }
      },
      set: { (shell, text) throws(Complaint) in
        await shell.keep(at: try shell.recording.place(text))
      }),
    Setting(
      name: "keep", values: "COUNT", summary: "how many sessions are kept", choices: ["100"],
      get: { "\($0.recording.keeping)" },
      set: { (shell, text) throws(Complaint) in
        try shell.recording.keep(text)
        shell.recorder?.keep(shell.recording.place)
      }),
    Setting(
      name: "mask", values: "NAME | !NAME | $.a.path | /REGEX/ | off",
      summary: "what else is masked in what is kept, or stays readable",
      choices: ["off"],
      get: { $0.recording.mask.words },
      set: { (shell, text) throws(Complaint) in
        if text == "on" || text == "off" {
          shell.recording.mask.isOn = text == "on"
        } else {
          try shell.recording.addMask(text)
        }
        shell.remask()
      }),
  ]
}

extension MaskRules {
  /// The rules as they are typed.
  fileprivate var words: String {
    if !isOn { return "off" }
    let all =
      names + readable.map { "!\($0)" } + paths.map(\.text) + patterns.map { "/\($0.text)/" }
    return all.joined(separator: " ")
  }
}
