extension Fault {
  static let timely: [Fault] = [
    Fault(
      "delay", "the reply comes late", .time, takes: .duration(.seconds(1)),
      .delivery {
        $0.pause = $1.duration
      }),
    Fault(
      "slow", "the reply comes byte by byte", .time, takes: .duration(.milliseconds(20)),
      .delivery {
        $0.drip = $1.duration
      }),
    Fault("drop", "no reply at all", .time, .delivery { delivery, _ in delivery.isSilent = true }),
    Fault(
      "close", "the connection ends instead of the reply", .time,
      .delivery { delivery, _ in
        delivery.texts = []
        delivery.closes = true
      }),
    Fault(
      "cut", "the connection ends in the middle of the reply", .time,
      .delivery { delivery, _ in
        delivery.isCut = true
        delivery.closes = true
      }),
    Fault(
      "stall", "the reply stops in its middle, and nothing follows", .time,
      .delivery {
        delivery, _ in delivery.isCut = true
      }),
    Fault(
      "twice", "the same reply two times", .time,
      .delivery { delivery, _ in
        delivery.texts += delivery.texts
      }),
    Fault("answer", "notifications are answered, too", .time, .delivery { _, _ in }),
  ]

  /// The fault that concerns what has no reply.
  static let answersNotifications: Fault = "answer"
}
