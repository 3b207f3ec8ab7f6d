#include "verifier/cli/explain_command.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "verifier/cli/command_line.h"
#include "verifier/cli/config_command.h"
#include "verifier/cli/exit_code.h"
#include "verifier/cli/explain_text.h"
#include "verifier/cli/item_reader.h"
#include "verifier/cli/local_checkers.h"
#include "verifier/cli/read_file.h"
#include "verifier/engine/explain.h"
#include "verifier/protocol/json_text.h"
#include "verifier/protocol/strict_json.h"

namespace verifier::cli {
namespace {

constexpr std::size_t kMostResponse = std::size_t{4} << 20;

struct ExplainOptions {
  std::vector<std::string> words{};  // [GOLD] RESPONSE, or FILE with --line
  std::string check{};               // a check as JSON
  std::string extract{};
  std::string prompt{};
  std::string template_name = "r1";
  std::size_t line = 0;  // 0: not given
  std::vector<std::string> config{};
  bool json = false;
  bool html = false;
  ColorMode color = ColorMode::kAuto;
};

// Why there is no item to explain, with the exit code.
struct Refusal {
  int exit_code = kExitUsage;
  std::string why{};
};

// The item on line `number` of `path`, empty lines counted.
std::optional<protocol::Item> ItemOnLine(const std::string& path,
                                         std::size_t number, Refusal& refusal) {
  const bool pipe = path == "-";
  const int fd = pipe ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    refusal.why = "cannot read " + Printable(path, 200);
    return std::nullopt;
  }
  ItemReader reader(fd);
  ItemLine line;
  ItemReader::State state = ItemReader::State::kLine;
  do {
    state = reader.Next(line);
  } while (state == ItemReader::State::kBlocked ||
           (state == ItemReader::State::kLine && line.number < number));
  if (!pipe) close(fd);
  if (state == ItemReader::State::kLine && line.number == number) {
    return std::move(line.item);
  }
  refusal.exit_code = kExitBadInput;
  refusal.why = Printable(path, 200) + ": " +
                (state == ItemReader::State::kFailed
                     ? reader.error()
                     : "has no item on line " + std::to_string(number));
  return std::nullopt;
}

// `{"checker": ..., ...}` as the check of an item.
std::optional<protocol::Item> ItemOf(const ExplainOptions& options,
                                     Refusal& refusal) {
  boost::json::object check;
  if (options.check.empty()) {
    check = {{"checker", "math"}, {"gold", options.words.front()}};
    if (!options.extract.empty()) check["extract"] = options.extract;
  } else {
    auto parsed = protocol::ParseStrictJson(options.check);
    if (!parsed || !parsed->is_object()) {
      refusal.why =
          "--check: " + (parsed ? "must be an object" : parsed.error().detail);
      return std::nullopt;
    }
    check = parsed->get_object();
  }
  std::string response = options.words.back();
  if (response == "-") {
    std::string error;
    auto read = ReadFile("-", kMostResponse, error);
    if (!read) {
      refusal.why = "cannot read <stdin>: " + error;
      return std::nullopt;
    }
    response = *std::move(read);
  }
  return protocol::ParseItem({{"id", "explain"},
                              {"prompt", options.prompt},
                              {"response", response},
                              {"template", options.template_name},
                              {"checks", boost::json::array{check}}});
}

std::optional<protocol::Item> TheItem(const ExplainOptions& options,
                                      Refusal& refusal) {
  if (options.line > 0) {
    if (options.words.size() == 1) {
      return ItemOnLine(options.words[0], options.line, refusal);
    }
    refusal.why = "--line wants one FILE";
    return std::nullopt;
  }
  const std::size_t wanted = options.check.empty() ? 2 : 1;
  if (options.words.size() == wanted) return ItemOf(options, refusal);
  refusal.why = options.check.empty() ? "wants GOLD and RESPONSE"
                                      : "--check wants one RESPONSE";
  return std::nullopt;
}

int RunExplain(const ExplainOptions& options, const CLI::App& command) {
  Refusal refusal;
  const std::optional<protocol::Item> item = TheItem(options, refusal);
  if (!item) {
    if (refusal.exit_code == kExitUsage) {
      return UsageWithHelp(command, refusal.why);
    }
    Complain(refusal.why);
    return refusal.exit_code;
  }
  int exit_code = kExitOk;
  const auto checkers = MakeLocalCheckers(options.config, exit_code);
  if (!checkers) return exit_code;
  const engine::ExplainedItem explained =
      engine::ExplainItem(*checkers->registry, *item);
  const protocol::ScoreResult& result = explained.result;
  if (result.status == protocol::Status::kInvalid) exit_code = kExitBadInput;
  if (result.status == protocol::Status::kNotJudged) exit_code = kExitNotJudged;
  if (options.json) {
    return Print(protocol::JsonText(ExplainJson(explained)) + "\n", exit_code);
  }
  if (options.html) {
    return Print(ExplainHtml(explained, item->response), exit_code);
  }
  if (result.error) {
    Complain(result.error->pointer + ": " +
             Printable(result.error->detail, 500));
    return exit_code;
  }
  const bool color = UseColor(options.color, STDOUT_FILENO);
  return Print(ExplainText(explained, item->response, color), exit_code);
}

}  // namespace

void AddExplainCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ExplainOptions>();
  CLI::App* command = app.add_subcommand(
      "explain", "Show step by step why an answer earned what it did");
  command
      ->add_option("GOLD RESPONSE", options->words,
                   "the right answer and what a model said; with --check only "
                   "RESPONSE, with --line a FILE; - reads standard input")
      ->type_name("");
  command
      ->add_option("--check", options->check,
                   "a check of any checker as JSON, as an item has it")
      ->type_name("JSON");
  command
      ->add_option("--line", options->line,
                   "explain the item on this line of FILE")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1} << 40))
      ->type_name("N");
  command
      ->add_option("--extract", options->extract,
                   "where the answer may stand: auto, strict, boxed or bare")
      ->type_name("HOW");
  command->add_option("--prompt", options->prompt, "the item's prompt")
      ->type_name("TEXT");
  command
      ->add_option("--template", options->template_name,
                   "the item's think-tag template")
      ->capture_default_str()
      ->type_name("NAME");
  AddConfigOption(*command, options->config);
  CLI::Option* json =
      command->add_flag("--json", options->json, "the result with its steps");
  command->add_flag("--html", options->html, "a page for a browser")
      ->excludes(json);
  AddColorOption(*command, options->color);
  command->footer(
      "Exit: 0 explained, whatever the verdict; 5 not judged, 3 the item is\n"
      "invalid.\n\n"
      "Examples:\n"
      "  assay explain 1/2 '<think>4/8</think> It is \\boxed{0.5}.'\n"
      "  assay explain --check '{\"checker\":\"language\",\"target\":\"en\"}' "
      "'so 他'\n"
      "  assay explain --line 12 answers.jsonl\n");
  command->callback([options, command, &exit_code] {
    exit_code = RunExplain(*options, *command);
  });
}

}  // namespace verifier::cli
