// Models that come late and change, and where a server listens.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "trainer/serve/lazy_model.h"
#include "trainer/serve/listen_address.h"

namespace trainer::serve {
namespace {

namespace fs = std::filesystem;

// A model of a string: its weights file as text.
class LazyModelTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "assay-XXXXXX").string();
    root_ = mkdtemp(name.data());
    folder_ = root_ / "model";
  }
  void TearDown() override { fs::remove_all(root_); }

  void Write(const std::string& text, int seconds) {
    fs::create_directories(folder_);
    const fs::path path = folder_ / "model.safetensors";
    std::ofstream(path, std::ios::binary) << text;
    fs::last_write_time(path,
                        fs::file_time_type(std::chrono::seconds(seconds)));
  }

  CheckpointResult<std::string> Read(const std::string& folder) {
    ++reads_;
    if (during_read_) during_read_();
    std::ifstream file(folder + "/model.safetensors", std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(file), {});
    if (text == "broken") return CheckpointError(folder, "is broken");
    return text;
  }

  fs::path root_;
  fs::path folder_;
  int reads_ = 0;
  std::function<void()> during_read_;
};

TEST_F(LazyModelTest, ComesLateAndIsReadAnewWhereItChanged) {
  LazyModel<std::string> model(
      folder_.string(), [this](const auto& folder) { return Read(folder); });
  EXPECT_EQ(model.Get().error().kind, BackendErrorKind::kAbsent);
  fs::create_directories(folder_);
  EXPECT_EQ(model.Get().error().kind, BackendErrorKind::kAbsent);
  EXPECT_EQ(reads_, 0);
  Write("one", 1);
  EXPECT_EQ(**model.Get(), "one");
  EXPECT_EQ(**model.Get(), "one");
  EXPECT_EQ(reads_, 1);
  Write("two", 2);  // as long, at another time
  EXPECT_EQ(**model.Get(), "two");
  Write("three", 2);  // longer, at the same time
  EXPECT_EQ(**model.Get(), "three");
  EXPECT_EQ(reads_, 3);
  fs::remove_all(folder_);
  EXPECT_EQ(model.Get().error().kind, BackendErrorKind::kAbsent);
}

TEST_F(LazyModelTest, ABrokenOneIsAnErrorUntilItIsReplaced) {
  LazyModel<std::string> model(
      folder_.string(), [this](const auto& folder) { return Read(folder); });
  Write("broken", 1);
  EXPECT_EQ(model.Get().error().kind, BackendErrorKind::kFailed);
  EXPECT_EQ(model.Get().error().detail, folder_.string() + ": is broken");
  Write("whole", 1);
  EXPECT_EQ(**model.Get(), "whole");
}

TEST_F(LazyModelTest, OneThatChangesWhileItIsReadIsNotServed) {
  LazyModel<std::string> model(
      folder_.string(), [this](const auto& folder) { return Read(folder); });
  Write("old", 1);
  during_read_ = [this] { Write("newer", 2); };
  EXPECT_EQ(model.Get().error().kind, BackendErrorKind::kAbsent);
  during_read_ = nullptr;
  EXPECT_EQ(**model.Get(), "newer");
}

TEST(ListenAddress, AddressesAndPorts) {
  const auto read = [](std::string_view text) {
    const auto address = ParseListenAddress(text);
    return address ? ToString(*address) : "none";
  };
  EXPECT_EQ(read("127.0.0.1:0"), "127.0.0.1:0");
  EXPECT_EQ(read("0.0.0.0:65535"), "0.0.0.0:65535");
  EXPECT_EQ(read("[::1]:80"), "[::1]:80");
  for (const char* bad :
       {"", "127.0.0.1", "127.0.0.1:", ":80", "127.0.0.1:65536", "localhost:80",
        "127.0.0.1:80x", "127.0.0.1:-1", "::1:80", "[127.0.0.1]:80"}) {
    EXPECT_EQ(read(bad), "none") << bad;
  }
}

}  // namespace
}  // namespace trainer::serve
