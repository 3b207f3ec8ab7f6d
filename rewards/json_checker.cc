#include "rewards/json_checker.h"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "rewards/answer_part.h"
#include "rewards/params.h"
#include "rewards/response_part.h"
#include "rewards/rules/code_points.h"
#include "rewards/rules/json_block.h"
#include "rewards/rules/json_schema.h"

namespace rewards {
namespace {

class JsonCheck final : public Check {
 public:
  JsonCheck(rules::JsonSchema schema, bool whole, ResponsePart of)
      : schema_(std::move(schema)), whole_(whole), of_(of) {}

  [[nodiscard]] Verdict Judge(const Submission& submission,
                              const Budget&) const override {
    const auto value = rules::ReadJson(TextIn(submission));
    if (!value) return MakeVerdict(Outcome::kUnreadable, "no JSON");
    rules::JsonProblem problem;
    switch (schema_.Check(*value, problem)) {
      case rules::JsonSchema::Result::kConforms:
        return MakeVerdict(Outcome::kCorrect, "conforms to the schema");
      case rules::JsonSchema::Result::kExhausted:
        return MakeVerdict(Outcome::kTimeout, "too much to check");
      case rules::JsonSchema::Result::kBroken:
        break;
    }
    Verdict verdict = MakeVerdict(Outcome::kWrong, Shown(problem.detail));
    verdict.detail["pointer"] = Shown(problem.pointer);
    return verdict;
  }

  [[nodiscard]] Explanation Explain(const Submission& submission,
                                    const Budget& budget) const override {
    const Verdict verdict = Judge(submission, budget);
    Explanation steps = {PartStep(submission, of_)};
    steps.emplace_back("JSON",
                       whole_ ? "all of it" : "all of it, or a block in it",
                       PlaceOf(TextIn(submission), submission.response));
    steps.emplace_back("schema",
                       std::string(verdict.detail.at("reason").as_string()));
    return steps;
  }

 private:
  [[nodiscard]] std::string_view TextIn(const Submission& submission) const {
    const std::string_view part = PartOf(submission, of_);
    return whole_ ? rules::Strip(part) : rules::FindJson(part);
  }

  const rules::JsonSchema schema_;
  const bool whole_;
  const ResponsePart of_;
};

class JsonChecker final : public Checker {
 public:
  [[nodiscard]] std::string_view name() const noexcept override {
    return "json";
  }
  [[nodiscard]] std::string_view version() const noexcept override {
    return "1";
  }
  [[nodiscard]] std::string_view summary() const noexcept override {
    return "The answer is JSON that conforms to a JSON Schema.";
  }

  [[nodiscard]] boost::json::object schema() const override {
    return {{"type", "object"},
            {"properties",
             {{"schema",
               {{"type", {"object", "boolean"}},
                {"description",
                 "a JSON Schema (2020-12); a keyword that is not held is "
                 "refused"}}},
              {"whole", {{"type", "boolean"}, {"default", false}}},
              {"of", PartSchema(ResponsePart::kAnswer)}}},
            {"required", {"schema"}},
            {"examples", {{{"schema", {{"type", "object"}}}}}},
            {"additionalProperties", false}};
  }

  [[nodiscard]] ParamResult<std::unique_ptr<const Check>> Prepare(
      const boost::json::object& params) const override {
    if (auto error = UnknownKey(params, {"schema", "whole", "of"})) {
      return *std::move(error);
    }
    const boost::json::value* schema = params.if_contains("schema");
    if (schema == nullptr) {
      return ParamError("/schema", "required: a JSON Schema");
    }
    rules::JsonProblem problem;
    auto read = rules::JsonSchema::Read(*schema, problem);
    if (!read) {
      return ParamError("/schema" + problem.pointer, std::move(problem.detail));
    }
    const auto whole = BoolParam(params, "whole", false);
    if (!whole) return whole.error();
    const auto of = PartParam(params, ResponsePart::kAnswer);
    if (!of) return of.error();
    return std::make_unique<const JsonCheck>(*std::move(read), *whole, *of);
  }
};

}  // namespace

std::unique_ptr<const Checker> MakeJsonChecker() {
  return std::make_unique<const JsonChecker>();
}

}  // namespace rewards
