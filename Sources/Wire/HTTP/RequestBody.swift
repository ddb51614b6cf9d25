/// A request's bytes at an address that stays, as libcurl reads them while it sends.
///
/// Belongs to one transfer, which frees it.
struct RequestBody {
  private var store: UnsafeMutableRawBufferPointer?

  /// Copies the bytes in.
  mutating func fill(_ bytes: [UInt8]) -> UnsafeRawPointer? {
    if bytes.count > (store?.count ?? -1) {
      store?.deallocate()
      store = .allocate(byteCount: max(4096, bytes.count), alignment: 16)
    }
    bytes.withUnsafeBytes { bytes in
      if let source = bytes.baseAddress {
        store?.baseAddress?.copyMemory(from: source, byteCount: bytes.count)
      }
    }
    return UnsafeRawPointer(store?.baseAddress)
  }

  /// Gives a large store back.
  mutating func trim() {
    if let store, store.count > 1 << 20 { free() }
  }

  /// Gives the store back.
  mutating func free() {
    store?.deallocate()
    store = nil
  }

  /// Whether a text can stand as a request's method: letters, digits and `-_.`.
  static func isVerb(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
      }
  }
}
