import LosslessJSON

/// Ways to tell which element of one array is which of another.
enum ElementMatching {
  typealias Match = (old: Int, new: Int)

  /// By the value at a path inside each element; of several with one key the first with the first.
  static func byKey(_ old: [JSON], _ new: [JSON], _ path: [JSONPath.Step]) -> [Match] {
    var places: [JSON: [Int]] = [:]
    let path = JSONPath(path)
    for (place, element) in new.enumerated().reversed() {
      if let key = try? path.select(in: element) { places[key, default: []].append(place) }
    }
    var matches: [Match] = []
    for (place, element) in old.enumerated() {
      guard let key = try? path.select(in: element), let found = places[key]?.popLast() else {
        continue
      }
      matches.append((place, found))
    }
    return matches
  }

  /// Equal ones, whatever their places.
  static func bySet(_ old: [Int], _ new: [Int]) -> [Match] {
    var places: [Int: [Int]] = [:]
    for (place, digest) in new.enumerated().reversed() {
      places[digest, default: []].append(place)
    }
    var matches: [Match] = []
    for (place, digest) in old.enumerated() {
      if let found = places[digest]?.popLast() { matches.append((place, found)) }
    }
    return matches
  }

  /// By place, as far as both go.
  static func byPlace(_ old: Range<Int>, _ new: Range<Int>) -> [Match] {
    zip(old, new).map { ($0, $1) }
  }

  /// Which of the numbers are not part of the longest rising sequence.
  static func outOfOrder(_ numbers: [Int]) -> Set<Int> {
    var isRising = true
    for place in numbers.indices.dropFirst() where numbers[place] < numbers[place - 1] {
      isRising = false
      break
    }
    if isRising { return [] }
    let kept = Set(risingPlaces(numbers))
    return Set(numbers.indices.filter { !kept.contains($0) })
  }

  /// The places of the longest rising sequence.
  static func risingPlaces(_ numbers: [Int]) -> [Int] {
    // The place that ends the best sequence of each length, and what stands before each place.
    var ends: [Int] = []
    var before = [Int](repeating: -1, count: numbers.count)
    for (place, number) in numbers.enumerated() {
      var low = 0
      var high = ends.count
      while low < high {
        let middle = (low + high) / 2
        if numbers[ends[middle]] < number { low = middle + 1 } else { high = middle }
      }
      if low > 0 { before[place] = ends[low - 1] }
      if low == ends.count { ends.append(place) } else { ends[low] = place }
    }
    var places: [Int] = []
    var at = ends.last ?? -1
    while at >= 0 {
      places.append(at)
      at = before[at]
    }
    return places.reversed()
  }
}
