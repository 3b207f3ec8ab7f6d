// Scratch: a folder for the files of one test, gone with it.

#ifndef TESTS_VERIFIER_SCRATCH_H_
#define TESTS_VERIFIER_SCRATCH_H_

#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>

namespace verifier::testing {

class Scratch {
 public:
  Scratch() {
    std::string name = ::testing::TempDir() + "assay-test-XXXXXX";
    folder_ = mkdtemp(name.data());
  }
  ~Scratch() { std::filesystem::remove_all(folder_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  [[nodiscard]] const std::string& folder() const { return folder_; }

  [[nodiscard]] std::string Path(std::string_view name) const {
    return folder_ + "/" + std::string(name);
  }

  std::string Write(std::string_view name, std::string_view text) const {
    std::ofstream(Path(name), std::ios::binary) << text;
    return Path(name);
  }

  [[nodiscard]] std::string Read(std::string_view name) const {
    std::ostringstream text;
    text << std::ifstream(Path(name), std::ios::binary).rdbuf();
    return text.str();
  }

  // How many files and folders are in it.
  [[nodiscard]] std::size_t Count() const {
    const std::filesystem::directory_iterator files(folder_);
    return static_cast<std::size_t>(std::distance(begin(files), end(files)));
  }

 private:
  std::string folder_;
};

}  // namespace verifier::testing

#endif  // TESTS_VERIFIER_SCRATCH_H_
