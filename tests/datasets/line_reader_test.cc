#include "datasets/line_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/datasets/scratch.h"

namespace datasets {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// All lines, or the error as the last element.
std::vector<std::string> Lines(const std::string& path,
                               std::size_t limit = kMaxLineBytes) {
  std::vector<std::string> lines;
  FileResult<LineReader> reader = LineReader::Open(path, limit);
  if (!reader) return {reader.error().ToString()};
  while (true) {
    const FileResult<bool> more = reader->Next();
    if (!more) {
      lines.push_back(more.error().ToString());
      return lines;
    }
    if (!*more) return lines;
    EXPECT_EQ(reader->number(), lines.size() + 1);
    lines.push_back(reader->line());
  }
}

TEST(LineReader, LastLineNeedsNoEnd) {
  const Scratch scratch;
  EXPECT_THAT(Lines(scratch.Write("a\n\nb")), ElementsAre("a", "", "b"));
  EXPECT_THAT(Lines(scratch.Write("a\r\nb\r\n")), ElementsAre("a", "b"));
}

TEST(LineReader, EmptyFileHasNoLines) {
  const Scratch scratch;
  EXPECT_THAT(Lines(scratch.Write("")), IsEmpty());
}

TEST(LineReader, LinesMayCrossTheBuffer) {
  const Scratch scratch;
  const std::string big(200'000, 'x');
  EXPECT_THAT(Lines(scratch.Write(big + "\n" + big)), ElementsAre(big, big));
  EXPECT_THAT(Lines(scratch.WriteGzip(big + "\n" + big)),
              ElementsAre(big, big));
}

TEST(LineReader, LimitAndOnePast) {
  const Scratch scratch;
  EXPECT_THAT(Lines(scratch.Write("ab\n123\n"), 3), ElementsAre("ab", "123"));
  const auto past = Lines(scratch.Write("ab\n1234\n"), 3);
  EXPECT_THAT(past, ElementsAre("ab", HasSubstr("file:2: a line longer than "
                                                "the limit of 3 bytes")));
}

TEST(LineReader, WhatIsNoFileIsAnError) {
  const Scratch scratch;
  EXPECT_THAT(Lines(scratch.Path("none")),
              ElementsAre(HasSubstr("none: No such file")));
  EXPECT_THAT(Lines(scratch.Path("")),
              ElementsAre(HasSubstr("not a regular file")));
}

TEST(LineReader, TruncatedGzipIsAnError) {
  const Scratch scratch;
  std::string text;
  for (int i = 0; i < 2000; ++i) text += std::to_string(i * 7919) + "\n";
  const auto lines = Lines(scratch.WriteGzip(text, 1500));
  ASSERT_FALSE(lines.empty());
  EXPECT_THAT(lines.back(), HasSubstr("cannot be read"));
}

}  // namespace
}  // namespace datasets
