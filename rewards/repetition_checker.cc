#include "rewards/repetition_checker.h"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "rewards/length_checker.h"
#include "rewards/params.h"
#include "rewards/response_part.h"
#include "rewards/rules/repetition.h"
#include "rewards/rules/words.h"

namespace rewards {
namespace {

constexpr std::int64_t kGram = 3;

class RepetitionCheck final : public Check {
 public:
  RepetitionCheck(std::size_t n, ResponsePart of) : n_(n), of_(of) {}

  [[nodiscard]] Verdict Judge(const Submission& submission,
                              const Budget&) const override {
    const std::string_view part = PartOf(submission, of_);
    if (part.size() > kMaxWordBytes) {
      return MakeVerdict(Outcome::kUnreadable, "too long");
    }
    const auto words = rules::SplitWords(part);
    if (!words) return MakeVerdict(Outcome::kNotJudged, "word breaking failed");
    if (words->empty()) return MakeVerdict(Outcome::kUnreadable, "no words");
    const rules::Repetition found =
        rules::MeasureRepetition(rules::NumberWords(*words), n_);
    Verdict verdict = MakeGradedVerdict(
        found.share(), std::to_string(found.distinct) + " of " +
                           std::to_string(found.grams) + " " +
                           std::to_string(n_) + "-grams differ");
    verdict.detail["grams"] = found.grams;
    verdict.detail["distinct"] = found.distinct;
    return verdict;
  }

  [[nodiscard]] Explanation Explain(const Submission& submission,
                                    const Budget& budget) const override {
    Explanation steps = {PartStep(submission, of_)};
    const Verdict verdict = Judge(submission, budget);
    steps.emplace_back("n-grams",
                       std::string(verdict.detail.at("reason").as_string()));
    return steps;
  }

 private:
  const std::size_t n_;
  const ResponsePart of_;
};

class RepetitionChecker final : public Checker {
 public:
  [[nodiscard]] std::string_view name() const noexcept override {
    return "repetition";
  }
  [[nodiscard]] std::string_view version() const noexcept override {
    return "1";
  }
  [[nodiscard]] std::string_view summary() const noexcept override {
    return "The share of word n-grams that are none over again.";
  }

  [[nodiscard]] boost::json::object schema() const override {
    return {{"type", "object"},
            {"properties",
             {{"n",
               {{"type", "integer"},
                {"minimum", 1},
                {"maximum", kMaxGram},
                {"default", kGram}}},
              {"of", PartSchema(ResponsePart::kAll)}}},
            {"required", boost::json::array()},
            {"additionalProperties", false}};
  }

  [[nodiscard]] ParamResult<std::unique_ptr<const Check>> Prepare(
      const boost::json::object& params) const override {
    if (auto error = UnknownKey(params, {"n", "of"})) {
      return *std::move(error);
    }
    const auto n = IntParam(params, "n", 1, kMaxGram, kGram);
    if (!n) return n.error();
    const auto of = PartParam(params, ResponsePart::kAll);
    if (!of) return of.error();
    return std::make_unique<const RepetitionCheck>(static_cast<std::size_t>(*n),
                                                   *of);
  }
};

}  // namespace

std::unique_ptr<const Checker> MakeRepetitionChecker() {
  return std::make_unique<const RepetitionChecker>();
}

}  // namespace rewards
