#include "datasets/suites/suite.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <unordered_set>
#include <utility>

#include "datasets/gsm8k.h"
#include "datasets/math.h"
#include "datasets/record.h"
#include "datasets/suites/choice_item.h"
#include "datasets/suites/code_suites.h"
#include "datasets/suites/math_suites.h"

namespace datasets {
namespace {

namespace json = boost::json;
using Wrong = std::optional<std::string>;
using Kind = AnswerKind;

void SetMath(std::string gold, Task* task) {
  task->checks = {json::object{{"checker", "math"}, {"gold", gold}}};
  task->gold = std::move(gold);
}

// `letters`: the right ones.
void SetChoice(const std::string& letters, std::size_t options, Task* task) {
  json::object check{{"checker", "choice"}};
  if (letters.size() == 1) {
    check["gold"] = letters;
  } else {
    json::array gold;
    for (const char letter : letters) gold.emplace_back(std::string(1, letter));
    check["gold"] = std::move(gold);
    check["multiple"] = true;
  }
  check["options"] = static_cast<std::int64_t>(options);
  task->checks = {std::move(check)};
  task->gold = letters;
}

template <auto Read>
Tasks MathTasks(const std::string& path) {
  auto problems = Read(path);
  if (!problems) return problems.error();
  std::vector<Task> tasks;
  for (Problem& problem : *problems) {
    if (problem.gold.empty()) continue;
    Task& task = tasks.emplace_back();
    task.id = std::move(problem.id);
    task.question = std::move(problem.question);
    SetMath(std::move(problem.gold), &task);
  }
  return tasks;
}

template <auto Read>
Tasks ChoiceTasks(const std::string& path) {
  auto items = Read(path);
  if (!items) return items.error();
  std::vector<Task> tasks;
  for (ChoiceItem& item : *items) {
    Task& task = tasks.emplace_back();
    task.id = std::move(item.id);
    task.question = QuestionText(item);
    SetChoice(item.gold, item.options.size(), &task);
  }
  return tasks;
}

// Options of a question that holds them in its text.
constexpr std::size_t kOptionsInText = 4;

// `question`, `answer`, `choice_answer` (a letter, or empty: no choice).
Wrong TakeMixed(const json::object& record, Task* task) {
  std::string error;
  auto question = RequiredString(record, "question", &error);
  if (!question) return error;
  task->question = *std::move(question);
  const std::string letter = OptionalText(record, "choice_answer");
  if (letter.empty()) {
    auto answer = RequiredString(record, "answer", &error);
    if (!answer) return error;
    SetMath(*std::move(answer), task);
    return std::nullopt;
  }
  if (letter.size() != 1 || letter[0] < 'A' ||
      letter[0] >= LetterOf(kOptionsInText)) {
    return "\"choice_answer\" must be empty or a letter from A to D";
  }
  SetChoice(letter, kOptionsInText, task);
  return std::nullopt;
}

// `key`, `prompt`, `instruction_id_list`, `kwargs` (one an instruction).
Wrong TakeIfeval(const json::object& record, Task* task) {
  std::string error;
  auto prompt = RequiredString(record, "prompt", &error);
  if (!prompt) return error;
  const json::value* ids = record.if_contains("instruction_id_list");
  const json::value* kwargs = record.if_contains("kwargs");
  if (ids == nullptr || !ids->is_array() || ids->get_array().empty()) {
    return "\"instruction_id_list\" must be an array that is not empty";
  }
  if (kwargs == nullptr || !kwargs->is_array() ||
      kwargs->get_array().size() != ids->get_array().size()) {
    return "\"kwargs\" must be an array with one entry an instruction";
  }
  task->question = *std::move(prompt);
  task->checks = {json::object{{"checker", "ifeval"},
                               {"instruction_id_list", *ids},
                               {"kwargs", *kwargs}}};
  return std::nullopt;
}

using TakeTask = Wrong (*)(const json::object&, Task*);

template <TakeTask take, std::string_view const& id>
Tasks RecordTasks(const std::string& path) {
  std::vector<Task> tasks;
  auto error =
      ForEachRecord(path, [&](const json::object& record, std::size_t number) {
        Task& task = tasks.emplace_back();
        task.id = OptionalText(record, id);
        if (task.id.empty()) task.id = std::to_string(number);
        return take(record, &task);
      });
  if (error) return *std::move(error);
  return tasks;
}
constexpr std::string_view kIdx = "idx";
constexpr std::string_view kKey = "key";

constexpr std::array kSuites = {
    Suite{"aime", Kind::kMath, "en", "JSON: problem, answer",
          MathTasks<ReadContest>},
    Suite{"amc", Kind::kMath, "en", "JSON: problem, answer",
          MathTasks<ReadContest>},
    Suite{"apps", Kind::kCode, "en",
          "JSON: problem_id, question, input_output, starter_code", ReadApps},
    Suite{"ceval", Kind::kChoice, "zh", "CSV: id,question,A,B,C,D,answer",
          ChoiceTasks<ReadCeval>},
    Suite{"cmath", Kind::kMath, "zh", "JSON: question, answer, grade",
          MathTasks<ReadCmath>},
    Suite{"cn_middle_school", Kind::kMixed, "zh",
          "JSON: question, answer, choice_answer",
          RecordTasks<TakeMixed, kIdx>},
    Suite{"cnmo", Kind::kMath, "en", "JSON: problem, answer",
          MathTasks<ReadContest>},
    Suite{"code_contests", Kind::kCode, "en",
          "JSON: name, description, public_tests, private_tests, "
          "generated_tests",
          ReadCodeContests},
    Suite{"gaokao", Kind::kMixed, "zh", "JSON: question, answer, choice_answer",
          RecordTasks<TakeMixed, kIdx>},
    Suite{"gaokao_choice", Kind::kChoice, "zh",
          "JSON: passage, question, options, label", ChoiceTasks<ReadAgieval>},
    Suite{"gaokao_cloze", Kind::kMath, "zh", "JSON: question, answer",
          MathTasks<ReadGaokaoCloze>},
    Suite{"gpqa", Kind::kChoice, "en",
          "CSV: Question, Correct Answer, Incorrect Answer 1 to 3",
          ChoiceTasks<ReadGpqa>},
    Suite{"gsm8k", Kind::kMath, "en", "JSON: question, answer (#### N)",
          MathTasks<ReadGsm8k>},
    Suite{"humaneval", Kind::kCode, "en",
          "JSON: task_id, prompt, entry_point, test", ReadHumanEval},
    Suite{"humaneval_x", Kind::kCode, "en", "JSON: task_id, prompt, test",
          ReadHumanEvalX},
    Suite{"ifeval", Kind::kInstruction, "en",
          "JSON: key, prompt, instruction_id_list, kwargs",
          RecordTasks<TakeIfeval, kKey>},
    Suite{"livecodebench", Kind::kCode, "en",
          "JSON: question_id, question_content, public_test_cases, "
          "private_test_cases",
          ReadLiveCodeBench},
    Suite{"lsat", Kind::kChoice, "en",
          "JSON: passage, question, options, label", ChoiceTasks<ReadAgieval>},
    Suite{"math", Kind::kMath, "en", "JSON: problem, answer or solution",
          MathTasks<ReadMath>},
    Suite{"math500", Kind::kMath, "en", "JSON: problem, answer or solution",
          MathTasks<ReadMath>},
    Suite{"mawps", Kind::kMath, "en", "JSON: input, target",
          MathTasks<ReadMawps>},
    Suite{"mbpp", Kind::kCode, "en", "JSON: task_id, text or prompt, test_list",
          ReadMbpp},
    Suite{"minerva", Kind::kMath, "en", "JSON: problem, solution (\\boxed)",
          MathTasks<ReadMinerva>},
    Suite{"mmlu", Kind::kChoice, "en",
          "CSV: question,A,B,C,D,answer; or JSON: question, choices, answer",
          ChoiceTasks<ReadMmlu>},
    Suite{"mmlu_pro", Kind::kChoice, "en",
          "JSON: question_id, question, options, answer",
          ChoiceTasks<ReadMmluPro>},
    Suite{"mmlu_stem", Kind::kChoice, "en",
          "JSON: question, choices, answer, subject",
          ChoiceTasks<ReadMmluStem>},
    Suite{"multipl_e", Kind::kCode, "en",
          "JSON: name, language, prompt, stop_tokens, tests",
          [](const std::string& path) { return ReadMultiPlE(path); }},
    Suite{"sat_math", Kind::kChoice, "en",
          "JSON: passage, question, options, label", ChoiceTasks<ReadAgieval>},
    Suite{"svamp", Kind::kMath, "en", "JSON: Body, Question, Answer",
          MathTasks<ReadSvamp>},
    Suite{"taco", Kind::kCode, "en",
          "JSON: question, input_output, starter_code, time_limit, "
          "memory_limit",
          ReadApps},
};

}  // namespace

std::span<const Suite> Suites() noexcept { return kSuites; }

const Suite* FindSuite(std::string_view name) noexcept {
  const auto* const found =
      std::find_if(kSuites.begin(), kSuites.end(),
                   [name](const Suite& suite) { return suite.name == name; });
  return found == kSuites.end() ? nullptr : found;
}

FileResult<std::vector<Task>> ReadSuite(const Suite& suite,
                                        const std::string& path) {
  auto tasks = suite.read(path);
  if (!tasks) return tasks;
  std::unordered_set<std::string> ids;
  for (Task& task : *tasks) {
    task.kind = suite.name;
    task.language = suite.language;
    if (!ids.insert(task.id).second) {
      return FileError{path, 0, "the id \"" + task.id + "\" is there twice"};
    }
  }
  return tasks;
}

std::string QuestionText(const ChoiceItem& item) {
  std::string text = item.question + '\n';
  for (std::size_t i = 0; i < item.options.size(); ++i) {
    text += std::string("\n") + LetterOf(i) + ") " + item.options[i];
  }
  return text;
}

}  // namespace datasets
