// Suites: the published data sets by name, each read into Tasks: a question
// with the checks that judge an answer. Thread-safe; ReadSuite blocks on the
// disk.

#ifndef DATASETS_SUITES_SUITE_H_
#define DATASETS_SUITES_SUITE_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/file_error.h"
#include "datasets/task.h"

namespace datasets {

struct ChoiceItem;

// What an answer is.
enum class AnswerKind {
  kMath,         // a value, in a box
  kChoice,       // a letter, in a box
  kMixed,        // one or the other, by question
  kCode,         // a program, in a fenced block
  kInstruction,  // the whole response, by its instructions
};

struct Suite {
  std::string_view name;
  AnswerKind kind;
  std::string_view language;  // of the questions: "en" or "zh"
  std::string_view format;    // for people: what the file is
  FileResult<std::vector<Task>> (*read)(const std::string& path);
};

// All of them, by name.
[[nodiscard]] std::span<const Suite> Suites() noexcept;

// Null where there is none of this name.
[[nodiscard]] const Suite* FindSuite(std::string_view name) noexcept;

// Reads all of `path`. A task's `kind` is the suite's name, its `language` the
// suite's; ids are unique. A problem without a gold is left out: nothing could
// judge it. An error names the file and its first bad line.
[[nodiscard]] FileResult<std::vector<Task>> ReadSuite(const Suite& suite,
                                                      const std::string& path);

// The question with its options below it, a letter and ") " before each.
[[nodiscard]] std::string QuestionText(const ChoiceItem& item);

}  // namespace datasets

#endif  // DATASETS_SUITES_SUITE_H_
