/// Where the pass could not go on.
struct ReadingStop {
  enum Reason {
    case none, tooManyNodes, tooLarge, tooDeep
    case string, number, value, firstValue, key, firstKey, commaOrBrace, commaOrBracket, trailing
  }

  var reason = Reason.none
  var at = 0
  /// Where the container around it begins; nil outside of any.
  var opening: Int?
}
