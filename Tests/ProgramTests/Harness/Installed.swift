#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Programs that tests use and that may be missing.
enum Installed {
  /// Where `share/dev/servers` puts what is not the system's.
  static let environment = "\(project)/.build-servers"

  /// The folder of Package.swift.
  static let project = String(
    #filePath.dropLast("/Tests/ProgramTests/Harness/Installed.swift".count))

  static let searchPath: String = {
    let own = Platform.environment["PATH"] ?? "/usr/bin:/bin"
    return "\(environment)/bin:\(own):/usr/sbin:/sbin"
  }()

  /// Whether a missing server is a failure, as it is where all are meant to be there.
  static let isRequired = Platform.environment["RPCSCOPE_SERVERS"] == "required"

  static func has(_ programs: String...) -> Bool {
    programs.allSatisfy { path(of: $0) != nil }
  }

  static func path(of program: String) -> String? {
    for folder in searchPath.split(separator: ":") where access("\(folder)/\(program)", X_OK) == 0 {
      return "\(folder)/\(program)"
    }
    return nil
  }

  /// Whether a test on these programs runs: it does, and fails, where they are required.
  static func runs(_ programs: String...) -> Bool {
    isRequired || programs.allSatisfy { path(of: $0) != nil }
  }
}
