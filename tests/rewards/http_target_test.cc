// Where a server may be: what URLs and addresses are taken.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "rewards/http/remote_options.h"
#include "rewards/http/target.h"

namespace rewards::http {
namespace {

using testing::HasSubstr;

struct UrlRow {
  const char* name;
  std::string url;
  const char* problem;  // part of it; empty: good
};
void PrintTo(const UrlRow& row, std::ostream* os) { *os << row.name; }

class UrlTest : public testing::TestWithParam<UrlRow> {};

TEST_P(UrlTest, IsTakenOrRefused) {
  std::string problem;
  const auto target =
      ParseTarget(GetParam().url, {"rm.internal", "10.0.0.5"}, problem);
  EXPECT_EQ(target.has_value(), *GetParam().problem == '\0') << problem;
  EXPECT_THAT(problem, HasSubstr(GetParam().problem));
}

INSTANTIATE_TEST_SUITE_P(
    Table, UrlTest,
    testing::Values(
        UrlRow{"Loopback", "http://127.0.0.1:8801/a", ""},
        UrlRow{"LoopbackNet", "http://127.9.9.9/a", ""},
        UrlRow{"Localhost", "http://LOCALHOST:1", ""},
        UrlRow{"Loopback6", "http://[::1]:8801/a?b=c", ""},
        UrlRow{"AllowedName", "http://RM.internal/a", ""},
        UrlRow{"AllowedAddress", "http://10.0.0.5/a", ""},
        UrlRow{"MostBytes",
               "http://127.0.0.1/" + std::string(kMostUrlBytes - 17, 'a'), ""},
        UrlRow{"TooLong",
               "http://127.0.0.1/" + std::string(kMostUrlBytes - 16, 'a'),
               "longer than 2048"},
        UrlRow{"Metadata", "http://169.254.169.254/a", "neither loopback"},
        UrlRow{"OtherAddress", "http://10.0.0.6/a", "neither loopback"},
        UrlRow{"OtherName", "http://evil.internal/a", "neither loopback"},
        UrlRow{"Suffix", "http://a.rm.internal/a", "neither loopback"},
        UrlRow{"Decimal", "http://2130706433/a", "neither loopback"},
        UrlRow{"Short", "http://127.1/a", "neither loopback"},
        UrlRow{"Mapped", "http://[::ffff:127.0.0.1]/a", "neither loopback"},
        UrlRow{"Any", "http://0.0.0.0/a", "neither loopback"},
        UrlRow{"Https", "https://127.0.0.1/a", "must begin with http://"},
        UrlRow{"File", "file:///etc/passwd", "must be http://"},
        UrlRow{"NoScheme", "127.0.0.1:8801/a", "must be http://"},
        UrlRow{"Empty", "", "must be http://"},
        UrlRow{"NoHost", "http:///a", "must be http://"},
        UrlRow{"User", "http://me@127.0.0.1/a", "no user"},
        UrlRow{"UserTrick", "http://127.0.0.1@evil.internal/", "no user"},
        UrlRow{"Fragment", "http://127.0.0.1/#a", "no fragment"},
        UrlRow{"PortZero", "http://127.0.0.1:0/", "port must be"},
        UrlRow{"PortTooLarge", "http://127.0.0.1:65536/", "port must be"},
        UrlRow{"LineFeed", "http://127.0.0.1/\r\nX: y", "must be http://"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Target, HasWhatARequestNeeds) {
  std::string problem;
  const auto target = ParseTarget("http://[::1]:8801/a%20b?c=d", {}, problem);
  ASSERT_TRUE(target) << problem;
  EXPECT_EQ(target->host, "::1");
  EXPECT_EQ(target->port, "8801");
  EXPECT_EQ(target->authority, "[::1]:8801");
  EXPECT_EQ(target->path, "/a%20b?c=d");
  EXPECT_TRUE(target->loopback);
  const auto bare = ParseTarget("http://127.0.0.1", {}, problem);
  ASSERT_TRUE(bare) << problem;
  EXPECT_EQ(bare->port, "80");
  EXPECT_EQ(bare->path, "/");
}

// What a name is looked up as.
TEST(Target, MayBeAtNoAddressThatItIsNotMeantFor) {
  const auto at = [](bool loopback, const char* address) {
    Target target;
    target.loopback = loopback;
    return MayBeAt(target, boost::asio::ip::make_address(address));
  };
  EXPECT_TRUE(at(true, "127.0.0.1"));
  EXPECT_TRUE(at(true, "::1"));
  for (const char* other : {"10.0.0.5", "169.254.169.254", "0.0.0.0",
                            "::", "::ffff:127.0.0.1", "8.8.8.8"}) {
    EXPECT_FALSE(at(true, other)) << other;
  }
  EXPECT_TRUE(at(false, "10.0.0.5"));
  EXPECT_TRUE(at(false, "2001:db8::1"));
  for (const char* other : {"169.254.169.254", "0.0.0.0", "::", "224.0.0.1",
                            "ff02::1", "fe80::1", "::ffff:169.254.169.254"}) {
    EXPECT_FALSE(at(false, other)) << other;
  }
}

TEST(RemoteOptions, NamesTheFieldThatIsWrong) {
  const auto problem = [](void (*change)(RemoteOptions&), RemoteKind kind) {
    RemoteOptions options;
    options.kind = kind;
    options.url = "http://127.0.0.1:1/";
    options.model = "m";
    change(options);
    const std::string what = OptionsProblem(options);
    return what.substr(0, what.find(':'));
  };
  constexpr auto kHttp = RemoteKind::kHttp;
  constexpr auto kJudge = RemoteKind::kJudge;
  EXPECT_EQ(problem([](auto&) {}, kHttp), "");
  EXPECT_EQ(problem([](auto&) {}, kJudge), "");
  EXPECT_EQ(problem([](auto& o) { o.url = "x"; }, kHttp), "url");
  EXPECT_EQ(problem([](auto& o) { o.pool = 0; }, kHttp), "pool");
  EXPECT_EQ(problem([](auto& o) { o.pool = kMostConnections; }, kHttp), "");
  EXPECT_EQ(problem([](auto& o) { o.pool = kMostConnections + 1; }, kHttp),
            "pool");
  EXPECT_EQ(problem([](auto& o) { o.part = "some"; }, kHttp), "part");
  EXPECT_EQ(problem([](auto& o) { o.deadline = {}; }, kHttp), "deadline");
  EXPECT_EQ(problem([](auto& o) { o.connect_timeout = {}; }, kHttp),
            "connect_timeout");
  EXPECT_EQ(problem([](auto& o) { o.max_response_bytes = 0; }, kHttp),
            "max_response_bytes");
  EXPECT_EQ(problem([](auto& o) { o.model = ""; }, kJudge), "model");
  EXPECT_EQ(problem([](auto& o) { o.mode = "pair"; }, kJudge), "mode");
  EXPECT_EQ(problem([](auto& o) { o.max_tokens = 0; }, kJudge), "max_tokens");
}

}  // namespace
}  // namespace rewards::http
