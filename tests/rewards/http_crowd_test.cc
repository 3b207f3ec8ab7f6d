// HTTP checkers where one answer takes down the connection of the others.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "tests/rewards/http_served.h"

namespace rewards::http {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;

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

}  // namespace
}  // namespace rewards::http
