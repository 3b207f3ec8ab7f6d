#include "trainer/report/run_reader.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

namespace trainer {
namespace {

namespace fs = std::filesystem;
template <typename T>
using Result = boost::system::result<T, ReportError>;

constexpr std::size_t kSampledFiles = 3;

std::optional<std::string> ReadText(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// Each line of `path` through `parse`, at most `most`.
template <typename T, typename Parse>
Result<std::vector<T>> ReadLines(const fs::path& path, const Parse& parse,
                                 std::size_t most,
                                 std::vector<std::string>& notices) {
  std::vector<T> values;
  const std::string text = ReadText(path).value_or("");
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size() && values.size() < most;) {
    const std::size_t end = text.find('\n', begin);
    const std::string place = path.string() + ':' + std::to_string(++number);
    if (end == std::string::npos) {
      notices.push_back(place + ": a last line that is not whole is left out");
      break;
    }
    auto value = parse(std::string_view(text).substr(begin, end - begin));
    if (value.has_error()) {
      return ReportError{place + ": " + value.error().text};
    }
    values.push_back(*std::move(value));
    begin = end + 1;
  }
  return values;
}

// The files of `folder` whose names begin and end so, by name.
std::vector<fs::path> FilesOf(const fs::path& folder, std::string_view begin,
                              std::string_view end) {
  std::vector<fs::path> files;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(begin) && name.ends_with(end)) {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

// The first, the middle and the last of the files of steps.
std::vector<fs::path> SampledFiles(const fs::path& folder) {
  const std::vector<fs::path> all = FilesOf(folder, "step_", ".jsonl");
  if (all.size() <= kSampledFiles) return all;
  return {all.front(), all[all.size() / 2], all.back()};
}

// Adds up to `most` completions of each of `files`.
std::optional<ReportError> ReadCompletions(const std::vector<fs::path>& files,
                                           std::size_t most,
                                           ReportInput& input) {
  for (const fs::path& path : files) {
    auto lines = ReadLines<CompletionRecord>(path, ParseCompletionLine, most,
                                             input.notices);
    if (lines.has_error()) return lines.error();
    std::move(lines->begin(), lines->end(),
              std::back_inserter(input.completions));
  }
  return std::nullopt;
}

std::optional<ReportError> ReadCards(const fs::path& folder,
                                     ReportInput& input) {
  for (const fs::path& path : FilesOf(folder, "", ".card.json")) {
    auto card = ParseDataCard(ReadText(path).value_or(""));
    if (card.has_error()) {
      return ReportError{path.string() + ": " + card.error().text};
    }
    input.cards.push_back(*std::move(card));
  }
  return std::nullopt;
}

}  // namespace

Result<ReportInput> ReadRun(const std::string& folder) {
  ReportInput input;
  const fs::path root(folder);
  const auto recipe = ReadText(root / "recipe.resolved.toml");
  if (!recipe) {
    return ReportError{folder + ": is no run: it has no recipe.resolved.toml"};
  }
  input.recipe = *recipe;
  if (const auto text = ReadText(root / "summary.json")) {
    auto summary = ParseSummary(*text);
    if (summary.has_error()) {
      return ReportError{(root / "summary.json").string() + ": " +
                         summary.error().text};
    }
    input.summary = *std::move(summary);
  }
  for (auto [name, into] : {std::pair{"metrics.jsonl", &input.metrics},
                            std::pair{"timings.jsonl", &input.timings}}) {
    auto lines = ReadLines<StepMetrics>(root / name, ParseMetricsLine, SIZE_MAX,
                                        input.notices);
    if (lines.has_error()) return lines.error();
    *into = *std::move(lines);
  }
  const std::vector<fs::path> evaluated =
      FilesOf(root / "completions", "eval_", ".jsonl");
  auto error = ReadCompletions(SampledFiles(root / "completions"),
                               kReportCompletions / kSampledFiles, input);
  if (!error && !evaluated.empty()) {
    error =
        ReadCompletions(evaluated, kReportEvaluated / evaluated.size(), input);
  }
  if (!error) error = ReadCards(root / "data", input);
  if (error) return *std::move(error);
  return input;
}

}  // namespace trainer
