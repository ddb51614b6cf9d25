import CCurl

/// A libcurl easy handle, with its options set by class of argument.
///
/// Belongs to the loop's thread, which frees it.
struct EasyHandle {
  let pointer: UnsafeMutableRawPointer

  /// A fresh handle; nil if memory ran out.
  init?() {
    guard let pointer = ccurl_easy_init() else { return nil }
    self.pointer = pointer
  }

  func free() { ccurl_easy_cleanup(pointer) }

  func set(_ option: CURLoption, _ value: Int) throws(WireError) {
    try check(option, ccurl_set_long(pointer, option, value))
  }

  func set(_ option: CURLoption, _ value: Bool) throws(WireError) {
    try set(option, value ? 1 : 0)
  }

  func set(_ option: CURLoption, _ value: String?) throws(WireError) {
    guard let value else { return }
    try check(option, ccurl_set_string(pointer, option, value))
  }

  func set(_ option: CURLoption, _ value: UnsafeRawPointer?) throws(WireError) {
    try check(option, ccurl_set_pointer(pointer, option, value))
  }

  func set(_ option: CURLoption, _ value: @escaping curl_write_callback) throws(WireError) {
    try check(option, ccurl_set_write(pointer, option, value))
  }

  /// Sets an option that an older library may lack and whose absence does no harm.
  func prefer(_ option: CURLoption, _ value: Int) {
    _ = ccurl_set_long(pointer, option, value)
  }

  func long(_ info: CURLINFO) -> Int {
    var value = 0
    _ = ccurl_get_long(pointer, info, &value)
    return value
  }

  /// A time since the transfer's start; nil if that step was not reached.
  func time(_ info: CURLINFO) -> Duration? {
    var value: curl_off_t = 0
    guard ccurl_get_offset(pointer, info, &value) == CURLE_OK, value > 0 else { return nil }
    return .microseconds(value)
  }

  private func check(_ option: CURLoption, _ code: CURLcode) throws(WireError) {
    guard code != CURLE_OK else { return }
    let words = String(cString: ccurl_easy_strerror(code))
    throw .unsupported("libcurl \(CurlLibrary.version) refused option \(option.rawValue): \(words)")
  }
}
