import Testing
import View

@Suite("Figures for people")
struct UnitsTests {
  @Test(
    "a duration has three digits at the most",
    arguments: [
      (0, "0 µs"), (1, "1 µs"), (999, "999 µs"), (1000, "1.00 ms"), (1005, "1.01 ms"),
      (9994, "9.99 ms"), (9995, "10.0 ms"), (12_449, "12.4 ms"), (99_949, "99.9 ms"),
      (99_950, "100 ms"), (999_499, "999 ms"), (999_500, "1.00 s"), (1_250_000, "1.25 s"),
      (9_995_000, "10.0 s"), (59_960_000, "60.0 s"), (119_940_000, "119.9 s"),
      (125_000_000, "2 min 5 s"), (3_725_000_000, "62 min 5 s"), (-1500, "-1.50 ms"),
    ])
  func durations(_ microseconds: Int, _ text: String) {
    #expect(Units.text(.microseconds(microseconds)) == text)
  }

  @Test("nanoseconds are rounded to microseconds")
  func nanoseconds() {
    #expect(Units.text(.nanoseconds(1499)) == "1 µs")
    #expect(Units.text(.nanoseconds(999_400)) == "999 µs")
    #expect(Units.text(.nanoseconds(999_600)) == "1.00 ms")
  }

  @Test(
    "a size has three digits at the most, in powers of ten",
    arguments: [
      (0, "0 B"), (999, "999 B"), (1000, "1.00 kB"), (1500, "1.50 kB"), (9994, "9.99 kB"),
      (9995, "10.0 kB"), (12_345, "12.3 kB"), (99_949, "99.9 kB"), (99_950, "100 kB"),
      (999_499, "999 kB"), (999_500, "1.00 MB"), (200_000_000, "200 MB"),
      (1_073_741_824, "1.07 GB"), (5_000_000_000_000_000, "5000 TB"),
    ])
  func sizes(_ bytes: Int, _ text: String) { #expect(Units.text(bytes: bytes) == text) }

  @Test(
    "a count has commas",
    arguments: [
      (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000"),
      (-999, "-999"), (100_000, "100,000"),
    ])
  func counts(_ count: Int, _ text: String) { #expect(Units.text(count: count) == text) }
}
