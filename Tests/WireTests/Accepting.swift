#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Takes a connection, and marks it so that no child of another test holds it open.
func acceptConnection(_ listener: Int32) -> Int32 {
  // The module Glibc has no accept4, which would do both in one.
  let descriptor = accept(listener, nil, nil)
  if descriptor >= 0 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
  return descriptor
}
