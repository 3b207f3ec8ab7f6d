// Every change to a checkpoint's folder is seen, named, and the older one used.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <functional>
#include <random>
#include <set>

#include "tests/trainer/checkpoint_faults.h"
#include "trainer/checkpoint/safetensors.h"
#include "trainer/checkpoint/store.h"

namespace trainer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kRun = "0123456789abcdef0123456789abcdef";

struct Mutation {
  std::string name;
  std::string file;  // that the reason must name
  std::function<void()> apply;
};

class CheckpointCorruption : public testing::Test {
 protected:
  void SetUp() override {
    Make(path_, kRun);
    Make(foreign_, "fedcba9876543210fedcba9876543210");
  }

  static void Make(const std::string& path, const std::string& run) {
    CheckpointStore store(path, run);
    for (const std::int64_t step : {10, 20}) {
      ASSERT_TRUE(store.Save(step, FilesOf(step), FieldsOf(step)));
    }
  }

  std::string Newest(const std::string& name) const {
    return path_ + "/step_000020/" + name;
  }
  std::string Older(const std::string& name) const {
    return path_ + "/step_000010/" + name;
  }

  // The step that loads, and why others do not.
  std::int64_t Load(std::vector<std::string>& rejected) const {
    CheckpointStore store(path_, kRun);
    const auto loaded = store.LoadNewest(&rejected);
    return loaded && *loaded ? (*loaded)->step : -1;
  }

  void Try(const Mutation& mutation) {
    SCOPED_TRACE(mutation.name);
    const std::string copy = folder_.Path("copy");
    std::filesystem::copy(path_, copy,
                          std::filesystem::copy_options::recursive);
    mutation.apply();
    std::vector<std::string> rejected;
    EXPECT_EQ(Load(rejected), 10);
    EXPECT_THAT(rejected, ElementsAre(AllOf(HasSubstr("step_000020"),
                                            HasSubstr(mutation.file + ": "))));
    std::filesystem::remove_all(path_);
    std::filesystem::rename(copy, path_);
    ++tried_;
  }

  void TryText(const std::string& name, const std::string& file,
               const std::string& text) {
    if (text == ReadText(Newest(file))) {
      ADD_FAILURE() << name << " changes nothing";
      return;
    }
    Try({name, file, [&] { WriteText(Newest(file), text); }});
  }

  TestFolder folder_;
  std::string path_ = folder_.Path("c");
  std::string foreign_ = folder_.Path("foreign");
  std::size_t tried_ = 0;
};

const std::vector<std::string>& AllFiles() {
  static const std::vector<std::string> files{
      "model.safetensors", "optimizer.safetensors", "rng.bin", "manifest.json"};
  return files;
}

// Where something begins or ends: 0, the header, each tensor, the end.
std::set<std::size_t> Edges(const std::string& file, const std::string& text) {
  std::set<std::size_t> edges{0, text.size()};
  if (!file.ends_with(".safetensors")) return edges;
  std::uint64_t header = 0;
  std::memcpy(&header, text.data(), sizeof(header));
  edges.insert({8, 8 + header});
  const auto bytes = std::as_bytes(std::span(text));
  const auto parsed = ParseSafetensors({bytes.begin(), bytes.end()});
  if (!parsed) return {};
  const std::byte* first = nullptr;
  for (const TensorBlob& tensor : parsed->tensors()) {
    if (first == nullptr || tensor.bytes.data() < first) {
      first = tensor.bytes.data();
    }
  }
  for (const TensorBlob& tensor : parsed->tensors()) {
    const auto begin = static_cast<std::size_t>(tensor.bytes.data() - first);
    edges.insert(8 + header + begin);
    edges.insert(8 + header + begin + tensor.bytes.size());
  }
  return edges;
}

TEST_F(CheckpointCorruption, IsAlwaysSeenAndNamed) {
  std::vector<std::string> rejected;
  ASSERT_EQ(Load(rejected), 20) << "the clean control";
  ASSERT_THAT(rejected, IsEmpty());
  std::mt19937_64 random(20261124);
  constexpr std::size_t kParts = 64;
  for (const std::string& file : AllFiles()) {
    const std::string text = ReadText(Newest(file));
    std::set<std::size_t> cuts;
    for (const std::size_t edge : Edges(file, text)) {
      cuts.insert({edge, edge + 1, edge == 0 ? 0 : edge - 1});
    }
    ASSERT_GE(cuts.size(), 4u);
    for (const std::size_t cut : cuts) {
      if (cut >= text.size()) continue;
      TryText(file + " cut at " + std::to_string(cut), file,
              text.substr(0, cut));
    }
    TryText(file + " one byte longer", file, text + '\0');
    for (std::size_t part = 0; part < kParts; ++part) {
      for (int again = 0; again < 2; ++again) {
        const std::size_t begin = text.size() * part / kParts;
        const std::size_t end = text.size() * (part + 1) / kParts;
        if (begin == end) continue;
        std::string flipped = text;
        const std::size_t at = begin + random() % (end - begin);
        flipped[at] = static_cast<char>(flipped[at] ^ (1 << (random() % 8)));
        TryText(file + " flipped at " + std::to_string(at), file, flipped);
      }
    }
    TryText(file + " of another step", file, ReadText(Older(file)));
    Try({file + " missing", file,
         [&] { std::filesystem::remove(Newest(file)); }});
    Try({file + " a folder", file, [&] {
           std::filesystem::remove(Newest(file));
           std::filesystem::create_directory(Newest(file));
         }});
    Try({file + " a link", file, [&] {
           WriteText(folder_.Path("elsewhere"), text);
           std::filesystem::remove(Newest(file));
           std::filesystem::create_symlink(folder_.Path("elsewhere"),
                                           Newest(file));
         }});
  }
  Try({"an extra file", "extra.bin",
       [&] { WriteText(Newest("extra.bin"), ""); }});
  Try({"a hidden file", ".x", [&] { WriteText(Newest(".x"), ""); }});
  TryText("the manifest of another run", "manifest.json",
          ReadText(foreign_ + "/step_000020/manifest.json"));
  Try({"the folder of another run", "manifest.json", [&] {
         std::filesystem::remove_all(path_ + "/step_000020");
         std::filesystem::rename(foreign_ + "/step_000020",
                                 path_ + "/step_000020");
       }});
  Try({"the folder of another step", "manifest.json", [&] {
         std::filesystem::remove_all(path_ + "/step_000020");
         std::filesystem::copy(path_ + "/step_000010", path_ + "/step_000020");
       }});
  Try({"a link to a folder", "step_000020", [&] {
         std::filesystem::rename(path_ + "/step_000020", folder_.Path("moved"));
         std::filesystem::create_symlink(folder_.Path("moved"),
                                         path_ + "/step_000020");
       }});
  EXPECT_GE(tried_, 450u);
  rejected.clear();
  EXPECT_EQ(Load(rejected), 20) << "the control after";
  RecordProperty("mutations", static_cast<int>(tried_));
}

TEST_F(CheckpointCorruption, WhenAllAreBrokenEachIsNamed) {
  for (const char* step : {"/step_000010", "/step_000020"}) {
    std::filesystem::remove(path_ + step + "/manifest.json");
  }
  std::vector<std::string> rejected;
  EXPECT_EQ(Load(rejected), -1);
  EXPECT_THAT(rejected,
              ElementsAre(HasSubstr("step_000020/manifest.json: is missing"),
                          HasSubstr("step_000010/manifest.json: is missing")));
}

TEST(Manifest, AValidTextWithOtherFieldsIsRefused) {
  const Manifest manifest{kRun, 5, {}, {{"cursor", 640}}};
  std::string text = *ManifestText(manifest);
  ASSERT_TRUE(ParseManifest(text, "m"));
  text.replace(text.find("640"), 3, "641");
  const auto parsed = ParseManifest(text, "m");
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().ToString(), "m: its own digest does not match");
}

}  // namespace
}  // namespace trainer
