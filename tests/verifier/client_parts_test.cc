// Tests the small parts of verifier/client: endpoint.h, retry.h, batches.h.

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/verifier/client_fake_server.h"
#include "verifier/client/batches.h"
#include "verifier/client/endpoint.h"
#include "verifier/client/retry.h"

namespace verifier::client {
namespace {

using namespace std::chrono_literals;

struct UrlCase {
  const char* name;
  std::string_view url;
  std::string_view host;  // empty: refused
  std::string_view port;
  std::string_view path;
  std::string_view says;  // a refusal's detail holds this
};

void PrintTo(const UrlCase& c, std::ostream* os) { *os << c.name; }

class EndpointUrl : public ::testing::TestWithParam<UrlCase> {};

TEST_P(EndpointUrl, IsReadOrRefused) {
  const UrlCase& c = GetParam();
  const auto endpoint = ParseEndpoint(c.url);
  ASSERT_EQ(endpoint.has_value(), !c.host.empty());
  if (!endpoint) {
    EXPECT_NE(endpoint.error().detail.find(c.says), std::string::npos)
        << endpoint.error().detail;
    return;
  }
  EXPECT_EQ(endpoint->host, c.host);
  EXPECT_EQ(endpoint->port, c.port);
  EXPECT_EQ(endpoint->path, c.path);
}

constexpr UrlCase kUrls[] = {
    {"Address", "http://127.0.0.1:8790", "127.0.0.1", "8790", "", ""},
    {"Slash", "http://127.0.0.1:8790/", "127.0.0.1", "8790", "", ""},
    {"NoPort", "http://scores.example", "scores.example", "80", "", ""},
    {"Prefix", "http://h:1/a/b/", "h", "1", "/a/b", ""},
    {"V6", "http://[::1]:65535", "::1", "65535", "", ""},
    {"NoScheme", "localhost:8790", "", "", "", "has no scheme"},
    {"Https", "https://h", "", "", "", "https"},
    {"Ftp", "ftp://h", "", "", "", "must begin with http://"},
    {"User", "http://me:secret@h", "", "", "", "nothing more"},
    {"Query", "http://h/?a=1", "", "", "", "nothing more"},
    {"NoHost", "http://:80", "", "", "", "host"},
    {"PortZero", "http://h:0", "", "", "", "port"},
    {"PortTooLarge", "http://h:65536", "", "", "", "port"},
    {"NotAUrl", "http://a b", "", "", "", "is not a URL"},
};

INSTANTIATE_TEST_SUITE_P(Endpoint, EndpointUrl, ::testing::ValuesIn(kUrls),
                         [](const auto& test) { return test.param.name; });

struct RetryAfterCase {
  std::string_view value;
  std::optional<std::chrono::seconds> want;
};

TEST(RetryAfter, OnlySecondsUpToADayAreRead) {
  const RetryAfterCase cases[] = {
      {"0", 0s},        {"7", 7s},           {"86400", 86400s},
      {"86401", {}},    {"-1", {}},          {"", {}},
      {"1.5", {}},      {"soon", {}},        {"99999999999999999999", {}},
      {"1 second", {}}, {"Wed, 21 Oct", {}},
  };
  for (const RetryAfterCase& c : cases) {
    EXPECT_EQ(ParseRetryAfter(c.value), c.want) << c.value;
  }
}

TEST(RetryDelay, DoublesWithJitterUpToTheMost) {
  ClientOptions options;
  options.backoff = 100ms;
  options.backoff_most = 350ms;
  Retry retry(options);
  const std::chrono::milliseconds most[] = {100ms, 200ms, 350ms, 350ms};
  for (unsigned failures = 1; failures <= 4; ++failures) {
    for (int draw = 0; draw < 100; ++draw) {
      const auto delay = retry.Delay(failures, std::nullopt);
      EXPECT_LE(delay, most[failures - 1]);
      EXPECT_GE(delay, most[failures - 1] / 2);
    }
  }
  EXPECT_GE(retry.Delay(1, 3s), 3s);
}

TEST(RetryTokens, RunOutAndAreEarned) {
  ClientOptions options;
  options.retry_tokens = 2.0;
  options.retry_earned = 0.5;
  Retry retry(options);
  EXPECT_TRUE(retry.TakeToken());
  EXPECT_TRUE(retry.TakeToken());
  EXPECT_FALSE(retry.TakeToken());
  retry.Earn();
  EXPECT_FALSE(retry.TakeToken());
  retry.Earn();
  EXPECT_TRUE(retry.TakeToken());
  for (int i = 0; i < 100; ++i) retry.Earn();
  EXPECT_EQ(retry.tokens(), 2.0);
}

Indices Iota(std::size_t count) {
  Indices indices(count);
  for (std::size_t i = 0; i < count; ++i) indices[i] = i;
  return indices;
}

TEST(Batches, HoldAtMostBatchItems) {
  ClientOptions options;
  options.batch_items = 3;
  const auto batches =
      SplitIntoBatches(testing::MathItems(7), Iota(7), options);
  EXPECT_EQ(batches, (std::vector<Indices>{{0, 1, 2}, {3, 4, 5}, {6}}));
  EXPECT_TRUE(SplitIntoBatches({}, {}, options).empty());
}

TEST(Batches, HoldAtMostBatchBytesUnlessOneItemIsLarger) {
  std::vector<protocol::Item> items = testing::MathItems(4);
  items[1].response = std::string(10'000, 'x');
  ClientOptions options;
  options.batch_bytes = WireBytes(items[2]) + WireBytes(items[3]);
  EXPECT_EQ(SplitIntoBatches(items, Iota(4), options),
            (std::vector<Indices>{{0}, {1}, {2, 3}}));
  --options.batch_bytes;
  EXPECT_EQ(SplitIntoBatches(items, Iota(4), options),
            (std::vector<Indices>{{0}, {1}, {2}, {3}}));
}

TEST(Batches, NeverHoldOneIdTwice) {
  std::vector<protocol::Item> items = testing::MathItems(4);
  items[2].id = items[0].id;
  EXPECT_EQ(SplitIntoBatches(items, Iota(4), ClientOptions{}),
            (std::vector<Indices>{{0, 1}, {2, 3}}));
}

TEST(Batches, TheBodyReadsBackAsTheItems) {
  const std::vector<protocol::Item> items = testing::MathItems(3);
  const auto read = protocol::ParseScoreRequest(RequestBody(items, {0, 2}));
  ASSERT_TRUE(read.has_value());
  ASSERT_EQ(read->size(), 2u);
  EXPECT_EQ((*read)[1].id, items[2].id);
  EXPECT_EQ((*read)[1].response, items[2].response);
  EXPECT_EQ((*read)[1].checks[0].params, items[2].checks[0].params);
}

}  // namespace
}  // namespace verifier::client
