// How the server ends.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/trainer/serve_fixture.h"

namespace trainer::serve {
namespace {

using boost::asio::ip::tcp;
using std::chrono::milliseconds;
using ::testing::StartsWith;

TEST_F(ServeTest, DrainAnswersWhatIsInFlight) {
  StartServer();
  reward_->gate.Close();
  tcp::socket idle = Connect();
  tcp::socket busy = Send(Post("/v1/reward/help", Reward("0"), false));
  reward_->gate.AwaitVisitor();
  std::thread opener([&] {
    std::this_thread::sleep_for(milliseconds(150));
    reward_->gate.Open();
  });
  EXPECT_TRUE(server_->Drain());
  opener.join();
  EXPECT_EQ(ReadAll(idle), "");
  EXPECT_THAT(ReadAll(busy), StartsWith("HTTP/1.1 200"));
  tcp::socket late(context_);
  boost::system::error_code error;
  EXPECT_TRUE(late.connect(server_->endpoint(), error));
}

TEST_F(ServeTest, DrainCutsWhatTakesTooLong) {
  options_.drain_timeout = milliseconds(200);
  StartServer();
  echo_->gate.Close();
  tcp::socket busy =
      Send(Post("/v1/completions", R"({"model":"echo","prompt":"abcdefgh"})"));
  echo_->gate.AwaitVisitor();
  tcp::socket waiting = Send(Post("/v1/reward/help", Reward("0")));
  // Nothing shows that it was read, and what was not gets no answer.
  std::this_thread::sleep_for(milliseconds(500));
  std::thread opener([&] {
    std::this_thread::sleep_for(milliseconds(500));
    echo_->gate.Open();
  });
  EXPECT_FALSE(server_->Drain());
  opener.join();
  EXPECT_THAT(ReadAll(busy), StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(ReadAll(waiting), StartsWith("HTTP/1.1 503"));
}

}  // namespace
}  // namespace trainer::serve
