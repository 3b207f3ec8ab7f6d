// Tests verifier/cli/units.h.

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "verifier/cli/units.h"

namespace verifier::cli {
namespace {

struct UnitCase {
  std::string_view text;
  std::int64_t want;      // -1: an error
  std::string_view says;  // part of the error
};

TEST(Units, DurationsAtTheEdges) {
  const UnitCase cases[] = {
      {"0s", 0, ""},
      {"1us", 1, ""},
      {"250ms", 250'000, ""},
      {"4s", 4'000'000, ""},
      {"10m", 600'000'000, ""},
      {"1000h", 3'600'000'000'000, ""},
      {"1001h", -1, "too large"},
      {"99999999999999999999s", -1, "too large"},
      {"9223372036854775807h", -1, "too large"},
      {"4", -1, "4s or 4ms?"},
      {"", -1, "not a whole number"},
      {"s", -1, "not a whole number"},
      {"-1s", -1, "not a whole number"},
      {"-0s", -1, "not a whole number"},
      {"+1s", -1, "not a whole number"},
      {"1.5s", -1, "unknown unit"},
      {"4 s", -1, "unknown unit"},
      {"4S", -1, "unknown unit"},
      {"4sec", -1, "unknown unit"},
  };
  for (const UnitCase& c : cases) {
    const auto got = ParseDuration(c.text);
    ASSERT_EQ(got.has_value(), c.want >= 0) << c.text;
    if (got) {
      EXPECT_EQ(got->count(), c.want) << c.text;
    } else {
      EXPECT_NE(got.error().detail.find(c.says), std::string::npos)
          << got.error().detail;
    }
  }
}

TEST(Units, SizesAtTheEdges) {
  const UnitCase cases[] = {
      {"0B", 0, ""},
      {"1B", 1, ""},
      {"64K", 65'536, ""},
      {"256M", 268'435'456, ""},
      {"1G", 1'073'741'824, ""},
      {"1024T", std::int64_t{1} << 50, ""},
      {"1025T", -1, "too large"},
      {"9223372036854775807T", -1, "too large"},
      {"256", -1, "256M or 256K?"},
      {"256MB", -1, "unknown unit"},
      {"256m", -1, "unknown unit"},
      {"-1M", -1, "not a whole number"},
      {"M", -1, "not a whole number"},
  };
  for (const UnitCase& c : cases) {
    const auto got = ParseBytes(c.text);
    ASSERT_EQ(got.has_value(), c.want >= 0) << c.text;
    if (got) {
      EXPECT_EQ(*got, c.want) << c.text;
    } else {
      EXPECT_NE(got.error().detail.find(c.says), std::string::npos)
          << got.error().detail;
    }
  }
}

}  // namespace
}  // namespace verifier::cli
