#include "rewards/pattern_checker.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "rewards/params.h"
#include "rewards/response_part.h"
#include "rewards/rules/pattern.h"

namespace rewards {
namespace {

constexpr std::array<std::string_view, 2> kModes = {"search", "full"};

struct Options {
  rules::Pattern pattern;
  bool full = false;
  std::size_t least = 1;
  std::optional<std::size_t> most{};
  ResponsePart of = ResponsePart::kAnswer;
};

class PatternCheck final : public Check {
 public:
  explicit PatternCheck(Options options) : options_(std::move(options)) {}

  [[nodiscard]] Verdict Judge(const Submission& submission,
                              const Budget&) const override {
    const std::string_view part = PartOf(submission, options_.of);
    if (part.empty()) {
      return MakeVerdict(Outcome::kUnreadable, "nothing to look at");
    }
    const std::size_t matches = CountIn(part);
    const bool good = matches >= options_.least &&
                      (!options_.most || matches <= *options_.most);
    Verdict verdict = MakeVerdict(
        good ? Outcome::kCorrect : Outcome::kWrong,
        matches == 0 ? "the pattern does not match" : "the pattern matches");
    verdict.detail["matches"] = matches;
    return verdict;
  }

  [[nodiscard]] Explanation Explain(const Submission& submission,
                                    const Budget&) const override {
    Explanation steps = {PartStep(submission, options_.of)};
    const std::string_view part = PartOf(submission, options_.of);
    const rules::Pattern::Match first = options_.pattern.Find(part, 0);
    if (first.end == std::string_view::npos) {
      steps.emplace_back("match", "none");
      return steps;
    }
    const std::string_view match =
        part.substr(first.begin, first.end - first.begin);
    steps.emplace_back("match", "the first",
                       PlaceOf(match, submission.response));
    return steps;
  }

 private:
  // Its matches, as far as they matter.
  [[nodiscard]] std::size_t CountIn(std::string_view part) const {
    if (options_.full) return options_.pattern.MatchesAll(part) ? 1 : 0;
    const std::size_t enough =
        options_.most ? *options_.most + 1 : options_.least;
    return options_.pattern.Count(part, std::max<std::size_t>(enough, 1));
  }

  const Options options_;
};

std::optional<ParamError> ReadCounts(const boost::json::object& params,
                                     Options& options) {
  const auto mode = ChoiceParam(params, "match", kModes, kModes[0]);
  if (!mode) return mode.error();
  options.full = *mode == kModes[1];
  for (const std::string_view key : {"least", "most"}) {
    if (options.full && params.contains(key)) {
      return ParamError(Pointer(key), "only with \"match\": \"search\"");
    }
  }
  const auto least = IntParam(params, "least", 0, kMaxMatches, 1);
  if (!least) return least.error();
  const auto most = IntParam(params, "most", *least, kMaxMatches, kMaxMatches);
  if (!most) return most.error();
  options.least = static_cast<std::size_t>(*least);
  if (params.contains("most")) options.most = static_cast<std::size_t>(*most);
  if (options.least == 0 && !options.most) {
    return ParamError("/most", "required where \"least\" is 0");
  }
  return std::nullopt;
}

class PatternChecker final : public Checker {
 public:
  [[nodiscard]] std::string_view name() const noexcept override {
    return "pattern";
  }
  [[nodiscard]] std::string_view version() const noexcept override {
    return "1";
  }
  [[nodiscard]] std::string_view summary() const noexcept override {
    return "A regular expression of RE2 matches the answer, or does not.";
  }

  [[nodiscard]] boost::json::object schema() const override {
    const boost::json::object count = {
        {"type", "integer"}, {"minimum", 0}, {"maximum", kMaxMatches}};
    return {{"type", "object"},
            {"properties",
             {{"pattern",
               {{"type", "string"},
                {"minLength", 1},
                {"maxLength", rules::kMaxPatternBytes},
                {"description", "a regular expression as RE2 has them"}}},
              {"match",
               {{"enum", boost::json::array(kModes.begin(), kModes.end())},
                {"default", kModes[0]}}},
              {"least", count},
              {"most", count},
              {"of", PartSchema(ResponsePart::kAnswer)}}},
            {"required", {"pattern"}},
            {"examples", {{{"pattern", "\\bTherefore\\b"}}}},
            {"additionalProperties", false}};
  }

  [[nodiscard]] ParamResult<std::unique_ptr<const Check>> Prepare(
      const boost::json::object& params) const override {
    if (auto error =
            UnknownKey(params, {"pattern", "match", "least", "most", "of"})) {
      return *std::move(error);
    }
    const auto text = StringParam(params, "pattern");
    if (!text) return text.error();
    std::string problem;
    Options options{rules::Pattern(*text, problem)};
    if (text->empty()) problem = "must not be empty";
    if (!problem.empty()) return ParamError("/pattern", problem);
    if (auto error = ReadCounts(params, options)) return *std::move(error);
    const auto of = PartParam(params, ResponsePart::kAnswer);
    if (!of) return of.error();
    options.of = *of;
    return std::make_unique<const PatternCheck>(std::move(options));
  }
};

}  // namespace

std::unique_ptr<const Checker> MakePatternChecker() {
  return std::make_unique<const PatternChecker>();
}

}  // namespace rewards
