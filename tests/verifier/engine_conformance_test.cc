// Every checker of this build that needs no jail, through what a plugin must
// pass: it describes itself, refuses what it does not know, and judges odd
// responses alike whoever asks.

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "rewards/registry.h"
#include "verifier/engine/conformance.h"

namespace verifier::engine {
namespace {

TEST(BuiltInConformance, OfEveryChecker) {
  const rewards::Registry registry = rewards::BuiltInRegistry();
  std::set<std::string> tested;
  for (const auto& checker : registry.checkers()) {
    if (checker->runs_programs()) continue;
    tested.emplace(checker->name());
    EXPECT_TRUE(TestConformance(*checker, [&checker](const auto& check) {
      EXPECT_EQ(check.problem, "") << checker->name() << " " << check.name;
    })) << checker->name();
  }
  for (const char* name : {"length", "repetition", "tag_count", "json",
                           "ifeval", "pattern", "format"}) {
    EXPECT_TRUE(tested.contains(name)) << name;
  }
}

}  // namespace
}  // namespace verifier::engine
