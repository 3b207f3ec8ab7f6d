// Tests the built `assay` on a terminal.

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "tests/verifier/cli_assay.h"
#include "tests/verifier/client_fake_server.h"

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
using testing::kWrong;
using testing::Ran;

TEST_F(AssayTest, OnATerminalTheSummaryIsShownAndResultsGoBeside) {
  WriteFile("items.jsonl", {kRight, kWrong});
  const Ran ran = AssayOnTerminal({"score", "items.jsonl"});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_TRUE(Has(ran.out, "\x1b[1mchecker ")) << ran.out;
  EXPECT_TRUE(Has(ran.out, "math               2       1 (50.0 %)")) << ran.out;
  EXPECT_TRUE(Has(ran.out, "results: items.scored.jsonl")) << ran.out;
  EXPECT_FALSE(Has(ran.out, "\"reward\"")) << ran.out;
  EXPECT_EQ(Ids(Contents("items.scored.jsonl")),
            (std::vector<std::string>{"right", "wrong"}));
  const Ran plain =
      AssayOnTerminal({"score", "items.jsonl", "--color", "never"});
  EXPECT_FALSE(Has(plain.out, "\x1b[")) << plain.out;
}

TEST_F(AssayTest, ASlowRunShowsItsProgressOnATerminalOnly) {
  FakeServer server([](const FakeRequest& request) {
    return ReadyAnd(request, [](const FakeRequest& score) {
      FakeReply reply = RespondHonestly(score);
      reply.delay = std::chrono::milliseconds(1500);
      return reply;
    });
  });
  WriteFile("items.jsonl", {kRight, kWrong});
  const std::vector<std::string> arguments = {"score", "items.jsonl",
                                              "--server", server.url()};
  EXPECT_TRUE(Has(AssayOnTerminal(arguments).out, "items/s"));
  auto without = arguments;
  without.emplace_back("--no-progress");
  EXPECT_FALSE(Has(AssayOnTerminal(without).out, "items/s"));
  EXPECT_EQ(Assay(arguments).err, "");
}

TEST_F(AssayTest, ATerminalAsInputIsAUsageError) {
  const Ran ran = AssayOnTerminal({"score", "-"});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_TRUE(Has(ran.out, "Usage: assay score")) << ran.out;
}

}  // namespace
}  // namespace verifier::cli
