// Explanation: what a check looked at and decided, step by step, for people. A
// plain value; any thread. Verdicts never depend on it.

#ifndef REWARDS_EXPLANATION_H_
#define REWARDS_EXPLANATION_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rewards {

// Bytes [begin, end) of a response.
struct Place {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// How a page colours a place.
enum class Shade { kNone, kGood, kBad, kAside };

struct ExplainedStep {
  ExplainedStep(std::string step_in, std::string finding_in,
                std::optional<Place> place_in = std::nullopt)
      : step(std::move(step_in)),
        finding(std::move(finding_in)),
        place(place_in) {}

  std::string step;            // what was done, e.g. "extraction"
  std::string finding;         // what came of it, in one line
  std::optional<Place> place;  // where in the response

  // Other than kNone: the place is a part of a text that is shown as a whole
  // in colours, in order, and `finding` is what the part is.
  Shade shade = Shade::kNone;
};

using Explanation = std::vector<ExplainedStep>;

// Where `part`, a view into `response`, lies in it.
[[nodiscard]] inline Place PlaceOf(std::string_view part,
                                   std::string_view response) {
  const auto begin = static_cast<std::size_t>(part.data() - response.data());
  return {begin, begin + part.size()};
}

}  // namespace rewards

#endif  // REWARDS_EXPLANATION_H_
