/// A way into a value: `.path[0].field`, as the shell's `|` and `$name.path` take it.
///
/// Grammar: steps `.name` (letters, digits, `_`, `-`, `$`, `/` and anything above ASCII), `."any name"`,
/// `["any name"]`, `[0]` and `[-1]` (from the end); a lone `.` is the value itself.
public struct JSONPath: Sendable, Equatable {
  /// One step down.
  public enum Step: Sendable, Equatable {
    /// Into a member.
    case member(String)
    /// Into an element; negative counts from the end.
    case element(Int)
  }

  /// Why a text is no path.
  public struct SyntaxError: Error, Sendable, Equatable {
    /// The byte offset in the path's text.
    public var offset: Int
    /// What is wrong, in words.
    public var message: String

    /// A fault at that place.
    public init(offset: Int, message: String) {
      self.offset = offset
      self.message = message
    }
  }

  /// Why a path leads nowhere in a value.
  public struct Missing: Error, Sendable, Equatable {
    /// The part of the path that could still be followed.
    public var reached: JSONPath
    /// The step that could not.
    public var step: Step
    /// What stood there: the kind of value, and how many or which members it has.
    public var kind: JSON.Kind
    /// The number of elements or members there.
    public var count: Int
    /// The names there, at most twenty, if it is an object.
    public var names: [String]
  }

  /// The steps from the value down.
  public var steps: [Step]

  /// A path of those steps.
  public init(_ steps: [Step]) { self.steps = steps }

  /// Follows the path.
  public func select(in value: JSON) throws(Missing) -> JSON {
    var current = value
    for (depth, step) in steps.enumerated() {
      guard let next = current.step(step) else {
        throw Missing(
          reached: JSONPath(Array(steps[..<depth])), step: step, kind: current.kind,
          count: current.count, names: Array(current.members.prefix(20).map(\.name)))
      }
      current = next
    }
    return current
  }
}

extension JSON {
  fileprivate func step(_ step: JSONPath.Step) -> JSON? {
    switch step {
    case .member(let name): self[name]
    case .element(let place): self[place < 0 ? count + place : place]
    }
  }
}

extension JSONPath: CustomStringConvertible {
  /// The path as it would be typed.
  public var description: String {
    if steps.isEmpty { return "." }
    return steps.map { step in
      switch step {
      case .element(let place): "[\(place)]"
      case .member(let name): Self.isPlain(name) ? ".\(name)" : "[\(JSON(name).text)]"
      }
    }.joined()
  }

  private static func isPlain(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.allSatisfy(isNameByte)
  }

  static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D, 0x24, 0x2F, 0x80...0xFF: true
    default: false
    }
  }
}
