#include "datasets/math.h"

#include <boost/json/value.hpp>
#include <utility>

#include "datasets/record.h"

namespace datasets {
namespace {

// The offset just past the brace that closes the one at `open`, or npos.
std::size_t MatchBrace(std::string_view text, std::size_t open) {
  std::size_t depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '{') {
      ++depth;
    } else if (text[i] == '}' && --depth == 0) {
      return i + 1;
    }
  }
  return std::string_view::npos;
}

std::optional<std::string> ReadProblem(const boost::json::object& record,
                                       std::size_t number, Problem* problem) {
  std::string error;
  auto question = RequiredString(record, "problem", &error);
  if (!question) return error;
  problem->solution = OptionalText(record, "solution");
  const boost::json::value* given = record.if_contains("answer");
  if (given != nullptr && given->is_null()) {
    problem->gold.clear();
  } else if (given != nullptr) {
    auto answer = RequiredString(record, "answer", &error);
    if (!answer) return error;
    problem->gold = *std::move(answer);
  } else {
    const auto boxed = LastBoxed(problem->solution);
    if (!boxed) return "no \"answer\", and no \\boxed in \"solution\"";
    problem->gold = std::string(*boxed);
  }
  problem->id = OptionalText(record, "unique_id");
  if (problem->id.empty()) problem->id = std::to_string(number);
  problem->source = "math";
  problem->question = *std::move(question);
  problem->subject = OptionalText(record, "subject");
  if (problem->subject.empty()) problem->subject = OptionalText(record, "type");
  problem->level = OptionalText(record, "level");
  return std::nullopt;
}

}  // namespace

FileResult<std::vector<Problem>> ReadMath(const std::string& path) {
  std::vector<Problem> problems;
  auto error = ForEachRecord(
      path, [&](const boost::json::object& record, std::size_t number) {
        return ReadProblem(record, number, &problems.emplace_back());
      });
  if (error) return *std::move(error);
  return problems;
}

std::optional<std::string_view> LastBoxed(std::string_view solution) {
  std::size_t begin = 0;
  std::size_t command = std::string_view::npos;
  for (const std::string_view name : {"\\boxed", "\\fbox"}) {
    const std::size_t at = solution.rfind(name);
    if (at == std::string_view::npos) continue;
    if (command != std::string_view::npos && at < command) continue;
    command = at;
    begin = at + name.size();
  }
  if (command == std::string_view::npos) return std::nullopt;
  begin = solution.find_first_not_of(' ', begin);
  if (begin == std::string_view::npos) return std::nullopt;
  if (solution[begin] != '{') return solution.substr(begin, 1);
  const std::size_t end = MatchBrace(solution, begin);
  if (end == std::string_view::npos) return std::nullopt;
  return solution.substr(begin + 1, end - begin - 2);
}

}  // namespace datasets
