import Terminal
import View

/// What `.help` shows.
enum HelpText {
  private static let language = [
    ("subtract 42 23", "by position; JSON is JSON, the rest is text"),
    ("subtract minuend=42 subtrahend=23", "by name; name:=JSON is strictly JSON"),
    (#"f {"a": 1}         f [[1, 2]]"#, "one object or array is the whole params"),
    ("x = add 1 2", "keep the result for $x, $x.path[0], $_"),
    ("add 1 2 | .path    | jq .    > f", "select, pipe, write the result"),
    (#"'a b' '…' "…" @file @file.json"#, "odd names, text, JSON text, files"),
    (#"{"jsonrpc": "2.0", …}"#, "raw text, sent as it stands"),
    ("! call …", "sent unchecked, whatever the server told"),
  ]

  static func overview(width: Int) -> StyledText {
    var list = DescriptionList()
    for (line, words) in language {
      list.add([StyledText("  \(line)", .method)], StyledText(words, .dim))
    }
    var lines = list.lines(width: width)
    lines.append("")
    var commands = DescriptionList()
    for command in Command.all {
      let term =
        StyledText("  .\(command.name)", .command)
        + StyledText(" \(short(command.usage, width < 90 ? 18 : 44))", .option)
      commands.add([term], StyledText(command.summary, .dim))
    }
    lines += commands.lines(width: width)
    lines.append("")
    let keys =
      "  Tab completes · Ctrl-R searches · Alt-Enter sends unfinished text · "
      + "`.help COMMAND` tells more"
    lines += StyledText(keys, .dim).wrapped(to: width, indent: 2)
    return StyledText(lines: lines)
  }

  /// As many words of a usage as fit, with an open bracket closed.
  private static func short(_ usage: String, _ room: Int) -> String {
    if usage.count <= room { return usage }
    var kept = ""
    for word in usage.split(separator: " ") {
      if kept.count + word.count + 3 > room { break }
      kept += kept.isEmpty ? word : " " + word
    }
    if kept.isEmpty { return "…" }
    let closing = ["(": ")", "[": "]"] as [Character: Character]
    let open = closing.first { pair in
      kept.count { $0 == pair.key } > kept.count { $0 == pair.value }
    }
    return kept + " …" + (open.map { String($0.value) } ?? "")
  }

  static func page(_ command: Command, width: Int) -> StyledText {
    var title = StyledText(".\(command.name)", .command)
    title.append(" \(command.usage)", .option)
    var lines = title.wrapped(to: width, indent: 4)
    lines += StyledText("  \(command.summary)").wrapped(to: width, indent: 2)
    if !command.aliases.isEmpty {
      let names = command.aliases.map { ".\($0)" }.joined(separator: ", ")
      lines.append(StyledText("  also: " + names, .dim))
    }
    for line in command.help.split(separator: "\n") {
      let indent = line.prefix { $0 == " " }.count
      lines += StyledText("    \(line)").wrapped(to: width, indent: 6 + indent)
    }
    return StyledText(lines: lines)
  }
}
