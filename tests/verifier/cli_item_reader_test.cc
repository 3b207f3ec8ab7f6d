// Tests verifier/cli/item_reader.h.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/verifier/scratch.h"
#include "verifier/cli/item_reader.h"
#include "verifier/cli/terminal.h"
#include "verifier/protocol/score_request.h"

namespace verifier::cli {
namespace {

// Reads `text` with a reader whose lines may have `line_bytes` bytes.
std::vector<ItemLine> ReadItems(const std::string& text,
                                std::size_t line_bytes = 1 << 20) {
  const verifier::testing::Scratch scratch;
  const std::string path = scratch.Write("items", text);
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  ItemReader reader(fd, {}, line_bytes);
  std::vector<ItemLine> lines;
  while (true) {
    ItemLine line;
    const ItemReader::State state = reader.Next(line);
    if (state != ItemReader::State::kLine) {
      EXPECT_EQ(state, ItemReader::State::kEnd);
      break;
    }
    lines.push_back(std::move(line));
  }
  close(fd);
  return lines;
}

constexpr const char* kItem =
    R"({"id":"a","response":"","checks":[{"checker":"format"}]})";

TEST(ItemReaderTest, CountsEmptyLinesAndReadsTheLastWithoutItsEnd) {
  const std::string item = kItem;
  const auto lines = ReadItems(item + "\r\n\n  \t\r\n" + item);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].number, 1u);
  EXPECT_EQ(lines[0].bytes, item.size() + 2);
  EXPECT_FALSE(lines[0].item.error);
  EXPECT_EQ(lines[1].number, 4u);
  EXPECT_FALSE(lines[1].item.error);
  EXPECT_TRUE(ReadItems("").empty());
  EXPECT_TRUE(ReadItems("\n\n").empty());
}

TEST(ItemReaderTest, ALineAtTheLimitIsReadAndOneByteMoreIsNot) {
  const std::string item = kItem;
  const auto lines =
      ReadItems(item + "\n" + item + " \n" + item + "\n", item.size());
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_FALSE(lines[0].item.error);
  ASSERT_TRUE(lines[1].item.error);
  EXPECT_NE(lines[1].item.error->detail.find("line_bytes"), std::string::npos);
  EXPECT_FALSE(lines[2].item.error);
  EXPECT_EQ(lines[2].number, 3u);
}

TEST(ItemReaderTest, ALineFarOverTheLimitIsReadPast) {
  const std::string flood(3'000'000, 'x');
  const auto lines =
      ReadItems(flood + "\n" + kItem + "\n" + flood, /*line_bytes=*/1000);
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_NE(lines[0].item.error->detail.find("3000000 bytes"),
            std::string::npos);
  EXPECT_FALSE(lines[1].item.error);
  EXPECT_EQ(lines[2].number, 3u);
  EXPECT_TRUE(lines[2].item.error);
}

// An item with `depth` levels of nesting.
std::string Nested(int depth) {
  const auto n = static_cast<std::size_t>(depth - 3);  // item, checks, check
  return R"({"id":"a","response":"","checks":[{"checker":"x","p":)" +
         std::string(n, '[') + std::string(n, ']') + "}]}";
}

TEST(ItemReaderTest, NestsTwoLevelsLessThanARequest) {
  const auto lines = ReadItems(Nested(30) + "\n" + Nested(31) + "\n");
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_FALSE(lines[0].item.error);
  EXPECT_TRUE(lines[1].item.error);
  // The one that is read fits into a request.
  const std::string body = "{\"items\":[" + Nested(30) + "]}";
  EXPECT_TRUE(protocol::ParseScoreRequest(body).has_value());
}

TEST(ItemReaderTest, APipeWithHalfALineBlocks) {
  int fds[2];
  ASSERT_EQ(pipe(fds), 0);
  ItemReader reader(fds[0]);
  ItemLine line;
  EXPECT_EQ(reader.Next(line), ItemReader::State::kBlocked);
  const std::string_view item = kItem;
  ASSERT_EQ(WriteAll(fds[1], item.substr(0, 10)), 0);
  EXPECT_EQ(reader.Next(line), ItemReader::State::kBlocked);
  ASSERT_EQ(WriteAll(fds[1], item.substr(10)), 0);
  ASSERT_EQ(WriteAll(fds[1], "\n"), 0);
  ASSERT_EQ(reader.Next(line), ItemReader::State::kLine);
  EXPECT_EQ(line.item.id, "a");
  close(fds[1]);
  EXPECT_EQ(reader.Next(line), ItemReader::State::kEnd);
  close(fds[0]);
}

}  // namespace
}  // namespace verifier::cli
