#include "datasets/suites/suite_prompt.h"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace datasets {
namespace {

struct Words {
  std::string_view math;
  std::string_view choice;
  std::string_view choices;
  std::string_view code;      // before the language
  std::string_view code_end;  // after it
  std::string_view question;
  std::string_view answer;
};
constexpr Words kEnglish = {
    "Please reason step by step, and put your final answer within \\boxed{}.",
    "Please reason step by step, and put the letter of your answer within "
    "\\boxed{}.",
    "Several options may be right. Please reason step by step, and put the "
    "letters of all of them within \\boxed{}.",
    "Please write the whole program in one fenced block that begins with "
    "```",
    ".",
    "Question: ",
    "Answer: "};
constexpr Words kChinese = {"请逐步推理，并将最终答案放在\\boxed{}中。",
                            "请逐步推理，并将所选选项的字母放在\\boxed{}中。",
                            "本题可能有多个正确选项。请逐步推理，并将所有正确选"
                            "项的字母放在\\boxed{}中。",
                            "请将完整的程序写在一个以```",
                            "开头的代码块中。",
                            "问题：",
                            "答案："};

const Words& WordsOf(const Task& task) {
  return task.language == "zh" ? kChinese : kEnglish;
}

}  // namespace

std::string AnswerInstruction(const Suite& suite, const Task& task) {
  const Words& words = WordsOf(task);
  if (suite.kind == AnswerKind::kInstruction) return {};
  const boost::json::object* check =
      task.checks.empty() ? nullptr : task.checks[0].if_object();
  if (suite.kind == AnswerKind::kCode) {
    const boost::json::value* language =
        check == nullptr ? nullptr : check->if_contains("language");
    const std::string name = language != nullptr && language->is_string()
                                 ? std::string(language->get_string())
                                 : "python";
    return std::string(words.code) + name + std::string(words.code_end);
  }
  const boost::json::value* checker =
      check == nullptr ? nullptr : check->if_contains("checker");
  if (checker == nullptr || *checker != "choice") {
    return std::string(words.math);
  }
  return std::string(check->contains("multiple") ? words.choices
                                                 : words.choice);
}

std::string ZeroShotQuestion(const Suite& suite, const Task& task) {
  const std::string instruction = AnswerInstruction(suite, task);
  if (instruction.empty()) return task.question;
  return task.question + "\n\n" + instruction;
}

std::string FewShotQuestion(const Suite& suite, const Task& task,
                            std::span<const Shot> shots) {
  if (shots.empty()) return ZeroShotQuestion(suite, task);
  const Words& words = WordsOf(task);
  std::string text = AnswerInstruction(suite, task);
  if (!text.empty()) text += "\n\n";
  for (const Shot& shot : shots) {
    text += std::string(words.question) + shot.question + '\n' +
            std::string(words.answer) + shot.answer + "\n\n";
  }
  return text + std::string(words.question) + task.question + '\n' +
         std::string(words.answer);
}

}  // namespace datasets
