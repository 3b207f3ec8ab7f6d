// The readers on small files of our own: fields, and errors that name the line.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "datasets/gsm8k.h"
#include "datasets/math.h"
#include "tests/datasets/scratch.h"

namespace datasets {
namespace {

using testing::HasSubstr;

TEST(Gsm8k, GoldFollowsTheLastMark) {
  const Scratch scratch;
  const auto problems = ReadGsm8k(scratch.Write(
      R"({"question": "How many?", "answer": "2 + 3 = 5 #### 1\n#### 2,125"})"
      "\n\n"
      R"({"question": "And?", "answer": "#### -7 "})"));
  ASSERT_TRUE(problems);
  ASSERT_EQ(problems->size(), 2U);
  EXPECT_EQ(problems->front().gold, "2,125");
  EXPECT_EQ(problems->front().question, "How many?");
  EXPECT_EQ(problems->front().source, "gsm8k");
  EXPECT_EQ(problems->back().gold, "-7");
  EXPECT_EQ(problems->back().id, "3");
}

TEST(Gsm8k, EmptyFileHasNoProblems) {
  const Scratch scratch;
  const auto problems = ReadGsm8k(scratch.Write(""));
  ASSERT_TRUE(problems);
  EXPECT_TRUE(problems->empty());
}

TEST(Math, AnswerBeforeTheBox) {
  const Scratch scratch;
  const auto problems = ReadMath(scratch.WriteGzip(
      R"({"problem": "p", "solution": "\\boxed{1}", "answer": "2", "level": 3,)"
      R"( "subject": "Algebra", "unique_id": "t/1"})"
      "\n"
      R"({"problem": "q", "solution": "\\boxed{1} \\boxed{\\frac{1}{2}}"})"));
  ASSERT_TRUE(problems);
  ASSERT_EQ(problems->size(), 2U);
  EXPECT_EQ(problems->front().gold, "2");
  EXPECT_EQ(problems->front().level, "3");
  EXPECT_EQ(problems->front().subject, "Algebra");
  EXPECT_EQ(problems->front().id, "t/1");
  EXPECT_EQ(problems->back().gold, "\\frac{1}{2}");
}

TEST(Math, ArrayOfObjects) {
  const Scratch scratch;
  const auto problems =
      ReadMath(scratch.Write("\n[\n {\"problem\": \"p\", \"answer\": \"0\", "
                             "\"type\": \"Algebra\"}\n]"));
  ASSERT_TRUE(problems);
  ASSERT_EQ(problems->size(), 1U);
  EXPECT_EQ(problems->front().gold, "0");
  EXPECT_EQ(problems->front().subject, "Algebra");
}

struct BadFile {
  const char* name;
  FileResult<std::vector<Problem>> (*read)(const std::string&);
  std::string_view text;
  std::string_view want;  // part of the error
};
void PrintTo(const BadFile& c, std::ostream* os) { *os << c.name; }

class BadFiles : public testing::TestWithParam<BadFile> {};

TEST_P(BadFiles, AreErrorsWithAPlace) {
  const Scratch scratch;
  const auto problems = GetParam().read(scratch.Write(GetParam().text));
  ASSERT_FALSE(problems);
  EXPECT_THAT(problems.error().ToString(), HasSubstr(GetParam().want));
}

constexpr BadFile kBadFiles[] = {
    {"NotJson", ReadGsm8k, "{\"question\": \"q\", \"answer\": \"#### 1\"}\n{",
     "file:2: not JSON"},
    {"NotAnObject", ReadGsm8k, "[]", "file:1: must be a JSON object"},
    {"NoQuestion", ReadGsm8k, R"({"answer": "#### 1"})",
     "file:1: \"question\" must be a string"},
    {"AnswerIsANumber", ReadGsm8k, R"({"question": "q", "answer": 1})",
     "file:1: \"answer\" must be a string"},
    {"NoMark", ReadGsm8k, R"({"question": "q", "answer": "5"})",
     "file:1: \"answer\" has no line"},
    {"NothingAfterTheMark", ReadGsm8k, R"({"question": "q", "answer": "####"})",
     "nothing after"},
    {"NoProblem", ReadMath, R"({"solution": "\\boxed{1}"})",
     "file:1: \"problem\" must be a string"},
    {"NoBox", ReadMath, R"({"problem": "p", "solution": "1"})",
     "file:1: no \"answer\""},
    {"OpenBox", ReadMath, R"({"problem": "p", "solution": "\\boxed{1"})",
     "file:1: no \"answer\""},
    {"ArrayOfNumbers", ReadMath, "[1]", "element 1: must be a JSON object"},
    {"ArrayCutOff", ReadMath, "[{\"problem\": \"p\", \"answer\": \"1\"}",
     "not JSON"},
    {"ArrayElement", ReadMath,
     "[{\"problem\": \"p\", \"answer\": \"1\"}, {\"problem\": \"p\"}]",
     "element 2: no \"answer\""},
};
INSTANTIATE_TEST_SUITE_P(Readers, BadFiles, testing::ValuesIn(kBadFiles),
                         [](const auto& test) { return test.param.name; });

TEST(Readers, NestingLimitAndOnePast) {
  const Scratch scratch;
  // The record itself is one level.
  const auto nested = [](int depth) {
    return R"({"question": "q", "answer": "#### 1", "x": )" +
           std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
  };
  EXPECT_TRUE(ReadGsm8k(scratch.Write(nested(32))));
  EXPECT_FALSE(ReadGsm8k(scratch.Write(nested(33))));
}

TEST(LastBoxed, MatchesBraces) {
  EXPECT_EQ(LastBoxed("\\boxed{1} then \\boxed{\\frac{1}{2}}."),
            "\\frac{1}{2}");
  EXPECT_EQ(LastBoxed("\\boxed{\\{1\\}}"), "\\{1\\}");
  EXPECT_EQ(LastBoxed("\\boxed 7."), "7");
  EXPECT_EQ(LastBoxed("\\boxed{1} \\fbox{2}"), "2");
  EXPECT_EQ(LastBoxed("\\boxed{1"), std::nullopt);
  EXPECT_EQ(LastBoxed("\\boxed"), std::nullopt);
  EXPECT_EQ(LastBoxed("none"), std::nullopt);
}

}  // namespace
}  // namespace datasets
