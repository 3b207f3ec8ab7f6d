// The parts of the server that need no socket.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "trainer/serve/choice_text.h"
#include "trainer/serve/completion_request.h"
#include "trainer/serve/head_check.h"
#include "trainer/serve/reward_exchange.h"
#include "trainer/serve/route.h"

namespace trainer::serve {
namespace {

namespace http = boost::beast::http;
using ::testing::HasSubstr;

TEST(Sigmoid, GoldenValuesAndItsEnds) {
  EXPECT_DOUBLE_EQ(Sigmoid(0.0), 0.5);
  EXPECT_DOUBLE_EQ(Sigmoid(1.0), 0.7310585786300049);
  EXPECT_DOUBLE_EQ(Sigmoid(-1.0), 0.2689414213699951);
  EXPECT_EQ(Sigmoid(1e308), 1.0);
  EXPECT_EQ(Sigmoid(-1e308), 0.0);
  EXPECT_TRUE(std::isnan(Sigmoid(std::nan(""))));
}

TEST(RewardText, NothingOfOursIsANumber) {
  const auto text = [](const BackendResult<double>& logit) {
    return RewardText("a", logit);
  };
  EXPECT_EQ(*text(0.0), R"({"id":"a","score":0.5,"detail":{"logit":0.0}})");
  EXPECT_EQ(*RewardText(std::nullopt, 0.0),
            R"({"score":0.5,"detail":{"logit":0.0}})");
  EXPECT_EQ(text(std::nan("")).error().status, 500);
  EXPECT_EQ(text(INFINITY).error().status, 500);
  EXPECT_EQ(text(-INFINITY).error().status, 500);
  using Kind = BackendErrorKind;
  EXPECT_EQ(text(BackendError(Kind::kFailed, "")).error().status, 500);
  EXPECT_EQ(text(BackendError(Kind::kRefused, "")).error().status, 400);
  const auto absent = text(BackendError(Kind::kAbsent, ""));
  EXPECT_EQ(absent.error().status, 503);
  EXPECT_GT(absent.error().retry_after_s, 0);
  // What the answer provokes is its 0.
  EXPECT_EQ(*text(BackendError(Kind::kTooLong, "too long")),
            R"({"id":"a","score":0.0,"detail":{"reason":"too long"}})");
}

struct BadBody {
  const char* name;
  std::string_view body;
  std::string_view pointer;
  std::string_view detail;
};
void PrintTo(const BadBody& c, std::ostream* os) { *os << c.name; }

class BadRewards : public ::testing::TestWithParam<BadBody> {};

TEST_P(BadRewards, AreErrorsWithAPlace) {
  const auto ask = ParseRewardAsk(GetParam().body);
  ASSERT_FALSE(ask);
  EXPECT_EQ(ask.error().status, 400);
  EXPECT_EQ(ask.error().pointer, GetParam().pointer);
  EXPECT_THAT(ask.error().detail, HasSubstr(GetParam().detail));
}

constexpr BadBody kBadRewards[] = {
    {"Empty", "", "", ""},
    {"Array", "[]", "", "the body is"},
    {"NoResponse", R"({"prompt":"p"})", "/response", "required"},
    {"ResponseNumber", R"({"response":1})", "/response", "a string"},
    {"PromptNull", R"({"response":"r","prompt":null})", "/prompt", "a string"},
    {"IdNumber", R"({"response":"r","id":1})", "/id", "a string"},
    {"Twice", R"({"response":"r","response":"s"})", "/response", ""},
};
INSTANTIATE_TEST_SUITE_P(Reward, BadRewards, ::testing::ValuesIn(kBadRewards),
                         [](const auto& test) { return test.param.name; });

TEST(RewardAsk, OthersAreIgnored) {
  const auto ask = ParseRewardAsk(
      R"({"id":"7","prompt":"p","response":"r","template":"r1","params":{}})");
  ASSERT_TRUE(ask);
  EXPECT_EQ(ask->id, "7");
  EXPECT_EQ(ask->pair.prompt, "p");
  EXPECT_EQ(ask->pair.response, "r");
}

TEST(Completion, DefaultsAndFields) {
  const ServeOptions options;
  const auto plain =
      ParseCompletion(false, R"({"model":"m","prompt":"p"})", options);
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->prompts, std::vector<std::string>{"p"});
  EXPECT_EQ(plain->sampling.max_tokens, kDefaultMaxTokens);
  EXPECT_EQ(plain->sampling.temperature, 1.0);
  EXPECT_FALSE(plain->seed || plain->stream || plain->logprobs);
  const auto full = ParseCompletion(
      false,
      R"({"model":"m","prompt":["p","q"],"n":2,"temperature":0,"top_p":0.5,)"
      R"("max_tokens":3,"seed":9,"stop":["a","b"],"stream":true,"logprobs":1,)"
      R"("stream_options":{"include_usage":true},"user":"me","echo":false,)"
      R"("presence_penalty":0.0,"suffix":null})",
      options);
  ASSERT_TRUE(full) << full.error().detail;
  EXPECT_EQ(full->choices(), 4U);
  EXPECT_EQ(full->sampling.temperature, 0.0);
  EXPECT_EQ(full->sampling.top_p, 0.5);
  EXPECT_EQ(full->sampling.max_tokens, 3);
  EXPECT_EQ(full->seed, 9U);
  EXPECT_EQ(full->sampling.stop, (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(full->stream && full->stream_usage && full->logprobs);
}

TEST(Completion, EachChoiceHasASeedOfItsOwn) {
  CompletionRequest request;
  request.prompts = {"p", "q"};
  request.n = 2;
  const auto all = request.Requests(5);
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[1].prompt, "p");
  EXPECT_EQ(all[2].prompt, "q");
  std::vector<std::uint64_t> seeds;
  for (const auto& one : all) seeds.push_back(one.seed);
  std::sort(seeds.begin(), seeds.end());
  EXPECT_EQ(std::unique(seeds.begin(), seeds.end()), seeds.end());
  EXPECT_EQ(request.Requests(5)[3].seed, all[3].seed);
  EXPECT_NE(request.Requests(6)[3].seed, all[3].seed);
}

TEST(Chat, MessagesStandInTheFrame) {
  const auto prompt = [](const std::string& messages) {
    const auto request = ParseCompletion(
        true, R"({"model":"m","messages":[)" + messages + "]}", {});
    if (!request) return request.error().pointer;
    return request->prompts.front();
  };
  EXPECT_EQ(prompt(R"({"role":"user","content":"What is 1+1"})"),
            "User: What is 1+1. Assistant:");
  EXPECT_EQ(prompt(R"({"role":"system","content":"Be brief."},)"
                   R"({"role":"user","content":"a"},)"
                   R"({"role":"assistant","content":" b"},)"
                   R"({"role":"user","content":[{"type":"text","text":"c"},)"
                   R"({"type":"text","text":"d"}]})"),
            "Be brief. User: a. Assistant: bUser: cd. Assistant:");
  EXPECT_EQ(prompt(""), "/messages");
  EXPECT_EQ(prompt("1"), "/messages/0");
  EXPECT_EQ(prompt(R"({"role":"user"})"), "/messages/0/content");
  EXPECT_EQ(prompt(R"({"role":"tool","content":"a"})"), "/messages/0/role");
  EXPECT_EQ(prompt(R"({"role":"user","content":[{"type":"image"}]})"),
            "/messages/0/content/0");
  EXPECT_EQ(prompt(R"({"role":"user","content":"a"},)"
                   R"({"role":"system","content":"b"})"),
            "/messages/1/role");
  EXPECT_EQ(prompt(R"({"role":"assistant","content":"a"})"),
            "/messages/0/role");
}

class BadCompletions : public ::testing::TestWithParam<BadBody> {};

TEST_P(BadCompletions, AreErrorsWithAPlace) {
  ServeOptions options;
  options.choices = 4;
  options.max_tokens = 10;
  std::string body(GetParam().body);
  if (body.starts_with(',')) body = R"({"model":"m","prompt":"p")" + body + "}";
  const auto request = ParseCompletion(false, body, options);
  ASSERT_FALSE(request);
  EXPECT_EQ(request.error().status, 400);
  EXPECT_EQ(request.error().pointer, GetParam().pointer);
  EXPECT_THAT(request.error().detail, HasSubstr(GetParam().detail));
}

constexpr BadBody kBadCompletions[] = {
    {"NotJson", "{", "", ""},
    {"Array", "[]", "", "an object"},
    {"NoModel", R"({"prompt":"p"})", "/model", "/v1/models"},
    {"NoPrompt", R"({"model":"m"})", "/prompt", "a string"},
    {"NoPrompts", R"({"model":"m","prompt":[]})", "/prompt", "not empty"},
    {"Tokens", R"({"model":"m","prompt":[1,2]})", "/prompt", "token ids"},
    {"Messages", R"(,"messages":[])", "/messages", "unknown"},
    {"Unknown", R"(,"temprature":1)", "/temprature", "unknown"},
    {"Echo", R"(,"echo":true)", "/echo", "must be false"},
    {"Penalty", R"(,"frequency_penalty":0.1)", "/frequency_penalty", "must be"},
    {"NOnePast", R"(,"n":5)", "/n", "from 1 to 4 (limit.choices)"},
    {"NNone", R"(,"n":0)", "/n", "from 1"},
    {"NFraction", R"(,"n":1.5)", "/n", "whole"},
    {"ChoicesOnePast", R"({"model":"m","prompt":["a","b","c"],"n":2})",
     "/prompt", "limit.choices = 4"},
    {"TokensOnePast", R"(,"max_tokens":11)", "/max_tokens",
     "from 1 to 10 (limit.max_tokens)"},
    {"TokensNone", R"(,"max_tokens":0)", "/max_tokens", "from 1"},
    {"Cold", R"(,"temperature":-0.1)", "/temperature", "from 0 to 2"},
    {"Hot", R"(,"temperature":2.1)", "/temperature", "from 0 to 2"},
    {"TopPNone", R"(,"top_p":0)", "/top_p", "above 0"},
    {"TopPOver", R"(,"top_p":1.01)", "/top_p", "at most 1"},
    {"SeedText", R"(,"seed":"1")", "/seed", "whole"},
    {"SeedNegative", R"(,"seed":-1)", "/seed", "from 0"},
    {"StopEmpty", R"(,"stop":"")", "/stop", "1 to 1024 bytes"},
    {"StopNumber", R"(,"stop":[1])", "/stop", "strings"},
    {"StreamText", R"(,"stream":"yes")", "/stream", "true or false"},
    {"UsageAlone", R"(,"stream_options":{})", "/stream_options", "stream"},
    {"Logprobs", R"(,"logprobs":2)", "/logprobs", "0 or 1"},
    {"ChatTokens", R"(,"max_completion_tokens":2)", "/max_completion_tokens",
     "max_tokens here"},
};
INSTANTIATE_TEST_SUITE_P(Completion, BadCompletions,
                         ::testing::ValuesIn(kBadCompletions),
                         [](const auto& test) { return test.param.name; });

TEST(Completion, AtItsLimits) {
  ServeOptions options;
  options.choices = 4;
  options.max_tokens = 10;
  const std::string stop(kMaxStopBytes, 's');
  const auto with = [&](const std::string& more) {
    return ParseCompletion(false, R"({"model":"m","prompt":"p",)" + more + "}",
                           options)
        .has_value();
  };
  EXPECT_TRUE(with(R"("n":4,"max_tokens":10)"));
  EXPECT_TRUE(with(R"("stop":")" + stop + "\""));
  EXPECT_FALSE(with(R"("stop":")" + stop + "s\""));
  std::string stops = R"("stop":["a")";
  for (std::size_t i = 1; i < kMaxStops; ++i) stops += R"(,"a")";
  EXPECT_TRUE(with(stops + "]"));
  EXPECT_FALSE(with(stops + R"(,"a"])"));
}

// Feeds `pieces` one by one; what Take gave after each, and at the end.
std::vector<std::string> Pieces(const std::vector<std::string>& pieces,
                                const std::vector<std::string>& stops) {
  ChoiceText text(stops);
  std::vector<std::string> taken;
  for (const std::string& piece : pieces) {
    text.Add(piece);
    taken.push_back(text.Take());
  }
  text.End();
  taken.push_back(text.Take());
  return taken;
}

TEST(ChoiceText, HoldsBackWhatMayChange) {
  using Texts = std::vector<std::string>;
  EXPECT_EQ(Pieces({"a", "b"}, {}), (Texts{"a", "b", ""}));
  EXPECT_EQ(Pieces({"a<", "/", "b"}, {"</a>"}), (Texts{"a", "", "</b", ""}));
  EXPECT_EQ(Pieces({"a<", "/a", ">x", "y"}, {"</a>"}),
            (Texts{"a", "", "", "", ""}));
  EXPECT_EQ(Pieces({"a<"}, {"</a>"}), (Texts{"a", "<"}));
  EXPECT_EQ(Pieces({"one two"}, {"wo", "e t"}), (Texts{"on", ""}));
  // 数: three bytes. Half a character waits for the rest, or for the end.
  EXPECT_EQ(Pieces({"a\xE6", "\x95", "\xB0"}, {}),
            (Texts{"a", "", "\xE6\x95\xB0", ""}));
  EXPECT_EQ(Pieces({"a\xE6\x95"}, {}), (Texts{"a", "\xE6\x95"}));
  EXPECT_EQ(Pieces({"\x80\x80\x80\x80"}, {}), (Texts{"\x80\x80\x80\x80", ""}));
}

// Whatever the pieces, together they are the text before the stop.
TEST(ChoiceText, EverySplitGivesTheSameText) {
  const std::string whole =
      "ab\xE6\x95\xB0"
      "aabaabX and more";
  const std::vector<std::string> stops{"aabX", "zzz"};
  const std::string want =
      "ab\xE6\x95\xB0"
      "aab";
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (std::size_t j = i; j < whole.size(); ++j) {
      std::string got;
      for (const std::string& piece :
           Pieces({whole.substr(0, i), whole.substr(i, j - i), whole.substr(j)},
                  stops)) {
        got += piece;
      }
      ASSERT_EQ(got, want) << i << ' ' << j;
    }
  }
}

TEST(Routes, PathsAndMethods) {
  EXPECT_EQ(FindRoute(http::verb::get, "/livez")->kind, RouteKind::kLive);
  EXPECT_EQ(FindRoute(http::verb::head, "/readyz?x=1")->kind,
            RouteKind::kReady);
  EXPECT_EQ(FindRoute(http::verb::post, "/v1/reward/help")->reward, "help");
  EXPECT_EQ(FindRoute(http::verb::get, "/v1/reward/help").error().allow,
            "POST");
  EXPECT_EQ(FindRoute(http::verb::post, "/livez").error().status, 405);
  EXPECT_EQ(FindRoute(http::verb::get, "/").error().status, 404);
  EXPECT_EQ(FindRoute(http::verb::post, "/v1/reward/").error().status, 404);
  EXPECT_TRUE(IsOpenAi("/v1/chat/completions"));
  EXPECT_FALSE(IsOpenAi("/v1/reward/a"));
}

TEST(OpenAiError, NamesTheMember) {
  ApiError error(400, "must be a string");
  error.pointer = "/messages/0/content";
  EXPECT_EQ(OpenAiErrorText(error),
            R"({"error":{"message":"/messages/0/content: must be a string",)"
            R"("type":"invalid_request_error","param":"messages",)"
            R"("code":null}})");
}

}  // namespace
}  // namespace trainer::serve
