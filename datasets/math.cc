#include "datasets/math.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <utility>

#include "datasets/line_reader.h"
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

// True where the first character of the file that is not space opens an array.
FileResult<bool> IsArray(const std::string& path) {
  FileResult<LineReader> reader = LineReader::Open(path);
  if (!reader) return reader.error();
  while (true) {
    const FileResult<bool> more = reader->Next();
    if (!more) return more.error();
    if (!*more) return false;
    const std::size_t first = reader->line().find_first_not_of(" \t");
    if (first != std::string::npos) return reader->line()[first] == '[';
  }
}

FileResult<std::string> ReadWhole(const std::string& path) {
  FileResult<LineReader> reader = LineReader::Open(path);
  if (!reader) return reader.error();
  std::string text;
  while (true) {
    const FileResult<bool> more = reader->Next();
    if (!more) return more.error();
    if (!*more) return text;
    if (text.size() + reader->line().size() > kMaxArrayBytes) {
      return FileError{path, 0,
                       "longer than the limit of " +
                           std::to_string(kMaxArrayBytes) + " bytes"};
    }
    text += reader->line();
    text += '\n';
  }
}

FileResult<std::vector<Problem>> ReadArray(const std::string& path) {
  const FileResult<std::string> text = ReadWhole(path);
  if (!text) return text.error();
  boost::json::error_code code;
  const boost::json::value value = boost::json::parse(*text, code);
  if (code) return FileError{path, 0, "not JSON: " + code.message()};
  std::vector<Problem> problems;
  for (const boost::json::value& element : value.as_array()) {
    const std::size_t number = problems.size() + 1;
    const std::string place = "element " + std::to_string(number) + ": ";
    const boost::json::object* record = element.if_object();
    if (record == nullptr) {
      return FileError{path, 0, place + "must be a JSON object"};
    }
    if (auto wrong = ReadProblem(*record, number, &problems.emplace_back())) {
      return FileError{path, 0, place + *wrong};
    }
  }
  return problems;
}

}  // namespace

FileResult<std::vector<Problem>> ReadMath(const std::string& path) {
  const FileResult<bool> array = IsArray(path);
  if (!array) return array.error();
  if (*array) return ReadArray(path);
  std::vector<Problem> problems;
  auto error = ForEachLine(
      path, [&](const boost::json::object& record, std::size_t line) {
        return ReadProblem(record, line, &problems.emplace_back());
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
