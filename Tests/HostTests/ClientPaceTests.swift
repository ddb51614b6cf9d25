import NIOCore
import Testing

@testable import Host

@Suite struct ClientPaceTests {
  private let start = NIODeadline.uptimeNanoseconds(1_000_000)

  @Test func waitsForNobodyWhoSentNothingYet() {
    var pace = ClientPace()
    #expect(!pace.isPrompt)
    pace.requestCame(at: start)
    #expect(!pace.isPrompt)
  }

  @Test(arguments: [(1, true), (199, true), (200, false), (5_000, false)])
  func goesByTheTimeSinceTheLastAnswer(microseconds: Int64, isPrompt: Bool) {
    var pace = ClientPace()
    pace.requestCame(at: start)
    pace.answerWent(at: start)
    pace.requestCame(at: start + .microseconds(microseconds))
    #expect(pace.isPrompt == isPrompt)
  }

  @Test func forgetsThatAClientWasPromptOnceItIsNot() {
    var pace = ClientPace()
    pace.answerWent(at: start)
    pace.requestCame(at: start + .microseconds(10))
    pace.answerWent(at: start + .microseconds(20))
    pace.requestCame(at: start + .seconds(1))
    #expect(!pace.isPrompt)
  }
}
