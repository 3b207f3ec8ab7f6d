#include "rewards/length_checker.h"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "rewards/params.h"
#include "rewards/response_part.h"
#include "rewards/rules/length.h"

namespace rewards {
namespace {

using rules::LengthUnit;
using rules::Shape;

constexpr std::array<std::string_view, 3> kShapes = {"range", "cosine",
                                                     "overlong"};
constexpr std::array<std::string_view, 4> kUnits = {"characters", "words",
                                                    "bytes", "tokens"};

// A parameter that belongs to some shapes alone.
struct ShapeKey {
  std::string_view name;
  std::string_view shapes;
};
constexpr std::array<ShapeKey, 6> kShapeKeys = {{{"min", "range"},
                                                 {"max",
                                                  "range cosine "
                                                  "overlong"},
                                                 {"buffer", "overlong"},
                                                 {"at_zero", "cosine"},
                                                 {"at_max", "cosine"},
                                                 {"over", "cosine"}}};

struct Options {
  rules::LengthReward reward{};
  LengthUnit unit = LengthUnit::kCharacters;
  ResponsePart of = ResponsePart::kAll;
  std::uint64_t tokens = 0;
};

std::string_view UnitName(LengthUnit unit) {
  return kUnits[static_cast<std::size_t>(unit)];
}

class LengthCheck final : public Check {
 public:
  explicit LengthCheck(const Options& options) : options_(options) {}

  [[nodiscard]] Verdict Judge(const Submission& submission,
                              const Budget&) const override {
    const bool words = options_.unit == LengthUnit::kWords;
    const std::string_view part = PartOf(submission, options_.of);
    if (words && part.size() > kMaxWordBytes) {
      return MakeVerdict(Outcome::kUnreadable, "too long to count its words");
    }
    const std::optional<std::uint64_t> length = Measure(part);
    if (!length) {
      return MakeVerdict(Outcome::kNotJudged, "word breaking failed");
    }
    if (words && *length == 0) {
      return MakeVerdict(Outcome::kUnreadable, "no words");
    }
    const std::string reason =
        std::to_string(*length) + " " + std::string(UnitName(options_.unit));
    Verdict verdict =
        MakeGradedVerdict(ScoreOfLength(options_.reward, *length), reason);
    verdict.detail["length"] = *length;
    verdict.detail["unit"] = UnitName(options_.unit);
    return verdict;
  }

  [[nodiscard]] Explanation Explain(const Submission& submission,
                                    const Budget&) const override {
    Explanation steps = {PartStep(submission, options_.of)};
    const std::string_view part = PartOf(submission, options_.of);
    if (part.size() > kMaxWordBytes) return steps;
    if (const auto length = Measure(part)) {
      steps.emplace_back("length", std::to_string(*length) + " " +
                                       std::string(UnitName(options_.unit)));
      steps.emplace_back(
          "shape",
          std::string(
              kShapes[static_cast<std::size_t>(options_.reward.shape)]) +
              " up to " + std::to_string(options_.reward.most) + ": score " +
              std::to_string(ScoreOfLength(options_.reward, *length)));
    }
    return steps;
  }

 private:
  [[nodiscard]] std::optional<std::uint64_t> Measure(
      std::string_view part) const {
    if (options_.unit == LengthUnit::kTokens) return options_.tokens;
    return rules::LengthOf(part, options_.unit);
  }

  const Options options_;
};

// The error for a key that `shape` has no use for.
std::optional<ParamError> UselessKey(const boost::json::object& params,
                                     std::string_view shape) {
  for (const ShapeKey& key : kShapeKeys) {
    if (!params.contains(key.name)) continue;
    if (key.shapes.find(shape) != std::string_view::npos) continue;
    return ParamError(Pointer(key.name),
                      "only with the shape " + std::string(key.shapes));
  }
  return std::nullopt;
}

std::optional<ParamError> ReadBounds(const boost::json::object& params,
                                     rules::LengthReward& reward) {
  const bool range = reward.shape == Shape::kRange;
  for (const std::string_view key : {"max", "buffer"}) {
    const bool wanted =
        !range && (key == "max" || reward.shape == Shape::kOverlong);
    if (wanted && !params.contains(key)) {
      return ParamError(Pointer(key), "required by this shape: a length");
    }
  }
  if (range && !params.contains("min") && !params.contains("max")) {
    return ParamError("/max", "a range has a \"max\", a \"min\", or both");
  }
  const auto least = IntParam(params, "min", 0, kMaxLength, 0);
  if (!least) return least.error();
  const auto most =
      IntParam(params, "max", range ? *least : 1, kMaxLength, kMaxLength);
  if (!most) return most.error();
  const auto buffer = IntParam(params, "buffer", 1, *most, 1);
  if (!buffer) return buffer.error();
  reward.least = static_cast<std::uint64_t>(*least);
  if (params.contains("max")) {
    reward.most = static_cast<std::uint64_t>(*most);
  }
  reward.buffer = static_cast<std::uint64_t>(*buffer);
  return std::nullopt;
}

std::optional<ParamError> ReadScores(const boost::json::object& params,
                                     rules::LengthReward& reward) {
  const auto at_zero = NumberParam(params, "at_zero", 0, 1, 1);
  if (!at_zero) return at_zero.error();
  const auto at_most = NumberParam(params, "at_max", 0, 1, 0);
  if (!at_most) return at_most.error();
  const auto over = NumberParam(params, "over", 0, 1, 0);
  if (!over) return over.error();
  reward.at_zero = *at_zero;
  reward.at_most = *at_most;
  reward.over = *over;
  return std::nullopt;
}

std::optional<ParamError> ReadUnit(const boost::json::object& params,
                                   Options& options) {
  const auto unit = ChoiceParam(params, "unit", kUnits, kUnits[0]);
  if (!unit) return unit.error();
  const auto of = PartParam(params, ResponsePart::kAll);
  if (!of) return of.error();
  options.of = *of;
  for (std::size_t i = 0; i < kUnits.size(); ++i) {
    if (*unit == kUnits[i]) options.unit = static_cast<LengthUnit>(i);
  }
  const bool counted = options.unit == LengthUnit::kTokens;
  if (counted != params.contains("tokens")) {
    return ParamError("/tokens",
                      counted ? "required by the unit \"tokens\": how many "
                                "tokens the response has"
                              : "only with \"unit\": \"tokens\"");
  }
  if (counted && options.of != ResponsePart::kAll) {
    return ParamError("/of", "must be \"all\" with \"unit\": \"tokens\"");
  }
  const auto tokens = IntParam(params, "tokens", 0, kMaxLength, 0);
  if (!tokens) return tokens.error();
  options.tokens = static_cast<std::uint64_t>(*tokens);
  return std::nullopt;
}

class LengthChecker final : public Checker {
 public:
  [[nodiscard]] std::string_view name() const noexcept override {
    return "length";
  }
  [[nodiscard]] std::string_view version() const noexcept override {
    return "1";
  }
  [[nodiscard]] std::string_view summary() const noexcept override {
    return "The response is as long as it should be: range, cosine, overlong.";
  }

  [[nodiscard]] boost::json::object schema() const override {
    const boost::json::object length = {
        {"type", "integer"}, {"minimum", 0}, {"maximum", kMaxLength}};
    const boost::json::object score = {
        {"type", "number"}, {"minimum", 0}, {"maximum", 1}};
    return {{"type", "object"},
            {"properties",
             {{"shape",
               {{"enum", boost::json::array(kShapes.begin(), kShapes.end())}}},
              {"min", length},
              {"max", length},
              {"buffer", length},
              {"at_zero", score},
              {"at_max", score},
              {"over", score},
              {"unit",
               {{"enum", boost::json::array(kUnits.begin(), kUnits.end())},
                {"default", kUnits[0]}}},
              {"tokens", length},
              {"of", PartSchema(ResponsePart::kAll)}}},
            {"required", {"shape"}},
            {"examples",
             {{{"shape", "overlong"}, {"max", 20480}, {"buffer", 4096}}}},
            {"additionalProperties", false}};
  }

  [[nodiscard]] ParamResult<std::unique_ptr<const Check>> Prepare(
      const boost::json::object& params) const override {
    if (auto error =
            UnknownKey(params, {"shape", "min", "max", "buffer", "at_zero",
                                "at_max", "over", "unit", "tokens", "of"})) {
      return *std::move(error);
    }
    const auto shape = ChoiceParam(params, "shape", kShapes);
    if (!shape) return shape.error();
    Options options;
    for (std::size_t i = 0; i < kShapes.size(); ++i) {
      if (*shape == kShapes[i]) options.reward.shape = static_cast<Shape>(i);
    }
    if (auto error = UselessKey(params, *shape)) return *std::move(error);
    if (auto error = ReadBounds(params, options.reward)) {
      return *std::move(error);
    }
    if (auto error = ReadScores(params, options.reward)) {
      return *std::move(error);
    }
    if (auto error = ReadUnit(params, options)) return *std::move(error);
    return std::make_unique<const LengthCheck>(options);
  }
};

}  // namespace

std::unique_ptr<const Checker> MakeLengthChecker() {
  return std::make_unique<const LengthChecker>();
}

}  // namespace rewards
