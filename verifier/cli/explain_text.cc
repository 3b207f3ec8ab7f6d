#include "verifier/cli/explain_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <string>

#include "verifier/cli/shaded.h"
#include "verifier/cli/summary.h"
#include "verifier/cli/terminal.h"

namespace verifier::cli {
namespace {

constexpr std::size_t kStepWidth = 14;
constexpr std::size_t kMostFinding = 400;
// Bytes of the response shown before, of and after a place.
constexpr std::size_t kMostBefore = 24;
constexpr std::size_t kMostPlace = 48;
constexpr std::size_t kMostAfter = 16;

bool ContinuesCharacter(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// The first place from `at` where a character begins.
std::size_t CharacterAt(std::string_view text, std::size_t at) {
  while (at < text.size() && ContinuesCharacter(text[at])) ++at;
  return std::min(at, text.size());
}

// Two lines: a piece of one line of the response, and a mark below the place.
std::string Underlined(std::string_view response, rewards::Place place) {
  const std::size_t newline = place.begin == 0
                                  ? std::string_view::npos
                                  : response.rfind('\n', place.begin - 1);
  std::size_t from = newline == std::string_view::npos ? 0 : newline + 1;
  if (place.begin - from > kMostBefore) from = place.begin - kMostBefore;
  from = CharacterAt(response, from);
  std::size_t to = std::min(place.end, place.begin + kMostPlace);
  to = std::min(to, response.find('\n', place.begin));
  to = CharacterAt(response, to);
  std::size_t after =
      std::min({to + kMostAfter, response.size(), response.find('\n', to)});
  after = CharacterAt(response, after);
  const auto shown = [](std::string_view part) {
    return Printable(part, 4 * (kMostBefore + kMostPlace + kMostAfter));
  };
  const std::string before = shown(response.substr(from, place.begin - from));
  const std::string inside =
      shown(response.substr(place.begin, to - place.begin));
  const std::string rest = shown(response.substr(to, after - to));
  const std::size_t marks = std::max<std::size_t>(1, CharacterCount(inside));
  return fmt::format("{:{}}{}{}{}\n{:{}}^{}{}\n", "", kStepWidth, before,
                     inside, rest, "", kStepWidth + CharacterCount(before),
                     std::string(marks - 1, '~'), to < place.end ? " ..." : "");
}

std::string StepText(const rewards::ExplainedStep& step,
                     std::string_view response) {
  std::string text = fmt::format("{:<{}}{}\n", step.step, kStepWidth,
                                 Printable(step.finding, kMostFinding));
  if (step.place && step.place->end > step.place->begin &&
      step.place->end <= response.size()) {
    text += Underlined(response, *step.place);
  }
  return text;
}

std::string VerdictText(const protocol::CheckResult& check, bool color) {
  const bool good = check.outcome == "correct";
  std::string text =
      Paint(check.outcome, good ? Style::kGood : Style::kBad, color);
  text += check.score ? fmt::format(", score {}", *check.score)
                      : std::string(", no score");
  if (check.weight != 1.0) text += fmt::format(" x weight {}", check.weight);
  if (!check.gate.empty()) text += ", gate " + Printable(check.gate, 20);
  std::string why(ReasonOf(check));
  if (!check.evidence.empty()) {
    why += (why.empty() ? "" : ", ") + check.evidence;
  }
  if (!why.empty()) text += " (" + Printable(why, kMostFinding) + ")";
  return fmt::format("{:<{}}{}\n", "verdict", kStepWidth, text);
}

}  // namespace

std::string ExplainText(const engine::ExplainedItem& explained,
                        std::string_view response, bool color) {
  const protocol::ScoreResult& result = explained.result;
  std::string text;
  for (std::size_t i = 0; i < result.checks.size(); ++i) {
    const protocol::CheckResult& check = result.checks[i];
    if (result.checks.size() > 1) {
      text += fmt::format("{}== {}\n", i == 0 ? "" : "\n", check.checker);
    }
    if (i < explained.steps.size()) {
      for (const rewards::ExplainedStep& step : explained.steps[i]) {
        if (step.shade != rewards::Shade::kNone) continue;
        text += StepText(step, response);
      }
      text += ShadedText(explained.steps[i], response, color);
    }
    text += VerdictText(check, color);
  }
  if (result.checks.size() > 1) {
    text += result.reward ? fmt::format("\nreward {}\n", *result.reward)
                          : std::string("\nno reward: not judged\n");
  }
  return text;
}

boost::json::object ExplainJson(const engine::ExplainedItem& explained) {
  boost::json::object object = protocol::ToJson(explained.result);
  boost::json::array& checks = object["checks"].as_array();
  for (std::size_t i = 0; i < explained.steps.size(); ++i) {
    boost::json::array steps;
    for (const rewards::ExplainedStep& step : explained.steps[i]) {
      boost::json::object one = {{"step", step.step},
                                 {"finding", step.finding}};
      if (step.place) {
        one["begin"] = step.place->begin;
        one["end"] = step.place->end;
        if (step.shade != rewards::Shade::kNone) {
          one["shade"] = ShadeName(step.shade);
        }
      }
      steps.push_back(std::move(one));
    }
    checks.at(i).as_object()["steps"] = std::move(steps);
  }
  return object;
}

}  // namespace verifier::cli
