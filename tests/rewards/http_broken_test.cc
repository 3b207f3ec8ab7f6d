// HTTP checkers against a server that does everything wrong: whose fault it is.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <ostream>
#include <string>

#include "tests/rewards/http_served.h"

namespace rewards::http {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;
using testing::HasSubstr;

// A server that answers so is broken, whatever the answer was.
struct BrokenRow {
  const char* name;
  std::string answer;
  const char* reason;
};
void PrintTo(const BrokenRow& row, std::ostream* os) { *os << row.name; }

class BrokenTest : public testing::TestWithParam<BrokenRow> {};

TEST_P(BrokenTest, IsNotJudgedAndSaysWhy) {
  Served served(
      [](const std::string&, const json::object&) { return GetParam().answer; },
      [](RemoteOptions& options) {
        options.deadline =
            milliseconds(GetParam().answer == "HANG" ? 200 : 60'000);
        options.max_response_bytes = 1'000;
      });
  const Verdict verdict = served.Judge("good");
  EXPECT_EQ(verdict.outcome, Outcome::kNotJudged);
  EXPECT_THAT(Reason(verdict),
              HasSubstr("the server " + std::string(GetParam().reason)));
}

INSTANTIATE_TEST_SUITE_P(
    Table, BrokenTest,
    testing::Values(
        BrokenRow{"NotFound", Http("{}", "404 Not Found"),
                  "answered with the status 404"},
        BrokenRow{"Error", Http("{}", "500 X"), "answered with the status 500"},
        BrokenRow{"TooMany", Http("{}", "429 X"),
                  "answered with the status 429"},
        BrokenRow{"Created", Http("{}", "201 X"),
                  "answered with the status 201"},
        BrokenRow{"Redirect",
                  Http("", "302 Found", "Location: http://127.0.0.1:1/\r\n"),
                  "answered with the status 302, a redirect"},
        BrokenRow{"NoJson", Http("<html>"), "gave an answer that is none"},
        BrokenRow{"Nan", Http(R"({"id": "1", "score": NaN})"),
                  "gave an answer that is none"},
        BrokenRow{"Array", Http("[]"), "gave an answer that is none: no JSON"},
        BrokenRow{"Nothing", Http(""), "gave an answer that is none"},
        BrokenRow{"WrongId", Http(R"({"id": "x", "score": 1})"),
                  "gave an answer that is none: its \"id\""},
        BrokenRow{"ScoreOfTwo", Http(R"({"id": "1", "score": 2})"),
                  "gave an answer that is none: \"score\" must be"},
        BrokenRow{"TooLarge", Http(std::string(1'001, ' ')),
                  "answered with more than max_response_bytes, 1000 bytes"},
        BrokenRow{"Flood", "HTTP/1.1 200 OK\r\n\r\n" + std::string(4'000, ' '),
                  "answered with more than max_response_bytes"},
        BrokenRow{"LongHead",
                  "HTTP/1.1 200 OK\r\nX: " + std::string(20'000, 'x'),
                  "answered no HTTP"},
        BrokenRow{"NoHttp", "LASThello\r\n\r\n", "answered no HTTP"},
        BrokenRow{"Closed", "", "closed the connection"},
        BrokenRow{"CutBody",
                  "LASTHTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{}",
                  "closed the connection"},
        BrokenRow{"CutHead", "LASTHTTP/1.1 200", "closed the connection"},
        BrokenRow{"Hang", "HANG", "gave no answer in time"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(HttpChecker, AnAnswerMayHaveAsManyBytesAsTheLimit) {
  const auto judge = [](std::size_t bytes) {
    Served served(
        [bytes](const std::string&, const json::object& body) {
          std::string text = Scored(body, 1);
          text.resize(bytes, ' ');
          return Http(text);
        },
        [](RemoteOptions& options) { options.max_response_bytes = 100; });
    return served.Judge("good").outcome;
  };
  EXPECT_EQ(judge(100), Outcome::kCorrect);
  EXPECT_EQ(judge(101), Outcome::kNotJudged);
}

// What one answer alone provokes is its 0, and the others are judged.
struct EvilRow {
  const char* name;
  std::string answer;
  Outcome want;
};
void PrintTo(const EvilRow& row, std::ostream* os) { *os << row.name; }

class EvilTest : public testing::TestWithParam<EvilRow> {};

TEST_P(EvilTest, AnAnswerNeverBuysANull) {
  Served served(
      [](const std::string&, const json::object& body) {
        return Response(body) == "evil" ? GetParam().answer : Honest(body);
      },
      [](RemoteOptions& options) {
        // Long enough for a slow machine's control questions.
        if (GetParam().want == Outcome::kTimeout) {
          options.deadline = milliseconds(2'000);
        }
      });
  for (int i = 0; i < 2; ++i) {
    const Verdict evil = served.Judge("evil");
    EXPECT_EQ(evil.outcome, GetParam().want) << Reason(evil);
    EXPECT_EQ(Score(evil), 0.0);
    EXPECT_THAT(Reason(evil), HasSubstr("on this answer each time"));
    EXPECT_EQ(served.Judge("good").outcome, Outcome::kCorrect);
    EXPECT_EQ(served.Judge("bad").outcome, Outcome::kWrong);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Table, EvilTest,
    testing::Values(EvilRow{"BadRequest", Http("{}", "400 X"), Outcome::kWrong},
                    EvilRow{"TooLarge", Http("{}", "413 X"), Outcome::kWrong},
                    EvilRow{"Error", Http("{}", "500 X"), Outcome::kWrong},
                    EvilRow{"Redirect", Http("", "302 X"), Outcome::kWrong},
                    EvilRow{"NoJson", Http("<html>"), Outcome::kWrong},
                    EvilRow{"Flood", Http(std::string(2 << 20, ' ')),
                            Outcome::kWrong},
                    EvilRow{"Closed", "", Outcome::kWrong},
                    EvilRow{"Hang", "HANG", Outcome::kTimeout}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace rewards::http
