#include "datasets/gsm8k.h"

#include <optional>
#include <string_view>
#include <utility>

#include "datasets/record.h"

namespace datasets {
namespace {

constexpr std::string_view kMark = "####";

std::optional<std::string> ReadProblem(const boost::json::object& record,
                                       std::size_t line, Problem* problem) {
  std::string error;
  auto question = RequiredString(record, "question", &error);
  if (!question) return error;
  auto answer = RequiredString(record, "answer", &error);
  if (!answer) return error;
  const std::size_t mark = answer->rfind(kMark);
  if (mark == std::string::npos) return "\"answer\" has no line \"#### N\"";
  const std::size_t begin =
      answer->find_first_not_of(" \t\r\n", mark + kMark.size());
  if (begin == std::string::npos)
    return "\"answer\" has nothing after \"####\"";
  const std::size_t end = answer->find_last_not_of(" \t\r\n");

  problem->id = std::to_string(line);
  problem->source = "gsm8k";
  problem->gold = answer->substr(begin, end - begin + 1);
  problem->question = *std::move(question);
  problem->solution = *std::move(answer);
  return std::nullopt;
}

}  // namespace

FileResult<std::vector<Problem>> ReadGsm8k(const std::string& path) {
  std::vector<Problem> problems;
  auto error = ForEachLine(
      path, [&](const boost::json::object& record, std::size_t line) {
        return ReadProblem(record, line, &problems.emplace_back());
      });
  if (error) return *std::move(error);
  return problems;
}

}  // namespace datasets
