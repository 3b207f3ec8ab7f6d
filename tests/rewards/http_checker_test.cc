// HTTP checkers: what they ask, whom, and how long.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "rewards/http/http_connection.h"
#include "rewards/plugin/rest.h"
#include "tests/rewards/http_served.h"

namespace rewards::http {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;
using testing::HasSubstr;

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

}  // namespace
}  // namespace rewards::http
