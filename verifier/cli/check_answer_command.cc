#include "verifier/cli/check_answer_command.h"

#include <unistd.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "verifier/cli/command_line.h"
#include "verifier/cli/config_command.h"
#include "verifier/cli/exit_code.h"
#include "verifier/cli/local_checkers.h"
#include "verifier/cli/summary.h"
#include "verifier/engine/judge_item.h"
#include "verifier/protocol/json_text.h"

namespace verifier::cli {
namespace {

struct CheckAnswerOptions {
  std::string gold{};
  std::string response{};
  std::string checker = "math";
  std::string extract{};
  std::vector<std::string> config{};
  bool json = false;
  ColorMode color = ColorMode::kAuto;
};

// "correct  1/2  (equal rationals, proved)"
std::string Line(const protocol::CheckResult& check, bool color) {
  constexpr std::size_t kMost = 300;
  const Style style = check.outcome == "correct" ? Style::kGood : Style::kBad;
  std::string line = Paint(check.outcome, style, color);
  const auto* extracted = check.detail.if_contains("extracted");
  if (extracted != nullptr && extracted->is_string()) {
    line += "  extracted " +
            Printable(std::string_view(extracted->get_string()), kMost);
  }
  std::string why(ReasonOf(check));
  if (!check.evidence.empty())
    why += (why.empty() ? "" : ", ") + check.evidence;
  if (!why.empty()) line += "  (" + Printable(why, kMost) + ")";
  return line + "\n";
}

int ExitCodeOf(const protocol::ScoreResult& result) {
  if (result.status == protocol::Status::kInvalid) return kExitBadInput;
  if (!result.reward) return kExitNotJudged;
  return *result.reward == 1.0 ? kExitOk : kExitNegative;
}

int RunCheckAnswer(const CheckAnswerOptions& options) {
  protocol::CheckSpec spec;
  spec.checker = options.checker;
  spec.params["gold"] = options.gold;
  if (!options.extract.empty()) spec.params["extract"] = options.extract;
  protocol::Item item;
  item.id = "check-answer";
  item.response = options.response;
  item.checks.push_back(std::move(spec));
  int exit_code = kExitOk;
  const auto checkers = MakeLocalCheckers(options.config, exit_code);
  if (!checkers) return exit_code;
  const protocol::ScoreResult result =
      engine::JudgeItem(*checkers->registry, item);
  exit_code = ExitCodeOf(result);
  if (options.json) {
    return Print(protocol::JsonText(protocol::ToJson(result)) + "\n",
                 exit_code);
  }
  if (result.error) {
    const std::string& pointer = result.error->pointer;
    const bool gold = pointer.starts_with("/checks/0/gold");
    Complain((gold ? "GOLD" : pointer) + ": " +
             Printable(result.error->detail, 500));
    return exit_code;
  }
  const bool color = UseColor(options.color, STDOUT_FILENO);
  return Print(Line(result.checks.front(), color), exit_code);
}

}  // namespace

void AddCheckAnswerCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<CheckAnswerOptions>();
  CLI::App* command = app.add_subcommand(
      "check-answer", "Check one response against the right answer");
  command->add_option("GOLD", options->gold, "the right answer")->required();
  command
      ->add_option("RESPONSE", options->response,
                   "what a model said; its answer is found as in `assay score`")
      ->required();
  command->add_option("--checker", options->checker, "the checker that judges")
      ->type_name("NAME");
  command
      ->add_option("--extract", options->extract,
                   "where the answer may stand: auto, strict, boxed or bare")
      ->type_name("HOW");
  AddConfigOption(*command, options->config);
  command->add_flag("--json", options->json, "the result as `assay score`");
  AddColorOption(*command, options->color);
  command->footer(
      "Exit: 0 correct, 1 not, 5 not judged, 3 the gold cannot be read.\n"
      "Put -- before a gold that begins with - and is no number.\n\n"
      "Examples:\n"
      "  assay check-answer 42 'The answer is \\boxed{42}.'\n"
      "  assay check-answer '\\frac{1}{2}' 0.5 --extract bare\n"
      "  assay check-answer --json 7 '<think>4+3</think> 7'\n");
  command->callback(
      [options, &exit_code] { exit_code = RunCheckAnswer(*options); });
}

}  // namespace verifier::cli
