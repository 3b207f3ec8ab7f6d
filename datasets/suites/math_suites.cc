#include "datasets/suites/math_suites.h"

#include <optional>
#include <string_view>
#include <utility>

#include "datasets/math.h"
#include "datasets/record.h"

namespace datasets {
namespace {

// The names of a format's members; empty: it has no such member.
struct Shape {
  std::string_view source;
  std::string_view context{};  // stands before the question
  std::string_view question{};
  std::string_view answer{};
  std::string_view id{};
  std::string_view level{};
  std::string_view subject{};
};

std::optional<std::string> ReadProblem(const Shape& shape,
                                       const boost::json::object& record,
                                       std::size_t number, Problem* problem) {
  std::string error;
  auto question = RequiredString(record, shape.question, &error);
  if (!question) return error;
  if (!shape.context.empty()) {
    auto context = RequiredString(record, shape.context, &error);
    if (!context) return error;
    *question = *context + ' ' + *question;
  }
  problem->solution = OptionalText(record, "solution");
  if (shape.answer.empty()) {
    const auto boxed = LastBoxed(problem->solution);
    if (!boxed) return "no \\boxed in \"solution\"";
    problem->gold = std::string(*boxed);
  } else {
    problem->gold = OptionalText(record, shape.answer);
    if (problem->gold.empty()) {
      return '"' + std::string(shape.answer) +
             "\" must be a string that is not empty, or a number";
    }
  }
  problem->id = OptionalText(record, shape.id);
  if (problem->id.empty()) problem->id = std::to_string(number);
  problem->source = shape.source;
  problem->question = *std::move(question);
  problem->level = OptionalText(record, shape.level);
  problem->subject = OptionalText(record, shape.subject);
  return std::nullopt;
}

FileResult<std::vector<Problem>> ReadProblems(const std::string& path,
                                              const Shape& shape) {
  std::vector<Problem> problems;
  auto error = ForEachRecord(
      path, [&](const boost::json::object& record, std::size_t number) {
        return ReadProblem(shape, record, number, &problems.emplace_back());
      });
  if (error) return *std::move(error);
  return problems;
}

}  // namespace

FileResult<std::vector<Problem>> ReadContest(const std::string& path) {
  return ReadProblems(path, {.source = "contest",
                             .question = "problem",
                             .answer = "answer",
                             .id = "id"});
}

FileResult<std::vector<Problem>> ReadMinerva(const std::string& path) {
  return ReadProblems(
      path, {.source = "minerva", .question = "problem", .subject = "type"});
}

FileResult<std::vector<Problem>> ReadSvamp(const std::string& path) {
  return ReadProblems(path, {.source = "svamp",
                             .context = "Body",
                             .question = "Question",
                             .answer = "Answer",
                             .id = "ID",
                             .subject = "Type"});
}

FileResult<std::vector<Problem>> ReadMawps(const std::string& path) {
  return ReadProblems(path, {.source = "mawps",
                             .question = "input",
                             .answer = "target",
                             .subject = "type"});
}

FileResult<std::vector<Problem>> ReadCmath(const std::string& path) {
  return ReadProblems(path, {.source = "cmath",
                             .question = "question",
                             .answer = "answer",
                             .level = "grade"});
}

FileResult<std::vector<Problem>> ReadGaokaoCloze(const std::string& path) {
  auto problems = ReadProblems(
      path,
      {.source = "gaokao_cloze", .question = "question", .answer = "answer"});
  if (!problems) return problems;
  for (Problem& problem : *problems) {
    for (std::size_t at = problem.gold.find(';'); at != std::string::npos;
         at = problem.gold.find(';', at)) {
      problem.gold.replace(at, 1, ", ");
    }
  }
  return problems;
}

}  // namespace datasets
