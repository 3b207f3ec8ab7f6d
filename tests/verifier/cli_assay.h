// AssayTest: a test of the built `assay`, in a folder of its own; items that it
// scores, and what to look for in what it says.

#ifndef TESTS_VERIFIER_CLI_ASSAY_H_
#define TESTS_VERIFIER_CLI_ASSAY_H_

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <cstddef>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/verifier/cli_process.h"
#include "tests/verifier/scratch.h"

namespace verifier::cli::testing {

inline constexpr const char* kRight =
    R"({"id":"right","response":"\\boxed{42}","checks":[{"checker":"math","gold":"42"}]})";
inline constexpr const char* kWrong =
    R"({"id":"wrong","response":"\\boxed{41}","checks":[{"checker":"math","gold":"42"}]})";
inline constexpr const char* kInvalid =
    R"({"id":"invalid","response":"","checks":[{"checker":"nothing"}]})";

// Commands that run in a folder of their own.
class AssayTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::string Path(std::string_view name) const {
    return scratch_.Path(name);
  }

  std::string WriteFile(std::string_view name,
                        const std::vector<std::string>& lines) const {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return scratch_.Write(name, text);
  }

  [[nodiscard]] std::string Contents(std::string_view name) const {
    return scratch_.Read(name);
  }

  [[nodiscard]] std::size_t FileCount() const { return scratch_.Count(); }

  [[nodiscard]] Ran Assay(std::vector<std::string> arguments,
                          RunOptions options = {}) const {
    arguments.insert(arguments.begin(), ASSAY_BINARY);
    options.directory = scratch_.folder();
    return testing::Run(arguments, options);
  }

  [[nodiscard]] Ran AssayOnTerminal(std::vector<std::string> arguments,
                                    RunOptions options = {}) const {
    arguments.insert(arguments.begin(), ASSAY_BINARY);
    options.directory = scratch_.folder();
    options.environment.emplace_back("TERM", "xterm");
    options.environment.emplace_back("NO_COLOR", "");
    return testing::RunOnTerminal(arguments, options);
  }

 private:
  verifier::testing::Scratch scratch_;
};

inline bool Has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

inline std::vector<std::string> Ids(const std::string& lines) {
  std::vector<std::string> ids;
  std::istringstream stream(lines);
  for (std::string line; std::getline(stream, line);) {
    const auto value = boost::json::parse(line);
    const auto& id = value.as_object().at("id");
    ids.push_back(id.is_string() ? std::string(id.as_string()) : "null");
  }
  return ids;
}

}  // namespace verifier::cli::testing

#endif  // TESTS_VERIFIER_CLI_ASSAY_H_
