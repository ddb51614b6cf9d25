import LosslessJSON

/// Lays the params of a call out along the declared parameters, by position or by name.
struct ArgumentBinder {
  let declared: [ParamInfo]

  /// One argument for each parameter, in their order.
  func bind(_ params: JSON?) throws(Fault) -> [Argument] {
    guard let params else { return try byPosition([]) }
    switch params.kind {
    case .array: return try byPosition(Array(params.elements))
    // An empty object is no params at all, even where they go by position.
    case .object: return try params.isEmpty ? byPosition([]) : byName(params)
    default: throw Fault(.invalidParams, "params must be an array or an object")
    }
  }

  private var hasRest: Bool { declared.last?.presence == .rest }

  private func byPosition(_ values: [JSON]) throws(Fault) -> [Argument] {
    if !hasRest, values.count > declared.count { throw tooMany(values.count) }
    var arguments: [Argument] = []
    for (place, info) in declared.enumerated() {
      if info.presence == .rest {
        arguments.append(.rest(Array(values.dropFirst(place))))
      } else if place < values.count {
        arguments.append(.value(values[place]))
      } else {
        arguments.append(try absent(info))
      }
    }
    return arguments
  }

  private func byName(_ params: JSON) throws(Fault) -> [Argument] {
    if hasRest { throw Fault(.invalidParams, "this method takes params by position only") }
    var given: [String: JSON] = [:]
    for member in params.members {
      let name = member.name
      guard declared.contains(where: { $0.name == name }) else { throw unknown(name) }
      guard given.updateValue(member.value, forKey: name) == nil else {
        throw .params(name, "is given twice")
      }
    }
    var arguments: [Argument] = []
    for info in declared {
      if let value = given[info.name] {
        arguments.append(.value(value))
      } else {
        arguments.append(try absent(info))
      }
    }
    return arguments
  }

  private func absent(_ info: ParamInfo) throws(Fault) -> Argument {
    guard info.presence == .required else { return .absent }
    let expected = info.schema.schemaInWords
    let reason = "is missing" + (expected.map { "; it must be \($0)" } ?? "")
    throw .params(info.name, reason, expected: expected, found: "nothing")
  }

  private func unknown(_ name: String) -> Fault {
    .params(name, "is unknown; \(names)")
  }

  private func tooMany(_ count: Int) -> Fault {
    if declared.isEmpty { return Fault(.invalidParams, names) }
    let most = declared.count == 1 ? "only 1 fits" : "at most \(declared.count) fit"
    return Fault(.invalidParams, "\(count) params are given where \(most); \(names)")
  }

  private var names: String {
    if declared.isEmpty { return "this method takes no params" }
    let verb = declared.count == 1 ? "parameter is " : "parameters are "
    return "the " + verb + declared.map { JSON($0.name).text }.joined(separator: ", ")
  }
}
