/// The protocol's names of languages (`languageId`), guessed from names of files.
public enum LanguageID {
  /// The language of a file, `plaintext` if its name does not tell.
  public static func guess(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    if let language = names[name.lowercased()] { return language }
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else {
      return name.lowercased().hasPrefix("dockerfile") ? "dockerfile" : "plaintext"
    }
    let ending = name[name.index(after: dot)...]
    // C and C++ tell them apart by their case.
    if ending == "C" || ending == "H" { return "cpp" }
    return endings[ending.lowercased()] ?? "plaintext"
  }

  private static let names: [String: String] = [
    "makefile": "makefile", "gnumakefile": "makefile", "dockerfile": "dockerfile",
    "containerfile": "dockerfile", "cmakelists.txt": "cmake", "gemfile": "ruby",
    "rakefile": "ruby", "build.bazel": "starlark", "workspace": "starlark",
    "meson.build": "meson", ".bashrc": "shellscript", ".profile": "shellscript",
    ".zshrc": "shellscript", "go.mod": "go.mod", "go.sum": "go.sum", "cargo.lock": "toml",
    "jenkinsfile": "groovy", "justfile": "just", ".gitignore": "ignore",
  ]

  private static let endings: [String: String] = {
    var languages: [String: String] = [:]
    for line in table.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      for ending in words.dropFirst() { languages[ending] = words[0] }
    }
    return languages
  }()

  private static let table = """
    abap abap
    ada ada adb ads
    bat bat cmd
    bibtex bib
    c c h
    clojure clj cljs cljc edn
    cmake cmake
    coffeescript coffee
    cpp cc cpp cxx c++ hh hpp hxx h++ ipp inl
    csharp cs csx
    css css
    cuda-cpp cu cuh
    d d di
    dart dart
    diff diff patch
    elixir ex exs
    elm elm
    erlang erl hrl
    fortran f f90 f95 f03 f08 for
    fsharp fs fsi fsx
    gleam gleam
    go go
    graphql graphql gql
    groovy groovy gradle
    haskell hs lhs
    haxe hx
    html html htm xhtml
    ini ini cfg conf
    java java
    javascript js mjs cjs
    javascriptreact jsx
    json json
    jsonc jsonc
    julia jl
    kotlin kt kts
    latex tex sty cls
    less less
    lua lua
    makefile mk mak
    markdown md markdown
    nix nix
    objective-c m
    objective-cpp mm
    ocaml ml mli
    pascal pas pp
    perl pl pm t
    php php
    powershell ps1 psm1 psd1
    proto proto
    purescript purs
    python py pyi pyw
    r r
    racket rkt
    ruby rb gemspec rake
    rust rs
    scala scala sc sbt
    scss scss
    sass sass
    shellscript sh bash zsh ksh
    solidity sol
    sql sql
    starlark bzl star
    svelte svelte
    swift swift swiftinterface
    systemverilog sv svh
    tcl tcl
    terraform tf tfvars
    toml toml
    typescript ts mts cts
    typescriptreact tsx
    typst typ
    verilog v vh
    vhdl vhd vhdl
    vue vue
    xml xml xsd xsl xslt svg plist
    yaml yaml yml
    zig zig zon
    """
}
