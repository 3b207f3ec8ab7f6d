// Tests verifier/cli/result_writer.h.

#include <gtest/gtest.h>

#include <cerrno>
#include <string>

#include "tests/verifier/cli_result.h"
#include "tests/verifier/scratch.h"
#include "verifier/cli/result_writer.h"

namespace verifier::cli {
namespace {

using testing::Result;
using verifier::testing::Scratch;

TEST(ResultWriterTest, TheFileAppearsOnlyWhenItIsWhole) {
  const Scratch scratch;
  const std::string path = scratch.Write("out.jsonl", "old");
  {
    ResultWriter writer(path);
    ASSERT_EQ(writer.error(), 0);
    EXPECT_TRUE(writer.Write(Result("a", "correct", 1.0)));
    EXPECT_TRUE(writer.Flush());
    EXPECT_EQ(scratch.Read("out.jsonl"), "old");
  }
  EXPECT_EQ(scratch.Read("out.jsonl"), "old");
  EXPECT_EQ(scratch.Count(), 1u);
  {
    ResultWriter writer(path);
    EXPECT_TRUE(writer.Write(Result("a", "correct", 1.0)));
    EXPECT_TRUE(writer.Commit());
  }
  EXPECT_EQ(scratch.Read("out.jsonl").substr(0, 9), "{\"id\":\"a\"");
  EXPECT_EQ(scratch.Count(), 1u);
}

TEST(ResultWriterTest, SaysWhyItCannotWrite) {
  const Scratch scratch;
  EXPECT_EQ(ResultWriter(scratch.Path("no/such/folder")).error(), ENOENT);
  ResultWriter full("/dev/full");
  EXPECT_TRUE(full.Write(Result("a", "correct", 1.0)));
  EXPECT_FALSE(full.Commit());
  EXPECT_EQ(full.error(), ENOSPC);
}

}  // namespace
}  // namespace verifier::cli
