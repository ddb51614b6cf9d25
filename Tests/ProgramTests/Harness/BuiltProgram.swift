#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program under test, as the same build made it.
enum BuiltProgram {
  static let path: String = {
    if let given = Platform.environment["RPCSCOPE_PROGRAM"] { return given }
    return "\(folder)/rpcscope"
  }()

  /// The folder of the test bundle.
  private static var folder: String {
    for argument in CommandLine.arguments {
      if let bundle = argument.range(of: "/rpcscopePackageTests.xctest") {
        return String(argument[..<bundle.lowerBound])
      }
    }
    return "\(Installed.project)/.build/debug"
  }
}

extension String {
  /// The first place where a text stands.
  func range(of text: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) {
        return start..<index(start, offsetBy: text.count)
      }
      start = index(after: start)
    }
    return nil
  }
}
