#include "rewards/ifeval_checker.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rewards/language/consistency.h"
#include "rewards/language/language.h"
#include "rewards/params.h"
#include "rewards/response_part.h"
#include "rewards/rules/code_points.h"
#include "rewards/rules/instruction.h"

namespace rewards {
namespace {

constexpr std::array<std::string_view, 2> kModes = {"strict", "loose"};
constexpr std::array<std::string_view, 2> kScores = {"all", "fraction"};

using Instructions = std::vector<rules::Instruction>;

struct Options {
  Instructions instructions{};
  bool loose = false;
  bool fraction = false;
  ResponsePart of = ResponsePart::kAnswer;
};

// Most of its words are in the language, as the checker language counts.
bool IsIn(std::string_view text, std::string_view tag) {
  const auto target = language::ParseTag(tag, true);
  if (!target) return false;
  const auto found = language::MeasureConsistency(text, *target);
  return found && found->words_total > 0 && found->fraction() > 0.5;
}

class IfEvalCheck final : public Check {
 public:
  explicit IfEvalCheck(Options options) : options_(std::move(options)) {}

  [[nodiscard]] Verdict Judge(const Submission& submission,
                              const Budget&) const override {
    const std::string_view text = PartOf(submission, options_.of);
    if (rules::Strip(text).empty()) {
      return MakeVerdict(Outcome::kUnreadable, "no answer");
    }
    if (text.size() > kMaxIfEvalBytes) {
      return MakeVerdict(Outcome::kUnreadable, "too long");
    }
    boost::json::array followed;
    std::size_t count = 0;
    for (const rules::Instruction& one : options_.instructions) {
      followed.emplace_back(Follows(one, text));
      count += followed.back().get_bool() ? 1 : 0;
    }
    const std::size_t all = options_.instructions.size();
    const double fraction =
        static_cast<double>(count) / static_cast<double>(all);
    Verdict verdict =
        MakeGradedVerdict(options_.fraction || count == all ? fraction : 0.0,
                          std::to_string(count) + " of " + std::to_string(all) +
                              " instructions are followed");
    verdict.detail["followed"] = std::move(followed);
    return verdict;
  }

  [[nodiscard]] Explanation Explain(const Submission& submission,
                                    const Budget&) const override {
    Explanation steps = {PartStep(submission, options_.of)};
    const std::string_view text = PartOf(submission, options_.of);
    if (text.size() > kMaxIfEvalBytes) return steps;
    for (const rules::Instruction& one : options_.instructions) {
      steps.emplace_back(std::string(one.id()),
                         Follows(one, text) ? "followed" : "not followed");
    }
    return steps;
  }

 private:
  [[nodiscard]] bool Follows(const rules::Instruction& one,
                             std::string_view text) const {
    return options_.loose ? one.LooselyFollowedBy(text, IsIn)
                          : one.FollowedBy(text, IsIn);
  }

  const Options options_;
};

// The arguments of instruction `i`; null: none are given.
ParamResult<const boost::json::object*> ArgumentsOf(
    const boost::json::object& params, std::size_t i, std::size_t count) {
  const boost::json::object* none = nullptr;
  const boost::json::value* kwargs = params.if_contains("kwargs");
  if (kwargs == nullptr) return none;
  if (!kwargs->is_array() || kwargs->get_array().size() != count) {
    return ParamError("/kwargs",
                      "must be an array with as many objects as there are "
                      "instructions: " +
                          std::to_string(count));
  }
  const boost::json::value& one = kwargs->get_array()[i];
  if (!one.is_object()) {
    return ParamError("/kwargs/" + std::to_string(i), "must be an object");
  }
  return &one.get_object();
}

ParamResult<rules::Instruction> ReadOne(std::string_view id, std::size_t i,
                                        const boost::json::object& arguments) {
  const std::string number = std::to_string(i);
  rules::InstructionProblem problem;
  auto read = rules::ReadInstruction(id, arguments, problem);
  if (!read) {
    return problem.pointer.empty()
               ? ParamError("/instruction_id_list/" + number, problem.detail)
               : ParamError("/kwargs/" + number + problem.pointer,
                            problem.detail);
  }
  if (!read->language().empty() &&
      !language::ParseTag(read->language(), true)) {
    return ParamError("/kwargs/" + number + "/language",
                      "a language that this version does not know");
  }
  return *std::move(read);
}

ParamResult<Instructions> ReadInstructions(const boost::json::object& params) {
  const auto ids = StringsParam(params, "instruction_id_list");
  if (!ids) return ids.error();
  if (ids->empty() || ids->size() > kMaxInstructions) {
    return ParamError("/instruction_id_list",
                      "required: an array of 1 to " +
                          std::to_string(kMaxInstructions) + " ids");
  }
  Instructions instructions;
  for (std::size_t i = 0; i < ids->size(); ++i) {
    const auto arguments = ArgumentsOf(params, i, ids->size());
    if (!arguments) return arguments.error();
    auto read =
        ReadOne((*ids)[i], i,
                *arguments != nullptr ? **arguments : boost::json::object());
    if (!read) return read.error();
    instructions.push_back(*std::move(read));
  }
  return instructions;
}

class IfEvalChecker final : public Checker {
 public:
  [[nodiscard]] std::string_view name() const noexcept override {
    return "ifeval";
  }
  [[nodiscard]] std::string_view version() const noexcept override {
    return "1";
  }
  [[nodiscard]] std::string_view summary() const noexcept override {
    return "The answer follows the verifiable instructions of IFEval.";
  }

  [[nodiscard]] boost::json::object schema() const override {
    const std::vector<std::string_view> ids = rules::InstructionIds();
    return {
        {"type", "object"},
        {"properties",
         {{"instruction_id_list",
           {{"type", "array"},
            {"items", {{"enum", boost::json::array(ids.begin(), ids.end())}}},
            {"minItems", 1},
            {"maxItems", kMaxInstructions}}},
          {"kwargs",
           {{"type", "array"},
            {"items", {{"type", "object"}}},
            {"maxItems", kMaxInstructions},
            {"description", "the arguments of each instruction, in order"}}},
          {"mode",
           {{"enum", boost::json::array(kModes.begin(), kModes.end())},
            {"default", kModes[0]}}},
          {"score",
           {{"enum", boost::json::array(kScores.begin(), kScores.end())},
            {"default", kScores[0]}}},
          {"of", PartSchema(ResponsePart::kAnswer)}}},
        {"required", {"instruction_id_list"}},
        {"examples", {{{"instruction_id_list", {"punctuation:no_comma"}}}}},
        {"additionalProperties", false}};
  }

  [[nodiscard]] ParamResult<std::unique_ptr<const Check>> Prepare(
      const boost::json::object& params) const override {
    if (auto error = UnknownKey(
            params, {"instruction_id_list", "kwargs", "mode", "score", "of"})) {
      return *std::move(error);
    }
    auto instructions = ReadInstructions(params);
    if (!instructions) return instructions.error();
    const auto mode = ChoiceParam(params, "mode", kModes, kModes[0]);
    if (!mode) return mode.error();
    const auto score = ChoiceParam(params, "score", kScores, kScores[0]);
    if (!score) return score.error();
    const auto of = PartParam(params, ResponsePart::kAnswer);
    if (!of) return of.error();
    return std::make_unique<const IfEvalCheck>(
        Options{*std::move(instructions), *mode == kModes[1],
                *score == kScores[1], *of});
  }
};

}  // namespace

std::unique_ptr<const Checker> MakeIfEvalChecker() {
  return std::make_unique<const IfEvalChecker>();
}

}  // namespace rewards
