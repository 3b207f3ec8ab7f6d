#include "verifier/engine/equal.h"

#include <string>
#include <utility>

namespace verifier::engine {
namespace {

constexpr const char* kChecker = "math";

protocol::Item Side(const std::string& gold, const std::string& answer,
                    const boost::json::object& policy) {
  protocol::Item item;
  item.id.emplace();
  item.response = answer;
  protocol::CheckSpec spec;
  spec.checker = kChecker;
  spec.params["gold"] = gold;
  spec.params["policy"] = policy;
  item.checks.push_back(std::move(spec));
  return item;
}

std::string ReasonOf(const protocol::ScoreResult& side) {
  if (side.error) return side.error->detail;
  if (side.checks.empty()) return std::string(StatusName(side.status));
  const auto* reason = side.checks[0].detail.if_contains("reason");
  return reason != nullptr && reason->is_string()
             ? std::string(reason->get_string())
             : side.checks[0].outcome;
}

bool Says(const protocol::ScoreResult& side, std::string_view outcome,
          std::string_view evidence = {}) {
  return side.checks.size() == 1 && side.checks[0].outcome == outcome &&
         (evidence.empty() || side.checks[0].evidence == evidence);
}

// One that could not be read says more than one that was not decided.
bool Unreadable(const protocol::ScoreResult& side) {
  return side.error.has_value() || Says(side, "unreadable");
}

protocol::EqualResult Both(const protocol::ScoreResult& one,
                           const protocol::ScoreResult& other) {
  for (const protocol::ScoreResult* side : {&one, &other}) {
    if (Says(*side, "correct")) {
      return {true, side->checks[0].evidence, ReasonOf(*side)};
    }
  }
  if (Says(one, "wrong", "refuted") && Says(other, "wrong", "refuted")) {
    return {false, "refuted", ReasonOf(one)};
  }
  for (const protocol::ScoreResult* side : {&one, &other}) {
    if (Unreadable(*side)) {
      return {std::nullopt, "unreadable", ReasonOf(*side)};
    }
  }
  return {std::nullopt, "undecided", ReasonOf(one)};
}

}  // namespace

boost::system::result<std::vector<protocol::Item>, protocol::RequestError>
EqualItems(const rewards::Registry& registry,
           const protocol::EqualRequest& request) {
  const rewards::Checker* checker = registry.Find(kChecker);
  if (checker == nullptr) {
    return protocol::RequestError(400, "", "this service has no math checker");
  }
  const auto prepared =
      checker->Prepare({{"gold", "0"}, {"policy", request.policy}});
  if (!prepared) {
    return protocol::RequestError(400, prepared.error().pointer,
                                  prepared.error().detail);
  }
  std::vector<protocol::Item> items;
  items.reserve(request.pairs.size() * 2);
  for (const auto& [one, other] : request.pairs) {
    items.push_back(Side(one, other, request.policy));
    items.push_back(Side(other, one, request.policy));
  }
  return items;
}

std::vector<protocol::EqualResult> EqualResults(
    const std::vector<protocol::ScoreResult>& results) {
  std::vector<protocol::EqualResult> equal;
  equal.reserve(results.size() / 2);
  for (std::size_t i = 0; i + 1 < results.size(); i += 2) {
    equal.push_back(Both(results[i], results[i + 1]));
  }
  return equal;
}

}  // namespace verifier::engine
