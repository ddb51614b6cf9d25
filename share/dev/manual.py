"""Writes the manual page from what the program says of itself:
rpcscope --experimental-dump-help | python3 manual.py > rpcscope.1"""
import json
import sys


def roff(text):
    """A text that means nothing to troff."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    lines = [line if line[:1] not in (".", "'") else "\\&" + line for line in text.split("\n")]
    return "\n".join(lines)


def option(argument):
    names = []
    for name in argument.get("names", []):
        dashes = "--" if name["kind"] == "long" else "-"
        names.append("\\fB%s\\fR" % roff(dashes + name["name"]))
    names.sort(key=len)
    value = ""
    if argument["kind"] == "option":
        value = " \\fI%s\\fR" % roff(argument.get("valueName", "value"))
    elif argument["kind"] == "positional":
        return "\\fI%s\\fR" % roff(argument.get("valueName", "argument").upper())
    return ", ".join(names) + value


def discussion(text):
    """Paragraphs as they stand: examples and lists keep their lines."""
    out = []
    for part in text.strip().split("\n\n"):
        lines = part.split("\n")
        if any("   " in line or line.startswith("  ") for line in lines):
            out += [".PP", ".nf", ".RS", *[roff(line.strip()) for line in lines], ".RE", ".fi"]
        else:
            out += [".PP", roff(" ".join(lines))]
    return out


def command(one, known):
    out = []
    if one.get("discussion"):
        out += discussion(one["discussion"])
    for argument in one.get("arguments", []):
        title = option(argument)
        if not argument.get("shouldDisplay", True) or title in known:
            continue
        known.add(title)
        text = argument.get("abstract", "")
        values = argument.get("allValues")
        if values and not all(value in text for value in values):
            text += " One of: %s." % ", ".join(values)
        out += [".TP", title, roff(text)]
    return out


def main():
    root = json.load(sys.stdin)["command"]
    name = root["commandName"]
    out = [
        '.TH "%s" "1" "" "%s" "User Commands"' % (name.upper(), name),
        ".SH NAME",
        "%s \\- %s" % (name, roff(root["abstract"].rstrip("."))),
        ".SH SYNOPSIS",
    ]
    commands = [one for one in root.get("subcommands", []) if one.get("shouldDisplay", True)]
    commands = [one for one in commands if one["commandName"] != "help"]
    out += [".B %s" % name, "[\\fIOPTIONS\\fR] [\\fITARGET\\fR | \\-\\- \\fICOMMAND\\fR]"]
    for one in commands:
        out += [".br", ".B %s %s" % (name, roff(one["commandName"])), "…"]
    out += [".SH DESCRIPTION", *discussion(root.get("discussion", ""))]
    out += [".SH COMMANDS"]
    known = {"\\fB\\-h\\fR, \\fB\\-\\-help\\fR", "\\fB\\-\\-version\\fR"}
    for one in commands:
        out += [".SS %s" % roff(one["commandName"]), roff(one["abstract"])]
        out += command(one, known if one["commandName"] in ("call", "demo") else set(known))
        if one["commandName"] == "shell":
            known |= {option(argument) for argument in one.get("arguments", [])}
    out += [
        ".SH FILES",
        ".TP",
        "\\fI$XDG_STATE_HOME/rpcscope/sessions\\fR (\\fI~/.local/state\\fR)",
        "Sessions that were kept, a file each.",
        ".TP",
        "\\fI$XDG_STATE_HOME/rpcscope/history\\fR",
        "What was typed, a file a target.",
        ".SH ENVIRONMENT",
        ".TP",
        "\\fBRPCSCOPE_RECORD\\fR",
        "on, off or a file: whether and where sessions are kept.",
        ".TP",
        "\\fBRPCSCOPE_KEEP\\fR",
        "How many sessions are kept (100).",
        ".TP",
        "\\fBRPCSCOPE_MASK\\fR",
        "Rules, with blanks between them, of what else is masked in what is kept.",
        ".TP",
        "\\fBNO_COLOR\\fR",
        "No colours.",
        ".TP",
        "\\fBhttp_proxy\\fR, \\fBhttps_proxy\\fR, \\fBno_proxy\\fR",
        "As curl has them.",
    ]
    print("\n".join(out))


main()
