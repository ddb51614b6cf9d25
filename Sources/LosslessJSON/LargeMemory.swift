import CByteScan

/// Memory for texts of megabytes.
public enum LargeMemory {
  /// Smaller memory comes in small pages anyway.
  private static let least = 1 << 20

  /// Says that all of this memory will soon be written, such as the room that was reserved for a
  /// text whose length is known.
  ///
  /// The system may then give it in large pages. Filling memory anew takes a fault for every small
  /// one, which takes longer than reading the JSON in it.
  public static func willFill(_ memory: UnsafeMutableRawBufferPointer) {
    guard memory.count >= least else { return }
    bytescan_will_fill(memory.baseAddress, memory.count)
  }

  /// The same text with room for so many bytes more behind it.
  static func copy(_ text: [UInt8], room: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: text.count + room) { buffer, count in
      willFill(UnsafeMutableRawBufferPointer(buffer))
      count = buffer.initialize(fromContentsOf: text)
    }
  }
}
