import CByteScan
import Testing

@Suite("Byte scan")
struct ByteScanTests {
  @Test("each byte that ends a run is found at its place", arguments: 0..<16)
  func masks(place: Int) {
    for byte in UInt8.min...UInt8.max {
      var block = [UInt8](repeating: 0x61, count: 16)
      block[place] = byte
      let isMark = byte < 0x20 || byte == 0x22 || byte == 0x5C
      let bit = UInt32(1) << UInt32(place)
      block.withUnsafeBufferPointer { block in
        guard let base = block.baseAddress else { return }
        #expect(bytescan_marks(base) == (isMark ? bit : 0))
        #expect(bytescan_stops(base) == (isMark || byte >= 0x7F ? bit : 0))
        #expect(bytescan_quotes(base) == (byte == 0x22 ? bit : 0))
        #expect(bytescan_unprintable(base) == (byte < 0x20 || byte >= 0x7F ? bit : 0))
      }
    }
  }

  @Test("memory from the system keeps what is in it when it grows")
  func room() throws {
    var size = 1 << 20
    let room = try #require(bytescan_room(&size))
    let words = room.assumingMemoryBound(to: UInt64.self)
    for place in 0..<(size / 8) { words[place] = UInt64(place) }
    let grown = try #require(bytescan_room_grown(room, size, size * 5))
    defer { bytescan_room_free(grown, size * 5) }
    let more = grown.assumingMemoryBound(to: UInt64.self)
    #expect((0..<(size / 8)).allSatisfy { more[$0] == UInt64($0) })
    more[size * 5 / 8 - 1] = 1
  }
}
