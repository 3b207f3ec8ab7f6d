#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <random>

#include "tests/trainer/checkpoint_faults.h"
#include "trainer/checkpoint/files.h"
#include "trainer/checkpoint/safetensors.h"

namespace trainer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// A file of a header and `data` bytes of zeros.
Bytes FileOf(std::string_view header, std::size_t data) {
  const std::uint64_t length = header.size();
  const auto first = std::as_bytes(std::span(&length, 1));
  const auto second = AsBytes(header);
  Bytes bytes(first.begin(), first.end());
  bytes.insert(bytes.end(), second.begin(), second.end());
  bytes.resize(bytes.size() + data);
  return bytes;
}

std::string ErrorOf(Bytes bytes, const SafetensorsLimits& limits = {}) {
  const auto file = ParseSafetensors(std::move(bytes), "f", limits);
  return file ? "none" : file.error().ToString();
}

// {"a":{...}} with one tensor.
std::string One(std::string_view dtype, std::string_view shape,
                std::string_view offsets) {
  return "{\"a\":{\"dtype\":\"" + std::string(dtype) +
         "\",\"shape\":" + std::string(shape) +
         ",\"data_offsets\":" + std::string(offsets) + "}}";
}

struct BadFile {
  const char* name;
  std::string header;
  std::size_t data;
  const char* want;
};

std::vector<BadFile> BadFiles() {
  const std::string tensor =
      "{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":";
  const auto two = [&](const char* one, const char* other) {
    return "{\"a\":" + tensor + one + "},\"b\":" + tensor + other + "}}";
  };
  return {
      {"no header", "", 0, "must begin with '{'"},
      {"a space first", " {}", 0, "must begin with '{'"},
      {"an array", "[]", 0, "must begin with '{'"},
      {"cut JSON", "{\"a\":", 0, "not valid JSON"},
      {"text after it", "{}x", 0, "not valid JSON at byte 10"},
      {"not UTF-8", "{\"\xff\":1}", 0, "not valid JSON"},
      {"equal names", "{\"a\":" + tensor + "[0,2]},\"a\":" + tensor + "[0,2]}}",
       2, "duplicate key"},
      {"equal keys",
       "{\"a\":{\"dtype\":\"U8\",\"dtype\":\"U8\",\"shape\":[],"
       "\"data_offsets\":[0,1]}}",
       1, "duplicate key"},
      {"no object", "{\"a\":1}", 0, "\"a\": must be an object"},
      {"no dtype", "{\"a\":{\"shape\":[],\"data_offsets\":[0,1]}}", 1,
       "\"dtype\" must be a string"},
      {"no shape", "{\"a\":{\"dtype\":\"U8\",\"data_offsets\":[0,1]}}", 1,
       "\"shape\" must be an array"},
      {"no offsets", "{\"a\":{\"dtype\":\"U8\",\"shape\":[]}}", 1,
       "must be two integers"},
      {"another key",
       "{\"a\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[0,1],\"x\":1}}",
       1, "unknown key \"x\""},
      {"dtype unknown", One("F8_E4M3", "[1]", "[0,1]"), 1,
       "\"F8_E4M3\" is not supported"},
      {"dtype lower case", One("f32", "[1]", "[0,4]"), 4, "not supported"},
      {"shape negative", One("U8", "[-1]", "[0,1]"), 1, "integers from 0"},
      {"shape of a fraction", One("U8", "[1.0]", "[0,1]"), 1,
       "integers from 0"},
      {"shape of 2^63", One("U8", "[9223372036854775808]", "[0,1]"), 1,
       "integers from 0"},
      {"shape overflows", One("F32", "[4611686018427387904]", "[0,4]"), 4,
       "overflows"},
      {"product overflows",
       One("U8", "[4294967296,4294967296,4294967296]", "[0,4]"), 4,
       "overflows"},
      {"overflows before a 0", One("U8", "[9223372036854775807,2,0]", "[0,0]"),
       0, "overflows"},
      {"shape too small", One("F32", "[2]", "[0,4]"), 4, "takes 8 bytes"},
      {"shape too large", One("F32", "[1]", "[0,8]"), 8, "takes 4 bytes"},
      {"one offset", One("U8", "[1]", "[0]"), 1, "must be two integers"},
      {"offsets reversed", One("U8", "[0]", "[1,0]"), 1, "lie outside"},
      {"offset negative", One("U8", "[1]", "[-1,0]"), 1, "lie outside"},
      {"offset past the end", One("U8", "[2]", "[0,2]"), 1, "lie outside"},
      {"a hole first", One("U8", "[1]", "[1,2]"), 2, "a hole of 1 bytes"},
      {"a hole between", two("[0,2]", "[3,5]"), 5, "a hole of 1 bytes"},
      {"overlap by one", two("[0,2]", "[1,3]"), 3, "overlaps"},
      {"the same bytes", two("[0,2]", "[0,2]"), 2, "overlaps"},
      {"bytes after the last", One("U8", "[1]", "[0,1]"), 2,
       "1 bytes after the last tensor"},
      {"bytes, no tensor", "{}", 1, "1 bytes after the last tensor"},
      {"metadata no object", "{\"__metadata__\":[]}", 0, "must be an object"},
      {"metadata no string", "{\"__metadata__\":{\"a\":1}}", 0,
       "\"a\" must be a string"},
  };
}

TEST(Safetensors, RefusesWhatBreaksARule) {
  for (const BadFile& row : BadFiles()) {
    EXPECT_THAT(ErrorOf(FileOf(row.header, row.data)), HasSubstr(row.want))
        << row.name;
  }
}

TEST(Safetensors, AcceptsWhatKeepsThem) {
  struct Row {
    const char* name;
    std::string header;
    std::size_t data;
  };
  for (const Row& row : std::vector<Row>{
           {"nothing", "{}", 0},
           {"spaces", "{}      ", 0},
           {"metadata", "{\"__metadata__\":{\"format\":\"pt\"}}", 0},
           {"one value", One("F64", "[]", "[0,8]"), 8},
           {"no value", One("F32", "[0,7]", "[0,0]"), 0},
           {"a 0 and a large one",
            One("U8", "[0,9223372036854775807]", "[0,0]"), 0},
           {"an empty one between",
            "{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},"
            "\"b\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[2,2]},"
            "\"c\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[2,3]}}",
            3},
       }) {
    EXPECT_EQ(ErrorOf(FileOf(row.header, row.data)), "none") << row.name;
  }
}

TEST(Safetensors, EveryCutIsSeen) {
  Bytes bytes = FilesOf(3).front().bytes;
  EXPECT_EQ(ErrorOf(bytes), "none");
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const Bytes cut(bytes.begin(),
                    bytes.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_NE(ErrorOf(cut), "none") << size;
  }
  bytes.push_back(std::byte{0});
  EXPECT_THAT(ErrorOf(bytes), HasSubstr("1 bytes after the last tensor"));
}

TEST(Safetensors, LimitsAndOnePast) {
  const auto tensors = [](int count) {
    std::string header = "{";
    for (int i = 0; i < count; ++i) {
      header += (i ? ",\"" : "\"") + std::to_string(i) +
                "\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}";
    }
    return header + "}";
  };
  SafetensorsLimits limits;
  limits.tensors = 5;
  EXPECT_EQ(ErrorOf(FileOf(tensors(5), 0), limits), "none");
  EXPECT_NE(ErrorOf(FileOf(tensors(6), 0), limits), "none");
  EXPECT_NE(ErrorOf(FileOf(tensors(7), 0), limits), "none");
  limits.dimensions = 2;
  EXPECT_EQ(ErrorOf(FileOf(One("U8", "[1,1]", "[0,1]"), 1), limits), "none");
  EXPECT_THAT(ErrorOf(FileOf(One("U8", "[1,1,1]", "[0,1]"), 1), limits),
              HasSubstr("3 dimensions, over the limit of 2"));
  limits.header_bytes = 10;
  EXPECT_EQ(ErrorOf(FileOf("{}        ", 0), limits), "none");
  EXPECT_THAT(ErrorOf(FileOf("{}         ", 0), limits),
              HasSubstr("a header of 11 bytes, over the limit of 10"));
}

TEST(Safetensors, ALengthThatLies) {
  for (const std::uint64_t length :
       {std::uint64_t{1}, std::uint64_t{100'000'000},
        std::uint64_t{100'000'001}, UINT64_MAX, UINT64_MAX - 7}) {
    const auto bytes = std::as_bytes(std::span(&length, 1));
    EXPECT_THAT(ErrorOf({bytes.begin(), bytes.end()}),
                HasSubstr(length > 100'000'000 ? "over the limit of 100000000"
                                               : "is cut off in its header"));
  }
}

TEST(Safetensors, WritesTheSameBytesForAnyOrder) {
  const Bytes data(64);
  std::vector<TensorBlob> tensors{
      {"b", Dtype::kU8, {3}, std::span(data).first(3)},
      {"a", Dtype::kBF16, {2, 1}, std::span(data).first(4)},
      {"d", Dtype::kI64, {}, std::span(data).first(8)},
      {"c", Dtype::kF32, {0}, {}},
  };
  const SafetensorsMetadata metadata{{"format", "pt"}, {"a\"\n", "\xc3\xa9"}};
  const Bytes first = *SafetensorsBytes(tensors, metadata);
  std::sort(
      tensors.begin(), tensors.end(),
      [](const auto& one, const auto& other) { return one.name < other.name; });
  EXPECT_EQ(*SafetensorsBytes(tensors, metadata), first);
  std::uint64_t length = 0;
  std::memcpy(&length, first.data(), sizeof(length));
  EXPECT_EQ(length % 8, 0u);
  std::string header(AsText(std::span(first).subspan(8, length)));
  header.erase(header.find_last_not_of(' ') + 1);
  EXPECT_EQ(
      header,
      "{\"__metadata__\":{\"a\\\"\\n\":\"\xc3\xa9\",\"format\":\"pt\"},"
      "\"a\":{\"dtype\":\"BF16\",\"shape\":[2,1],\"data_offsets\":[8,12]},"
      "\"b\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[12,15]},"
      "\"c\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[8,8]},"
      "\"d\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]}}");
}

TEST(Safetensors, ReadsBackWhatItWrote) {
  std::mt19937_64 random(7);
  const TestFolder folder;
  for (int round = 0; round < 100; ++round) {
    std::vector<Bytes> data;
    std::vector<TensorBlob> tensors;
    for (std::uint64_t i = random() % 6; i > 0; --i) {
      const auto dtype = static_cast<Dtype>(random() % 7);
      std::vector<std::int64_t> shape;
      std::size_t size = DtypeBytes(dtype);
      for (std::uint64_t d = random() % 4; d > 0; --d) {
        shape.push_back(static_cast<std::int64_t>(random() % 4));
        size *= static_cast<std::size_t>(shape.back());
      }
      data.emplace_back(size);
      for (std::byte& byte : data.back()) byte = std::byte(random() & 255);
      tensors.push_back(
          {"t" + std::to_string(i), dtype, std::move(shape), data.back()});
    }
    const std::string path = folder.Path("f");
    ASSERT_TRUE(WriteSafetensors(tensors, {{"r", "1"}}, path));
    const auto file = ReadSafetensors(path);
    ASSERT_TRUE(file) << file.error().ToString();
    EXPECT_EQ(file->metadata(), (SafetensorsMetadata{{"r", "1"}}));
    ASSERT_EQ(file->tensors().size(), tensors.size());
    for (const TensorBlob& tensor : tensors) {
      const TensorBlob* found = file->Find(tensor.name);
      ASSERT_NE(found, nullptr);
      EXPECT_EQ(found->dtype, tensor.dtype);
      EXPECT_EQ(found->shape, tensor.shape);
      EXPECT_TRUE(std::ranges::equal(found->bytes, tensor.bytes));
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(found->bytes.data()) %
                    DtypeBytes(found->dtype),
                0u);
    }
    EXPECT_EQ(file->Find("other"), nullptr);
  }
  EXPECT_THAT(Names(folder.Path("")), ElementsAre("f"));
}

TEST(Safetensors, RefusesToWriteWhatItWouldNotRead) {
  struct Row {
    const char* name;
    std::vector<TensorBlob> tensors;
    SafetensorsMetadata metadata;
    const char* want;
  };
  const Bytes data(8);
  const std::span<const std::byte> four = std::span(data).first(4);
  for (const Row& row : std::vector<Row>{
           {"twice",
            {{"a", Dtype::kF32, {1}, four}, {"a", Dtype::kU8, {0}, {}}},
            {},
            "is there twice"},
           {"size", {{"a", Dtype::kF32, {2}, four}}, {}, "do not fit"},
           {"negative", {{"a", Dtype::kF32, {-1}, {}}}, {}, "do not fit"},
           {"17 dimensions",
            {{"a", Dtype::kF32, std::vector<std::int64_t>(17, 1), four}},
            {},
            "more than 16 dimensions"},
           {"name", {{"__metadata__", Dtype::kF32, {1}, four}}, {}, "no name"},
           {"not UTF-8", {{"\xff", Dtype::kF32, {1}, four}}, {}, "no name"},
           {"metadata", {}, {{"a", "\xff"}}, "not UTF-8"},
       }) {
    const auto bytes = SafetensorsBytes(row.tensors, row.metadata);
    ASSERT_FALSE(bytes) << row.name;
    EXPECT_THAT(bytes.error().ToString(), HasSubstr(row.want)) << row.name;
  }
  const std::vector<TensorBlob> most{
      {"a", Dtype::kF32, std::vector<std::int64_t>(16, 1), four}};
  EXPECT_TRUE(SafetensorsBytes(most));
}

TEST(Safetensors, AFailedWriteLeavesTheOldFile) {
  const Bytes data(32);
  const std::vector<TensorBlob> old{
      {"old", Dtype::kU8, {1}, std::span(data).first(1)}};
  const std::vector<TensorBlob> tensors{{"new", Dtype::kF32, {8}, data}};
  for (const Fault fault :
       {Fault::kNoSpace, Fault::kShortWrite, Fault::kDead}) {
    std::size_t k = 0;
    for (bool done = false; !done; ++k) {
      const TestFolder folder;
      const std::string path = folder.Path("f");
      ASSERT_TRUE(WriteSafetensors(old, {}, path));
      FaultyFileSystem fs(fault, k);
      const auto written = WriteSafetensors(tensors, {}, path, fs);
      done = fs.operations() <= k;
      const auto file = ReadSafetensors(path);
      ASSERT_TRUE(file) << k << ": " << file.error().ToString();
      if (written) {
        EXPECT_NE(file->Find("new"), nullptr) << k;
      }
      if (done) {
        EXPECT_TRUE(written);
      }
    }
    EXPECT_GT(k, 8u);
  }
}

TEST(Safetensors, AMissingFileIsNamed) {
  const TestFolder folder;
  const auto file = ReadSafetensors(folder.Path("none.safetensors"));
  ASSERT_FALSE(file);
  EXPECT_THAT(file.error().ToString(),
              HasSubstr("none.safetensors: opening failed: No such file"));
}

}  // namespace
}  // namespace trainer
