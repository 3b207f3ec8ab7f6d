#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>

#include "verifier/server/framing.h"
#include "verifier/server/head_scanner.h"

namespace verifier::server {
namespace {

using std::string_literals::operator""s;

// Status of the refusal, 0 where the head is good, -1 where it is not complete.
int Status(const std::string& text, const ServerOptions& options,
           std::size_t split = 0) {
  HeadScanner scanner(options);
  for (const std::size_t size : {split, text.size()}) {
    if (const auto problem = scanner.Scan(text.substr(0, size))) {
      return problem->status;
    }
  }
  if (scanner.size() == 0) return -1;
  RequestHead head;
  const auto problem =
      ReadHead(std::string_view(text).substr(0, scanner.size()), options, head);
  return problem ? problem->status : 0;
}

std::string Get(const std::string& fields) {
  return "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

struct Row {
  std::string name;
  std::string text;
  int status;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.name;
}

class FramingTest : public ::testing::TestWithParam<Row> {};

TEST_P(FramingTest, HasTheStatusHoweverItWasSplit) {
  const ServerOptions options;
  const Row& row = GetParam();
  for (std::size_t split = 0; split <= row.text.size(); ++split) {
    EXPECT_EQ(Status(row.text, options, split), row.status) << split;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Rows, FramingTest,
    ::testing::Values(
        Row{"plain", Get(""), 0},
        Row{"version 1.0 needs no Host", "GET / HTTP/1.0\r\n\r\n", 0},
        Row{"empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 0},
        Row{"Host with port", "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", 0},
        Row{"tab around a value", Get("A:\tb\t\r\n"), 0},
        Row{"bytes over ASCII in a value", Get("A: \xc3\xa9\r\n"), 0},
        Row{"length", Get("Content-Length: 3\r\n"), 0},
        Row{"length with zeros", Get("Content-Length: 003\r\n"), 0},
        Row{"length at the limit", Get("Content-Length: 67108864\r\n"), 0},
        Row{"length over it", Get("Content-Length: 67108865\r\n"), 413},
        Row{"length of 2^64", Get("Content-Length: 18446744073709551616\r\n"),
            413},
        Row{"list of lengths", Get("Content-Length: 3, 3\r\n"), 400},
        Row{"two lengths", Get("Content-Length: 3\r\ncontent-length: 3\r\n"),
            400},
        Row{"signed length", Get("Content-Length: +3\r\n"), 400},
        Row{"length and junk", Get("Content-Length: 3x\r\n"), 400},
        Row{"vertical tab in a length", Get("Content-Length: \v3\r\n"), 400},
        Row{"any coding", Get("transfer-ENCODING: gzip\r\n"), 411},
        Row{"coding before the length",
            Get("Transfer-Encoding: x\r\nContent-Length: 3\r\n"), 411},
        Row{"no Host", "GET / HTTP/1.1\r\nA: b\r\n\r\n", 400},
        Row{"two Hosts", Get("host: b\r\n"), 400},
        Row{"two Hosts in 1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n",
            400},
        Row{"user in Host", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400},
        Row{"folded", Get("A: b\r\n\tc\r\n"), 400},
        Row{"folded to nothing", Get("A: b\r\n \r\n"), 400},
        Row{"bare LF", Get("A: b\nC: d\r\n"), 400},
        Row{"bare CR", Get("A: b\rC: d\r\n"), 400},
        Row{"CR twice", Get("A: b\r\r\n"), 400},
        Row{"NUL", Get("A: \0\r\n"s), 400}, Row{"DEL", Get("A: \x7f\r\n"), 400},
        Row{"space before the colon", Get("A : b\r\n"), 400},
        Row{"no colon", Get("A\r\n"), 400}, Row{"no name", Get(": b\r\n"), 400},
        Row{"bracket in a name", Get("A(: b\r\n"), 400},
        Row{"no version", "GET /\r\nHost: a\r\n\r\n", 400},
        Row{"version 1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505},
        Row{"version 2.0", "PRI * HTTP/2.0\r\n\r\n", 505},
        Row{"version 1.10", "GET / HTTP/1.10\r\nHost: a\r\n\r\n", 400},
        Row{"small letters", "GET / http/1.1\r\nHost: a\r\n\r\n", 400},
        Row{"no target", "GET  HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Row{"space in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Row{"absolute", "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Row{"empty line first", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Row{"Expect", Get("Expect: 100-Continue\r\n"), 0},
        Row{"Expect else", Get("Expect: soup\r\n"), 417},
        Row{"cut short", "GET / HTTP/1.1\r\nHost: a\r\n", -1}));

struct LimitRow {
  std::string name;
  std::string at;
  std::string over;
  int status;
};

std::ostream& operator<<(std::ostream& out, const LimitRow& row) {
  return out << row.name;
}

class HeadLimitTest : public ::testing::TestWithParam<LimitRow> {};

TEST_P(HeadLimitTest, HoldsAtTheLimitAndNotOnePast) {
  const ServerOptions options;
  const LimitRow& row = GetParam();
  EXPECT_EQ(Status(row.at, options), 0);
  EXPECT_EQ(Status(row.over, options), row.status);
}

std::string Fields(std::size_t count) {
  std::string fields;
  for (std::size_t i = 0; i < count; ++i) fields += "A: b\r\n";
  return fields;
}

std::string Target(std::size_t bytes) {
  return "GET /" + std::string(bytes - 1, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n";
}

std::string Head(std::size_t bytes) {
  const std::size_t rest = Get("A: \r\n").size();
  return Get("A: " + std::string(bytes - rest, 'x') + "\r\n");
}

INSTANTIATE_TEST_SUITE_P(
    Rows, HeadLimitTest,
    ::testing::Values(
        LimitRow{"header_fields", Get(Fields(99)), Get(Fields(100)), 431},
        LimitRow{"uri_bytes", Target(4'096), Target(4'097), 414},
        LimitRow{"header_bytes", Head(8'192), Head(8'193), 431},
        LimitRow{"method", std::string(32, 'X') + Get("").substr(3),
                 std::string(33, 'X') + Get("").substr(3), 400}));

TEST(FramingTest, HeadOverItsLimitIsRefusedBeforeItEnds) {
  const ServerOptions options;
  EXPECT_EQ(Status(Head(20'000).substr(0, 8'193), options), 431);
  EXPECT_EQ(Status("GET /" + std::string(8'192, 'x'), options), 414);
}

TEST(FramingTest, ReadsWhatTheHeadSays) {
  const ServerOptions options;
  const std::string text =
      "POST /v1/score HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n"
      "Expect: 100-continue\r\nConnection: close\r\n\r\n";
  RequestHead head;
  ASSERT_FALSE(ReadHead(text, options, head).has_value());
  EXPECT_EQ(head.content_length, 12u);
  EXPECT_TRUE(head.expects_continue);
  EXPECT_FALSE(head.keep_alive);
  EXPECT_EQ(head.fields.target(), "/v1/score");
}

}  // namespace
}  // namespace verifier::server
