// HTTP checkers against a server that does everything wrong: whose fault it is.

#include "rewards/http/http_checker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "rewards/http/http_connection.h"
#include "rewards/plugin/rest.h"
#include "tests/rewards/fake_http_server.h"
#include "tests/rewards/plugin_reader.h"

namespace rewards::http {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;
using testing::HasSubstr;

std::string Id(const json::object& body) {
  return std::string(body.at("id").as_string());
}
std::string Response(const json::object& body) {
  return std::string(body.at("response").as_string());
}

// {"id", "score"} for a request.
std::string Scored(const json::object& body, double score) {
  return json::serialize(json::object{{"id", Id(body)}, {"score", score}});
}

// 1 for "good", else 0.
std::string Honest(const json::object& body) {
  return Http(Scored(body, Response(body) == "good" ? 1.0 : 0.0));
}

RemoteOptions OptionsFor(const std::string& url) {
  RemoteOptions options;
  options.name = "helpful";
  options.url = url;
  options.deadline = std::chrono::seconds(60);
  options.connect_timeout = std::chrono::seconds(60);
  return options;
}

class Served {
 public:
  explicit Served(FakeHttpServer::Answer answer,
                  const std::function<void(RemoteOptions&)>& change = {})
      : server(std::move(answer)) {
    RemoteOptions options = OptionsFor(server.url());
    if (change) change(options);
    std::string problem;
    checker = MakeHttpChecker(options, plugin::StrictReader(), problem);
    if (checker == nullptr) throw std::runtime_error(problem);
  }

  Verdict Judge(std::string_view response,
                milliseconds deadline = std::chrono::seconds(600)) const {
    return (*checker->Prepare(params))
        ->Judge({.prompt = "p", .response = response},
                {.deadline = Clock::now() + deadline});
  }

  FakeHttpServer server;
  json::object params{};
  std::unique_ptr<const Checker> checker;
};

std::string Reason(const Verdict& verdict) {
  const json::value* reason = verdict.detail.if_contains("reason");
  return reason == nullptr ? "" : std::string(reason->as_string());
}

TEST(HttpChecker, AsksByTheProtocolOfPlugins) {
  std::string head;
  json::object body;
  Served served([&](const std::string& h, const json::object& b) {
    head = h;
    body = b;
    return Http(json::serialize(json::object{{"id", Id(b)},
                                             {"score", 0.25},
                                             {"outcome", "partial"},
                                             {"detail", {{"why", "x"}}}}));
  });
  served.params = {{"k", {1, 2}}};
  const Verdict verdict = served.Judge("<think>t</think>a");
  EXPECT_EQ(verdict.outcome, Outcome::kPartial);
  EXPECT_EQ(Score(verdict), 0.25);
  EXPECT_EQ(verdict.detail, json::object({{"why", "x"}}));
  EXPECT_TRUE(head.starts_with("POST /judge?a=b HTTP/1.1\r\n")) << head;
  EXPECT_THAT(head, HasSubstr("Content-Type: application/json"));
  EXPECT_EQ(body.at("prompt"), "p");
  EXPECT_EQ(body.at("response"), "<think>t</think>a");
  EXPECT_EQ(body.at("template"), "r1");
  EXPECT_EQ(body.at("params"), json::value({{"k", {1, 2}}}));
  EXPECT_EQ(served.checker->origin(), "http");
  EXPECT_EQ(served.checker->own_threads(), 4U);
}

TEST(HttpChecker, SendsTheAnswerPartWhereToldSo) {
  std::string sent = "none";
  Served served(
      [&](const std::string&, const json::object& body) {
        sent = Response(body);
        return Http(Scored(body, 1));
      },
      [](RemoteOptions& options) { options.part = "answer"; });
  EXPECT_EQ(served.Judge("<think>t</think>a").outcome, Outcome::kCorrect);
  EXPECT_EQ(sent, "a");
  for (const char* empty : {"<think>t</think>", "<think>t", "", " \n"}) {
    sent = "none";
    EXPECT_EQ(served.Judge(empty).outcome, Outcome::kUnreadable) << empty;
    EXPECT_EQ(sent, "none") << "nobody is asked about nothing";
  }
}

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

// A server that takes no empty response is well all the same.
TEST(HttpChecker, AServerThatRefusesEmptyResponsesIsNotBroken) {
  Served served([](const std::string&, const json::object& body) {
    const std::string response = Response(body);
    return response.empty() || response == "evil" ? Http("{}", "400 X")
                                                  : Honest(body);
  });
  EXPECT_EQ(served.Judge("evil").outcome, Outcome::kWrong);
}

TEST(HttpChecker, OneFailureIsNobodysFault) {
  std::atomic<int> asked = 0;
  Served served([&](const std::string&, const json::object& body) {
    return ++asked == 1 ? Http("{}", "500 X") : Honest(body);
  });
  EXPECT_EQ(served.Judge("good").outcome, Outcome::kCorrect);
  EXPECT_EQ(asked, 3);  // the item, the control, the item
}

TEST(HttpChecker, AServerThatIsNotThereIsNotJudgedAndNotAskedForEver) {
  int port = 0;
  {
    port = FakeHttpServer([](const auto&, const auto&) { return ""; }).port();
  }
  RemoteOptions options =
      OptionsFor("http://127.0.0.1:" + std::to_string(port) + "/");
  std::string problem;
  const auto checker =
      MakeHttpChecker(options, plugin::StrictReader(), problem);
  ASSERT_NE(checker, nullptr) << "a server may come later: " << problem;
  const auto check = checker->Prepare({});
  const auto judge = [&] {
    return (*check)->Judge({.prompt = "", .response = "good"},
                           {.deadline = Clock::now() + milliseconds(60'000)});
  };
  for (int i = 0; i < plugin::kFailuresToPause; ++i) {
    const Verdict verdict = judge();
    EXPECT_EQ(verdict.outcome, Outcome::kNotJudged);
    EXPECT_THAT(Reason(verdict), HasSubstr("the server took no connection: "));
  }
  EXPECT_THAT(Reason(judge()), HasSubstr("is tried again later"));
  FakeHttpServer server(
      [](const std::string&, const json::object& body) { return Honest(body); },
      port);
  while (judge().outcome == Outcome::kNotJudged) {
    std::this_thread::sleep_for(milliseconds(20));
  }
  EXPECT_EQ(judge().outcome, Outcome::kCorrect);
}

TEST(HttpChecker, AConnectionIsKeptAndReplacedWhenItIsStale) {
  Served served([](const std::string&, const json::object& body) {
    return Honest(body);
  });
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(served.Judge("good").outcome, Outcome::kCorrect);
  }
  EXPECT_EQ(served.server.connections(), 1);
  served.server.CloseKept();
  std::this_thread::sleep_for(milliseconds(50));
  EXPECT_EQ(served.Judge("good").outcome, Outcome::kCorrect);
  EXPECT_EQ(served.server.connections(), 2);
  EXPECT_EQ(served.server.requests(), 6);
}

// A second answer that nobody asked for must not be taken for the next one's.
TEST(HttpChecker, WhatNobodyAskedForIsNotRead) {
  Served served([](const std::string&, const json::object& body) {
    return Http(Scored(body, 0)) + Http(R"({"id": "2", "score": 1})") +
           Http(R"({"id": "3", "score": 1})");
  });
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(served.Judge("x").outcome, Outcome::kWrong);
  }
  EXPECT_EQ(served.server.connections(), 4);
}

TEST(HttpChecker, TheItemsDeadlineHoldsToo) {
  Served served([](const std::string&, const json::object&) {
    return FakeHttpServer::kHang;
  });
  // The control question has the server's deadline, the item its own.
  std::string problem;
  RemoteOptions options = OptionsFor(served.server.url());
  options.deadline = milliseconds(1'000);
  served.checker = MakeHttpChecker(options, plugin::StrictReader(), problem);
  const auto began = Clock::now();
  const Verdict verdict = served.Judge("good", milliseconds(50));
  EXPECT_EQ(verdict.outcome, Outcome::kNotJudged);
  EXPECT_LT(Clock::now() - began, std::chrono::seconds(30));
}

TEST(HttpChecker, NoRedirectIsFollowed) {
  FakeHttpServer canary([](const auto&, const auto&) { return Http("{}"); });
  for (const char* status : {"301 X", "302 X", "303 X", "307 X", "308 X"}) {
    Served served([&](const std::string&, const json::object& body) {
      return Http(Scored(body, 1), status,
                  "Location: " + canary.url() + "\r\n");
    });
    EXPECT_EQ(served.Judge("good").outcome, Outcome::kNotJudged);
  }
  EXPECT_EQ(canary.connections(), 0);
}

// An item that failed is asked again when nobody else is, and nobody comes in
// between: neither who is being answered nor who comes later.
TEST(HttpChecker, WhoFailedIsAskedAlone) {
  std::atomic<bool> hold_slow = true;
  std::atomic<bool> hold_control = true;
  std::atomic<int> good = 0;
  std::atomic<int> evil = 0;
  std::atomic<int> controls = 0;
  const auto wait = [](const std::atomic<bool>& flag) {
    while (flag) std::this_thread::sleep_for(milliseconds(1));
  };
  Served served([&](const std::string&, const json::object& body) {
    const std::string response = Response(body);
    if (response == "slow") wait(hold_slow);
    if (response.empty() && ++controls == 1) wait(hold_control);
    if (response == "good") ++good;
    return response == "evil" && ++evil > 0 ? Http("{}", "500 X")
                                            : Honest(body);
  });
  const auto until = [](const std::function<bool()>& condition) {
    while (!condition()) std::this_thread::sleep_for(milliseconds(1));
  };
  std::thread slow([&] { served.Judge("slow"); });
  until([&] { return served.server.requests() == 1; });
  std::thread guilty(
      [&] { EXPECT_EQ(served.Judge("evil").outcome, Outcome::kWrong); });
  until([&] { return evil == 1; });
  // For the guilty one to reach the door.
  std::this_thread::sleep_for(milliseconds(500));
  std::thread later(
      [&] { EXPECT_EQ(served.Judge("good").outcome, Outcome::kCorrect); });
  std::this_thread::sleep_for(milliseconds(100));
  EXPECT_EQ(controls, 0) << "somebody else was being answered";
  EXPECT_EQ(good, 0) << "somebody overtook the one that waits to be alone";
  hold_slow = false;
  until([&] { return controls == 1; });
  std::this_thread::sleep_for(milliseconds(50));
  EXPECT_EQ(good, 0) << "somebody else was asked";
  hold_control = false;
  for (std::thread* one : {&slow, &guilty, &later}) one->join();
  EXPECT_EQ(evil, 2);
  EXPECT_EQ(controls, 2);
}

// Innocent items are not in a guilty one's way: while many evil ones crash the
// connection of everybody, the good are still judged, and rightly.
TEST(HttpChecker, TheInnocentAreJudgedBesideTheGuilty) {
  // Every request that runs while an evil one does is lost with it.
  std::atomic<int> evil = 0;
  Served served(
      [&](const std::string&, const json::object& body) -> std::string {
        if (Response(body) == "evil") {
          ++evil;
          std::this_thread::sleep_for(milliseconds(2));
          return "";
        }
        const int before = evil;
        std::this_thread::sleep_for(milliseconds(1));
        return before == evil ? Honest(body) : "";
      });
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      for (int k = 0; k < 10; ++k) {
        const bool good = (i + k) % 2 == 0;
        const Verdict verdict = served.Judge(good ? "good" : "evil");
        if (verdict.outcome != (good ? Outcome::kCorrect : Outcome::kWrong)) {
          ++wrong;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

class SchemaFile {
 public:
  explicit SchemaFile(const std::string& text)
      : path_(testing::TempDir() + "schema-" + std::to_string(getpid()) +
              ".json") {
    std::ofstream(path_) << text;
  }
  ~SchemaFile() { unlink(path_.c_str()); }
  SchemaFile(const SchemaFile&) = delete;
  SchemaFile& operator=(const SchemaFile&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

TEST(HttpChecker, ASchemaFileHoldsTheParameters) {
  const SchemaFile file(
      R"({"type": "object", "properties": {"k": {"type": "integer"}},
          "required": ["k"]})");
  RemoteOptions options = OptionsFor("http://127.0.0.1:1/");
  std::string problem;
  const auto free = MakeHttpChecker(options, plugin::StrictReader(), problem);
  EXPECT_TRUE(free->Prepare({{"anything", {{"deep", 1}}}}));
  options.schema_file = file.path();
  const auto held = MakeHttpChecker(options, plugin::StrictReader(), problem);
  ASSERT_NE(held, nullptr) << problem;
  EXPECT_TRUE(held->Prepare({{"k", 1}}));
  EXPECT_EQ(held->Prepare({{"k", "1"}}).error().pointer, "/k");
  EXPECT_EQ(held->Prepare({{"k", 1}, {"l", 1}}).error().pointer, "/l");
  EXPECT_EQ(held->Prepare({}).error().pointer, "/k");
}

TEST(HttpChecker, ABadSchemaFileIsNamed) {
  for (const char* text : {"", "[]", "{", R"({"type": "string"})"}) {
    const SchemaFile file(text);
    RemoteOptions options = OptionsFor("http://127.0.0.1:1/");
    options.schema_file = file.path();
    std::string problem;
    EXPECT_EQ(MakeHttpChecker(options, plugin::StrictReader(), problem),
              nullptr);
    EXPECT_THAT(problem, HasSubstr(file.path()));
  }
  RemoteOptions options = OptionsFor("http://127.0.0.1:1/");
  options.schema_file = "/nonexistent/schema.json";
  std::string problem;
  EXPECT_EQ(MakeHttpChecker(options, plugin::StrictReader(), problem), nullptr);
  EXPECT_THAT(problem, HasSubstr("cannot read /nonexistent/schema.json"));
}

}  // namespace
}  // namespace rewards::http
