// Tests verifier/client/read_answers.h: no lie becomes a number.

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "tests/verifier/client_fake_server.h"
#include "verifier/client/read_answers.h"
#include "verifier/protocol/json_text.h"

namespace verifier::client {
namespace {

namespace json = boost::json;

constexpr const char* kJson = "application/json";
constexpr const char* kNdjson = "application/x-ndjson";

// Two items; the first has two checks, of weight 1 and 0.5.
std::vector<protocol::Item> TwoItems() {
  std::vector<protocol::Item> items = testing::MathItems(2);
  protocol::CheckSpec second;
  second.checker = "format";
  second.weight = 0.5;
  items[0].checks.push_back(second);
  return items;
}

// The honest answer to TwoItems, for a case to spoil.
json::array HonestResults() {
  json::array results;
  for (const protocol::Item& item : TwoItems()) {
    results.push_back(protocol::ToJson(testing::Honest(item)));
  }
  return results;
}

std::string Envelope(const json::array& results) {
  json::object body;
  body["results"] = results;
  return protocol::JsonText(body);
}

json::object& First(json::array& results) { return results[0].as_object(); }

json::object& FirstCheck(json::array& results) {
  return First(results)["checks"].as_array()[0].as_object();
}

TEST(ReadAnswers, BelievesAnHonestAnswer) {
  const auto answers =
      ReadAnswers(TwoItems(), {0, 1}, {kJson, Envelope(HonestResults()), true});
  ASSERT_EQ(answers.size(), 2u);
  ASSERT_TRUE(answers[0].result && answers[1].result);
  EXPECT_EQ(answers[0].result->reward, 1.5);
  EXPECT_EQ(answers[1].result->reward, 1.0);
}

// What a profile asks for is the server's to say, but not what it comes to.
TEST(ReadAnswers, BelievesTheChecksOfAProfile) {
  std::vector<protocol::Item> items = TwoItems();
  items[0].profile = "r1";
  items[0].checks.pop_back();
  json::array results = HonestResults();
  FirstCheck(results)["weight"] = 0.25;
  FirstCheck(results)["gate"] = "closed";
  First(results)["reward"] = 0.75;
  const auto answers =
      ReadAnswers(items, {0, 1}, {kJson, Envelope(results), true});
  ASSERT_TRUE(answers[0].result);
  EXPECT_EQ(answers[0].result->reward, 0.75);
  EXPECT_EQ(answers[0].result->checks[0].gate, "closed");
  First(results)["reward"] = 1.0;
  EXPECT_FALSE(
      ReadAnswers(items, {0, 1}, {kJson, Envelope(results), true})[0].result);
}

struct LieCase {
  const char* name;
  std::function<std::string()> body;
  const char* type = kJson;
  bool both = true;  // about both items; else only about the first
  const char* says = "item/0";
};

void PrintTo(const LieCase& c, std::ostream* os) { *os << c.name; }

// The body that `spoil` makes of the honest answer.
std::function<std::string()> Spoil(
    const std::function<void(json::array&)>& spoil) {
  return [spoil] {
    json::array results = HonestResults();
    spoil(results);
    return Envelope(results);
  };
}

// The honest answer with `from` replaced in its text, for what is no JSON.
std::function<std::string()> Replace(const char* from, const char* to) {
  return [from, to] {
    std::string body = Envelope(HonestResults());
    const std::size_t at = body.find(from);
    return body.replace(at, std::string_view(from).size(), to);
  };
}

std::function<std::string()> Lines(std::vector<int> order, const char* last) {
  return [order, last] {
    std::string body;
    const json::array results = HonestResults();
    for (const int i : order) {
      body += protocol::JsonText(results[static_cast<std::size_t>(i)]) + "\n";
    }
    return body + last;
  };
}

class Lie : public ::testing::TestWithParam<LieCase> {};

TEST_P(Lie, IsNeverANumber) {
  const LieCase& c = GetParam();
  const auto answers =
      ReadAnswers(TwoItems(), {0, 1}, {c.type, c.body(), true});
  ASSERT_EQ(answers.size(), 2u);
  EXPECT_FALSE(answers[0].result);
  EXPECT_NE(answers[0].lie.find(c.says), std::string::npos) << answers[0].lie;
  EXPECT_EQ(answers[1].result.has_value(), !c.both);
  EXPECT_EQ(answers[1].lie.empty(), !c.both);
}

const LieCase kLies[] = {
    // The envelope.
    {"Html", [] { return std::string("<html>hello</html>"); }, "text/html",
     true, "text/html"},
    {"HtmlAsJson", [] { return std::string("<html>hello</html>"); }, kJson,
     true, "not strict JSON"},
    {"Empty", [] { return std::string(); }, kJson, true, "not strict JSON"},
    {"NoResults", [] { return std::string("{}"); }, kJson, true, "no array"},
    {"BareArray", [] { return protocol::JsonText(HonestResults()); }, kJson,
     true, "no array"},
    {"TooShort", Spoil([](auto& r) { r.pop_back(); })},
    {"TooLong", Spoil([](auto& r) { r.push_back(json::value(r[1])); })},
    {"NoneAtAll", Spoil([](auto& r) { r.clear(); })},
    {"Reordered", Spoil([](auto& r) { std::swap(r[0], r[1]); })},
    {"SecondId", Spoil([](auto& r) { r[1] = r[0]; }), kJson, true, "item/1"},
    {"ForeignId", Spoil([](auto& r) { First(r)["id"] = "item/9"; })},
    {"NullId", Spoil([](auto& r) { First(r)["id"] = nullptr; })},
    {"MissingId", Spoil([](auto& r) { First(r).erase("id"); })},
    {"NumberAsId", Spoil([](auto& r) { First(r)["id"] = 0; })},
    {"Nan", Replace("1.5", "NaN"), kJson, true, "not strict JSON"},
    {"Overflow", Replace("1.5", "1e999"), kJson, true, "not strict JSON"},
    {"RewardTwice", Replace("\"reward\":1.5", "\"reward\":1.5,\"reward\":9.5"),
     kJson, true, "not strict JSON"},

    // One result.
    {"RewardAboveItsChecks", Spoil([](auto& r) { First(r)["reward"] = 2.0; }),
     kJson, false},
    {"RewardAsString", Spoil([](auto& r) { First(r)["reward"] = "1.5"; }),
     kJson, false},
    {"RewardMissing", Spoil([](auto& r) { First(r).erase("reward"); }), kJson,
     false},
    {"NotJudgedWithReward",
     Spoil([](auto& r) { First(r)["status"] = "not_judged"; }), kJson, false},
    {"InvalidWithChecks", Spoil([](auto& r) {
       First(r)["status"] = "invalid";
       First(r)["reward"] = nullptr;
       First(r)["error"] = {{"pointer", ""}, {"detail", ""}};
     }),
     kJson, false},
    {"InvalidWithoutError", Spoil([](auto& r) {
       First(r)["status"] = "invalid";
       First(r)["reward"] = nullptr;
       First(r)["checks"] = json::array();
     }),
     kJson, false},
    {"NotJudgedThoughAllJudged", Spoil([](auto& r) {
       First(r)["status"] = "not_judged";
       First(r)["reward"] = nullptr;
     }),
     kJson, false},
    {"UnknownStatus", Spoil([](auto& r) { First(r)["status"] = "great"; }),
     kJson, false},
    {"ScoreAboveOne", Spoil([](auto& r) {
       FirstCheck(r)["score"] = 2.0;
       First(r)["reward"] = 2.5;
     }),
     kJson, false},
    {"ScoreBelowZero", Spoil([](auto& r) {
       FirstCheck(r)["score"] = -1.0;
       First(r)["reward"] = -0.5;
     }),
     kJson, false},
    {"ScoreAsString", Spoil([](auto& r) { FirstCheck(r)["score"] = "1"; }),
     kJson, false},
    {"WrongThatScoresOne",
     Spoil([](auto& r) { FirstCheck(r)["outcome"] = "wrong"; }), kJson, false},
    {"CorrectThatScoresHalf", Spoil([](auto& r) {
       FirstCheck(r)["score"] = 0.5;
       First(r)["reward"] = 1.0;
     }),
     kJson, false},
    {"PartialThatScoresOne",
     Spoil([](auto& r) { FirstCheck(r)["outcome"] = "partial"; }), kJson,
     false},
    {"UnknownOutcome",
     Spoil([](auto& r) { FirstCheck(r)["outcome"] = "splendid"; }), kJson,
     false},
    {"AnotherChecker",
     Spoil([](auto& r) { FirstCheck(r)["checker"] = "code"; }), kJson, false},
    {"AnotherWeight", Spoil([](auto& r) {
       FirstCheck(r)["weight"] = 100.0;
       First(r)["reward"] = 100.5;
     }),
     kJson, false},
    {"OneCheckMissing", Spoil([](auto& r) {
       First(r)["checks"].as_array().pop_back();
       First(r)["reward"] = 1.0;
     }),
     kJson, false},

    // A stream.
    {"StreamForeignId",
     [] {
       const std::string lines = Lines({1}, "")();
       std::string foreign = lines;
       foreign.replace(foreign.find("item/1"), 6, "item/9");
       return lines + foreign + "{\"done\":true,\"items\":2}\n";
     },
     kNdjson, true, "item/9"},
    {"StreamSecondId", Lines({0, 0}, "{\"done\":true,\"items\":2}\n"), kNdjson},
    {"StreamMissingId", Lines({1}, "{\"done\":true,\"items\":2}\n"), kNdjson},
    {"StreamWrongCount", Lines({0, 1}, "{\"done\":true,\"items\":3}\n"),
     kNdjson, true, "count 2"},
    {"StreamDoneFalse", Lines({0, 1}, "{\"done\":false,\"items\":2}\n"),
     kNdjson, true, "count 2"},
    {"StreamGoesOn",
     Lines({0, 1},
           "{\"done\":true,\"items\":2}\n{\"done\":true,\"items\":2}\n"),
     kNdjson, true, "goes on"},
    {"StreamTail", Lines({0, 1}, "{\"done\":true,\"items\":2}\nx"), kNdjson,
     true, "goes on"},
    {"StreamNotJson", Lines({0, 1}, "hello\n"), kNdjson, true,
     "not strict JSON"},
};

INSTANTIATE_TEST_SUITE_P(ReadAnswers, Lie, ::testing::ValuesIn(kLies),
                         [](const auto& test) { return test.param.name; });

TEST(ReadAnswers, AStreamMayAnswerInAnyOrder) {
  const auto answers = ReadAnswers(
      TwoItems(), {0, 1},
      {kNdjson, Lines({1, 0}, "{\"done\":true,\"items\":2}\n")(), true});
  ASSERT_TRUE(answers[0].result && answers[1].result);
  EXPECT_EQ(answers[0].result->reward, 1.5);
}

TEST(ReadAnswers, ACutStreamLeavesTheRestUnanswered) {
  for (const bool complete : {false, true}) {
    const std::string cut = Lines({1}, "{\"id\":\"item/0\",\"sta")();
    const auto answers =
        ReadAnswers(TwoItems(), {0, 1}, {kNdjson, cut, complete});
    EXPECT_FALSE(answers[0].result);
    EXPECT_TRUE(answers[0].lie.empty()) << answers[0].lie;
    EXPECT_TRUE(answers[1].result);
  }
}

TEST(ReadAnswers, ACutBodyAnswersNothing) {
  const std::string body = Envelope(HonestResults());
  const auto answers =
      ReadAnswers(TwoItems(), {0, 1}, {kJson, body, /*complete=*/false});
  for (const Answer& answer : answers) {
    EXPECT_FALSE(answer.result);
    EXPECT_TRUE(answer.lie.empty());
  }
}

TEST(ReadAnswers, CancelledIsNoAnswer) {
  json::array results = HonestResults();
  First(results)["status"] = "cancelled";
  First(results)["reward"] = nullptr;
  First(results)["checks"] = json::array();
  const auto answers =
      ReadAnswers(TwoItems(), {0, 1}, {kJson, Envelope(results), true});
  EXPECT_FALSE(answers[0].result);
  EXPECT_TRUE(answers[0].lie.empty());
  EXPECT_TRUE(answers[1].result);
}

}  // namespace
}  // namespace verifier::client
