import Catalog
import JSONRPC
import LosslessJSON

/// One method of a mock.
struct MockMethod: Sendable {
  let method: Catalog.Method

  var rpcMethod: RPCMethod {
    var made = RPCMethod(
      raw: method.name, summary: method.summary, doc: method.doc,
      params: (method.params ?? []).map(Self.info), structure: structure,
      result: RPCMethod.ResultInfo(
        name: method.result?.name ?? "result", doc: method.result?.doc ?? "",
        schema: method.result?.schema.json ?? [:]),
      errors: method.errors.compactMap { error in
        Int(error.code).map { RPCMethod.ErrorInfo(code: $0, message: error.message) }
      },
      examples: method.examples.map { example in
        RPCMethod.Example(
          example.name, params: .array(example.params.map(\.value)),
          result: example.result ?? .null)
      }
    ) { _, params in try answer(params) }
    made.isDeprecated = method.isDeprecated
    return made
  }

  private var structure: RPCMethod.ParamStructure {
    switch method.structure {
    case .byPosition: .byPosition
    case .byName: .byName
    case .either: .either
    }
  }

  private static func info(_ param: MethodParam) -> ParamInfo {
    let presence: ParamInfo.Presence =
      param.isVariadic
      ? .rest : param.isRequired ? .required : .optional(default: param.schema.json["default"])
    return ParamInfo(param.name, doc: param.doc, schema: param.schema.json, presence: presence)
  }

  // MARK: - Calls

  private func answer(_ params: JSON?) throws -> JSON {
    let given = try bind(params)
    for (param, name, value) in given {
      guard let violation = SchemaCheck.violation(of: value, param.schema) else { continue }
      throw RPCError.invalidParams(name + violation.path, violation.reason)
    }
    if let example = example(given) { return example }
    guard let result = method.result else { return .null }
    return SchemaSample.value(result.schema)
  }

  /// The values with their params and the names by which errors call them.
  private func bind(_ params: JSON?) throws -> [(MethodParam, String, JSON)] {
    let known = method.params ?? []
    var given: [(MethodParam, String, JSON)] = []
    if let params, params.kind == .object {
      for member in params.members {
        guard let param = known.first(where: { $0.name == member.name }) else {
          throw RPCError.invalidParams(member.name, "is unknown; \(names)")
        }
        given.append((param, param.name, member.value))
      }
    } else if let params {
      for (place, value) in params.elements.enumerated() {
        guard let param = method.param(at: place) else {
          throw RPCError(
            code: ErrorCode.invalidParams.rawValue,
            message: "Invalid params: \(params.count) params are given where at most "
              + "\(known.count) fit; \(names)")
        }
        let first = known.count - 1
        given.append(
          (param, param.isVariadic ? "\(param.name)[\(place - first)]" : param.name, value))
      }
    }
    for param in known where param.isRequired && !given.contains(where: { $0.0.name == param.name })
    {
      throw RPCError.invalidParams(
        param.name, "is missing; it must be \(SchemaCheck.words(param.schema))")
    }
    return given
  }

  private var names: String {
    let names = (method.params ?? []).map { JSON($0.name).text }
    if names.isEmpty { return "this method takes no params" }
    return (names.count == 1 ? "the parameter is " : "the parameters are ")
      + names.joined(separator: ", ")
  }

  /// The result of the example with the same params, or of the first.
  private func example(_ given: [(MethodParam, String, JSON)]) -> JSON? {
    let values = given.map { ($0.0.name, $0.2) }
    let same = method.examples.first { example in
      example.result != nil && example.params.count == values.count
        && example.params.enumerated().allSatisfy { place, param in
          let named = values.first { $0.0 == param.name }?.1
          return (named ?? values[place].1).isEquivalent(to: param.value)
        }
    }
    return (same ?? method.examples.first { $0.result != nil })?.result
  }
}
