public import LosslessJSON

extension KnownMethods {
  /// The Build Server Protocol 2.2: what a client may send. The word in brackets is the server's
  /// capability that a method needs; without one every server knows it.
  static let bspText = """
    workspace/buildTargets -> o | The targets of the build
    workspace/reload -> * | [canReload] Read the build's own files anew
    buildTarget/sources targets:a -> o | The source files of targets
    buildTarget/inverseSources textDocument:o -> o | [inverseSourcesProvider] The targets that a file belongs to
    buildTarget/dependencySources targets:a -> o | [dependencySourcesProvider] The sources of what targets depend on
    buildTarget/dependencyModules targets:a -> o | [dependencyModulesProvider] The modules that targets depend on
    buildTarget/resources targets:a -> o | [resourcesProvider] The resources of targets
    buildTarget/outputPaths targets:a -> o | [outputPathsProvider] Where targets put what they make
    buildTarget/compile targets:a originId?:s arguments?:a -> o | [compileProvider] Compile targets
    buildTarget/test targets:a originId?:s arguments?:a environmentVariables?:o workingDirectory?:s dataKind?:s data?:* -> o | [testProvider] Test targets
    buildTarget/run target:o originId?:s arguments?:a environmentVariables?:o workingDirectory?:s dataKind?:s data?:* -> o | [runProvider] Run a target
    debugSession/start targets:a dataKind?:s data?:* -> o | [debugProvider] Begin to debug targets
    buildTarget/cleanCache targets:a -> o | Forget what was compiled
    buildTarget/jvmTestEnvironment targets:a originId?:s -> o | [jvmTestEnvironmentProvider] What tests run in
    buildTarget/jvmRunEnvironment targets:a originId?:s -> o | [jvmRunEnvironmentProvider] What programs run in
    buildTarget/jvmCompileClasspath targets:a -> o | [jvmCompileClasspathProvider] What targets are compiled with
    buildTarget/javacOptions targets:a -> o | [:java] The options of the Java compiler
    buildTarget/scalacOptions targets:a -> o | [:scala] The options of the Scala compiler
    buildTarget/cppOptions targets:a -> o | [:cpp] The options of the C++ compiler
    buildTarget/pythonOptions targets:a -> o | [:python] The options of Python
    buildTarget/rustOptions targets:a -> o | [:rust] The options of the Rust compiler
    rust/workspace targets:a -> o | [:rust] The crates of targets
    cargo/cargoFeaturesState -> o | [cargoFeaturesProvider] The features of the crates
    cargo/setCargoFeatures packageId:s features:a -> o | [cargoFeaturesProvider] Choose features of a crate
    build/shutdown -> * | Prepare to end
    run/readStdin originId:s task?:o data:s | Write to the standard input of what runs
    $/cancelRequest id:* | Give up a request
    build/exit | End the server
    """

  /// What a list of targets looks like.
  private static let target: JSON = [
    "type": "object", "properties": ["uri": ["type": "string"]], "required": ["uri"],
  ]
  private static let targets: JSON = ["type": "array", "items": target]

  /// The methods of a build server with those capabilities.
  public static func bsp(capabilities: JSON) -> [Method] {
    let languages = capabilities.members.flatMap {
      $0.value["languageIds"]?.elements.compactMap(\.string) ?? []
    }
    return table("@name\n" + bspText, "BSP").methods.compactMap { known in
      var method = known
      method.isNotification = method.result == nil
      for place in method.params?.indices ?? 0..<0 {
        switch method.params?[place].name {
        case "targets": method.params?[place].schema = Schema(targets, root: [:])
        case "target", "textDocument": method.params?[place].schema = Schema(target, root: [:])
        default: break
        }
      }
      guard method.summary.hasPrefix("["), let end = method.summary.firstIndex(of: "]") else {
        return method
      }
      let word = String(method.summary[..<end].dropFirst())
      method.summary = String(method.summary[method.summary.index(after: end)...]).trimmingBlanks
      // A colon stands before a language: its methods have no capability of their own.
      if word.hasPrefix(":") { return languages.contains(String(word.dropFirst())) ? method : nil }
      guard let value = capabilities[word], !value.isNull, value.bool != false else { return nil }
      return method
    }
  }
}
