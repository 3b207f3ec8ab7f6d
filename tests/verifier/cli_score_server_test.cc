// Tests the built `assay` as a client of a service.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/verifier/cli_assay.h"
#include "tests/verifier/client_fake_server.h"
#include "verifier/protocol/json_text.h"

namespace verifier::cli {
namespace {

using client::testing::FakeReply;
using client::testing::FakeRequest;
using client::testing::FakeServer;
using client::testing::ReadyAnd;
using client::testing::RespondHonestly;
using testing::AssayTest;
using testing::Has;
using testing::Ids;
using testing::kRight;
using testing::Ran;
using testing::RunOptions;

TEST_F(AssayTest, AServersResultsComeInOrder) {
  FakeServer server([](const FakeRequest& request) {
    return ReadyAnd(request, [](const FakeRequest& score) {
      FakeReply reply = RespondHonestly(score);
      // Later requests are answered first.
      reply.delay = std::chrono::milliseconds(score.number < 4 ? 100 : 0);
      return reply;
    });
  });
  std::string input;
  std::vector<std::string> want;
  for (int i = 0; i < 3000; ++i) {
    input += R"({"id":")" + std::to_string(i) +
             R"(","response":"","checks":[{"checker":"any"}]})" + "\n";
    want.push_back(std::to_string(i));
  }
  RunOptions options;
  options.input = input;
  const Ran ran = Assay({"score", "-", "--server", server.url()}, options);
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(Ids(ran.out), want);
}

TEST_F(AssayTest, OneIdManyTimesIsNoErrorInAFile) {
  FakeServer server([](const FakeRequest& request) {
    return ReadyAnd(request, RespondHonestly);
  });
  WriteFile("items.jsonl", {kRight, kRight, kRight});
  const Ran ran = Assay({"score", "items.jsonl", "--server", server.url()});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(Ids(ran.out).size(), 3u);
}

TEST_F(AssayTest, AServerThatIsNotThereOrNoAssayd) {
  WriteFile("items.jsonl", {kRight});
  const Ran refused = Assay({"score", "items.jsonl", "--server",
                             client::testing::UnreachableUrl(), "-o", "o"});
  EXPECT_EQ(refused.exit_code, 4);
  EXPECT_TRUE(Has(refused.err, "Connection refused")) << refused.err;
  FakeServer server([](const FakeRequest&) {
    return client::testing::Respond(404, "nothing here", "text/plain");
  });
  const Ran missing =
      Assay({"score", "items.jsonl", "--server", server.url(), "-o", "o"});
  EXPECT_EQ(missing.exit_code, 4);
  EXPECT_TRUE(Has(missing.err, "404")) << missing.err;
  EXPECT_EQ(FileCount(), 1u);
}

TEST_F(AssayTest, AServerThatIsLostEndsTheRunWithoutAFile) {
  FakeServer server([](const FakeRequest& request) {
    return ReadyAnd(request, [](const FakeRequest&) {
      FakeReply reply;
      reply.close = true;
      return reply;
    });
  });
  WriteFile("items.jsonl", {kRight});
  const Ran ran =
      Assay({"score", "items.jsonl", "--server", server.url(), "-o", "o"});
  EXPECT_EQ(ran.exit_code, 4);
  EXPECT_TRUE(Has(ran.err, "the server was lost")) << ran.err;
  EXPECT_EQ(FileCount(), 1u);
}

TEST_F(AssayTest, ALyingServerIsNotJudged) {
  FakeServer server([](const FakeRequest& request) {
    return ReadyAnd(request, [](const FakeRequest& score) {
      auto result = client::testing::Honest(score.items[0]);
      result.id = "another";
      return client::testing::Respond(200,
                                      protocol::ScoreResponseText({result}));
    });
  });
  WriteFile("items.jsonl", {kRight});
  const Ran ran = Assay({"score", "items.jsonl", "--server", server.url()});
  EXPECT_EQ(ran.exit_code, 5);
  EXPECT_TRUE(Has(ran.out, R"("status":"not_judged","reward":null)"));
  EXPECT_TRUE(Has(ran.err, "items.jsonl:1: not judged: math: bad_response"))
      << ran.err;
  // An invalid line wins.
  WriteFile("both.jsonl", {kRight, "{"});
  EXPECT_EQ(Assay({"score", "both.jsonl", "--server", server.url()}).exit_code,
            3);
}

TEST_F(AssayTest, CheckersOfAServer) {
  FakeServer server([](const FakeRequest&) {
    return client::testing::Respond(
        200, R"({"checkers":[{"name":"magic","summary":"Spells."}]})");
  });
  const Ran ran = Assay({"checkers", "--server", server.url()});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_TRUE(Has(ran.out, "magic        Spells.")) << ran.out;
}

}  // namespace
}  // namespace verifier::cli
