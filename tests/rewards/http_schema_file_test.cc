// HTTP checkers whose parameters a schema file describes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "tests/rewards/http_served.h"

namespace rewards::http {
namespace {

using testing::HasSubstr;

class SchemaFile {
 public:
  explicit SchemaFile(const std::string& text)
      : path_(testing::TempDir() + "schema-" + std::to_string(getpid()) +
              ".json") {
    std::ofstream(path_) << text;
  }
  ~SchemaFile() { unlink(path_.c_str()); }
  SchemaFile(const SchemaFile&) = delete;
  SchemaFile& operator=(const SchemaFile&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

TEST(HttpChecker, ASchemaFileHoldsTheParameters) {
  const SchemaFile file(
      R"({"type": "object", "properties": {"k": {"type": "integer"}},
          "required": ["k"]})");
  RemoteOptions options = OptionsFor("http://127.0.0.1:1/");
  std::string problem;
  const auto free = MakeHttpChecker(options, plugin::StrictReader(), problem);
  EXPECT_TRUE(free->Prepare({{"anything", {{"deep", 1}}}}));
  options.schema_file = file.path();
  const auto held = MakeHttpChecker(options, plugin::StrictReader(), problem);
  ASSERT_NE(held, nullptr) << problem;
  EXPECT_TRUE(held->Prepare({{"k", 1}}));
  EXPECT_EQ(held->Prepare({{"k", "1"}}).error().pointer, "/k");
  EXPECT_EQ(held->Prepare({{"k", 1}, {"l", 1}}).error().pointer, "/l");
  EXPECT_EQ(held->Prepare({}).error().pointer, "/k");
}

TEST(HttpChecker, ABadSchemaFileIsNamed) {
  for (const char* text : {"", "[]", "{", R"({"type": "string"})"}) {
    const SchemaFile file(text);
    RemoteOptions options = OptionsFor("http://127.0.0.1:1/");
    options.schema_file = file.path();
    std::string problem;
    EXPECT_EQ(MakeHttpChecker(options, plugin::StrictReader(), problem),
              nullptr);
    EXPECT_THAT(problem, HasSubstr(file.path()));
  }
  RemoteOptions options = OptionsFor("http://127.0.0.1:1/");
  options.schema_file = "/nonexistent/schema.json";
  std::string problem;
  EXPECT_EQ(MakeHttpChecker(options, plugin::StrictReader(), problem), nullptr);
  EXPECT_THAT(problem, HasSubstr("cannot read /nonexistent/schema.json"));
}

}  // namespace
}  // namespace rewards::http
