import CByteScan
import LosslessJSON
import Testing

@Suite("Byte scan")
struct ByteScanTests {
  /// Bytes at the borders of every class that UTF-8 knows.
  private static let borders: [UInt8] = [
    0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC,
    0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
  ]

  private static func isUTF8(_ bytes: [UInt8], padding: Int = 16) -> Bool {
    let padded = bytes + [UInt8](repeating: 0x80, count: padding)
    return padded.withUnsafeBufferPointer {
      $0.baseAddress.map { bytescan_is_utf8($0, bytes.count) } ?? true
    }
  }

  private static func isUTF8Plainly(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer {
      $0.baseAddress.map { bytescan_is_utf8_plain($0, bytes.count) } ?? true
    }
  }

  @Test("UTF-8 is what the standard library takes for it, wherever it stands in a block")
  func utf8() {
    var wrong: [[UInt8]] = []
    for (place, one) in Self.borders.enumerated() {
      for two in Self.borders {
        for three in Self.borders {
          let tail = Self.borders[(place + Int(two) + Int(three)) % Self.borders.count]
          for bytes in [[one, two, three], [one, two, three, tail]] {
            let expected = String(validating: bytes, as: UTF8.self) != nil
            let start = (place + Int(three)) % 18
            let shifted = [UInt8](repeating: 0x61, count: start) + bytes
            if Self.isUTF8(shifted) != expected || Self.isUTF8Plainly(bytes) != expected {
              wrong.append(bytes)
            }
          }
        }
      }
    }
    #expect(wrong == [])
  }

  @Test("a character that is cut off at any place of a block is none", arguments: 0..<36)
  func cut(start: Int) {
    let before = [UInt8](repeating: 0x61, count: start)
    for character in ["é", "語", "😀"] {
      let bytes = Array(character.utf8)
      #expect(Self.isUTF8(before + bytes))
      for length in 1..<bytes.count {
        #expect(!Self.isUTF8(before + bytes.prefix(length)))
        #expect(!Self.isUTF8(before + bytes.prefix(length) + [0x61]))
      }
    }
  }

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
    let size = 1 << 20
    let room = try #require(bytescan_room(size))
    let words = room.assumingMemoryBound(to: UInt64.self)
    for place in 0..<(size / 8) { words[place] = UInt64(place) }
    let grown = try #require(bytescan_room_grown(room, size, size * 5))
    defer { bytescan_room_free(grown, size * 5) }
    let more = grown.assumingMemoryBound(to: UInt64.self)
    #expect((0..<(size / 8)).allSatisfy { more[$0] == UInt64($0) })
    #expect(more[size * 5 / 8 - 1] == 0)
  }
}
