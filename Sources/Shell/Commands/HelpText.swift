import Terminal
import View

/// What `.help` shows.
enum HelpText {
  private static let language = """
    subtract 42 23                      call by position; JSON is JSON, the rest is text
    subtract minuend=42 subtrahend=23   call by name (name:=JSON for strict JSON)
    f {"a": 1}                          one object or array alone is the whole params
    x = add 1 2                         keep the result; $x, $x.path[0] and $_ use it
    add 1 2 | .path    | jq .    > f    select, pipe, write the result
    'a b' '…' "…" @file @file.json      odd names, text, JSON text, files
    {"jsonrpc": "2.0", …}               raw text, sent as it stands
    ! call …                            without a check against what the server told
    """

  static func overview(width: Int) -> StyledText {
    var lines: [StyledText] = language.split(separator: "\n").map { line in
      let text = String(line)
      let cut = text.index(text.startIndex, offsetBy: 36, limitedBy: text.endIndex) ?? text.endIndex
      return StyledText("  \(text[..<cut])", .method) + StyledText(String(text[cut...]), .dim)
    }
    lines.append("")
    var table = Table([.init(""), .init("", isFlexible: true)])
    for command in Command.all {
      table.add([
        StyledText("  .\(command.name)", .command)
          + StyledText(" \(short(command.usage))", .option),
        StyledText(command.summary, .dim),
      ])
    }
    lines += table.lines(width: width)
    lines.append("")
    lines.append(
      StyledText(
        "  Tab completes · Ctrl-R searches · Alt-Enter sends unfinished text · `.help COMMAND` tells more",
        .dim))
    return StyledText(lines: lines)
  }

  private static func short(_ usage: String) -> String {
    usage.count > 26 ? usage.prefix { $0 != " " } + " …" : usage
  }

  static func page(_ command: Command) -> StyledText {
    var text = StyledText(".\(command.name)", .command)
    text.append(" \(command.usage)\n", .option)
    text.append("  \(command.summary)")
    if !command.aliases.isEmpty {
      text.append("\n  also: " + command.aliases.map { ".\($0)" }.joined(separator: ", "), .dim)
    }
    for line in command.help.split(separator: "\n") { text.append("\n    \(line)") }
    return text
  }
}
