// PrepareItem: the checks that an item asks for, ready to judge, whether it
// brings them or its profile does. Thread-safe: no state.

#ifndef VERIFIER_ENGINE_PREPARE_ITEM_H_
#define VERIFIER_ENGINE_PREPARE_ITEM_H_

#include <boost/system/result.hpp>
#include <memory>
#include <string_view>
#include <vector>

#include "rewards/profile.h"
#include "rewards/registry.h"
#include "verifier/protocol/score_request.h"

namespace verifier::engine {

struct PreparedCheck {
  const rewards::Checker* checker = nullptr;  // never null
  std::unique_ptr<const rewards::Check> check{};
  double weight = protocol::kDefaultWeight;
  const rewards::ProfileCheck* rule = nullptr;  // null: not of a profile
};

struct PreparedItem {
  std::string_view template_name = protocol::kDefaultTemplate;
  std::vector<PreparedCheck> checks{};
};

// Reads the checks of `item`, merged with its profile's; or says which field is
// wrong. The result borrows from both arguments. Requires: item.error is none.
[[nodiscard]] boost::system::result<PreparedItem, protocol::FieldError>
PrepareItem(const rewards::Registry& registry, const protocol::Item& item);

// The checker that `item` begins with; null where it has none that is known.
[[nodiscard]] const rewards::Checker* FirstChecker(
    const rewards::Registry& registry, const protocol::Item& item);

}  // namespace verifier::engine

#endif  // VERIFIER_ENGINE_PREPARE_ITEM_H_
