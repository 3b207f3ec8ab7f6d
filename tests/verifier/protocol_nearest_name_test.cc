// Tests verifier/protocol/nearest_name.h.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "verifier/protocol/nearest_name.h"

namespace verifier::protocol {
namespace {

struct NameCase {
  std::string_view word;
  std::string_view want;
};

TEST(NearestNameTest, IsAThirdOfTheWordAwayAtMost) {
  constexpr std::string_view kNames[] = {"score", "run", "checkers",
                                         "check-answer"};
  const NameCase cases[] = {
      {"scoer", "score"},
      {"Score", "score"},
      {"checker", "checkers"},
      {"check-anwser", "check-answer"},
      {"rn", "run"},
      {"score", "score"},
      {"", ""},
      {"x", ""},  // one letter of three is kept: no
      {"sc", ""},
      {"serve", ""},
      {"train", ""},
  };
  for (const NameCase& c : cases) {
    EXPECT_EQ(NearestName(c.word, kNames), c.want) << c.word;
  }
  const std::string longest(64, 'a');
  const std::string longer(65, 'a');
  const std::string_view names[] = {longest, longer};
  EXPECT_EQ(NearestName(longest, names), longest);
  EXPECT_EQ(NearestName(longer, names), "");
}

}  // namespace
}  // namespace verifier::protocol
