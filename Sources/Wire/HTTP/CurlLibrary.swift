import CCurl

/// libcurl, opened on first use.
enum CurlLibrary {
  /// Opens and starts libcurl, once for the process; a name other than the usual is tried only.
  static func load(_ name: String? = nil) throws(WireError) {
    if let name {
      try check(ccurl_try(name), name)
    }
    try check(ccurl_load(), String(cString: ccurl_library_name()))
  }

  /// Opens libcurl, the longest part of loading it, here and now.
  static func open() { ccurl_open() }

  /// Begins to load libcurl on a thread of its own.
  static func loadSoon() { ccurl_load_soon() }

  /// The loaded library's version.
  static var version: String { String(cString: ccurl_version()) }

  private static func check(_ result: Int32, _ name: String) throws(WireError) {
    switch UInt32(result) {
    case CCURL_LOADED.rawValue: return
    case CCURL_NO_LIBRARY.rawValue: throw .missingLibrary(name: name, package: "libcurl4")
    case CCURL_NO_SYMBOL.rawValue:
      throw .unsupported("\(name) is too old: version 7.68 or later is needed")
    default: throw .unsupported("\(name) could not be started")
    }
  }
}
