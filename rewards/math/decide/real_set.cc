#include "rewards/math/decide/real_set.h"

#include <algorithm>
#include <utility>

#include "rewards/math/decide/terms.h"

namespace rewards::math {

namespace {

// The value of a number as it is written: 3, -3, 3/4, -3/4.
std::optional<Rational> PlainValue(TermRef a) {
  const bool negated = KindOf(a) == Kind::kNegate;
  if (negated) a = Child(a, 0);
  const auto literal = [](TermRef number) -> const Rational* {
    return KindOf(number) == Kind::kNumber
               ? &number.tree->LiteralOf(number.id).value
               : nullptr;
  };
  const bool fraction = KindOf(a) == Kind::kDivide;
  const Rational* over = literal(fraction ? Child(a, 0) : a);
  if (over == nullptr) return std::nullopt;
  Rational value = *over;
  if (fraction) {
    const Rational* under = literal(Child(a, 1));
    if (under == nullptr || under->is_zero()) return std::nullopt;
    value = value / *under;
  }
  return negated ? -value : value;
}

}  // namespace

RealSet::RealSet(std::vector<Cut> cuts, std::vector<bool> at,
                 std::vector<bool> gaps)
    : cuts_(std::move(cuts)), at_(std::move(at)), gaps_(std::move(gaps)) {
  Normalise();
}

RealSet::RealSet(const std::vector<TermRef>& cuts, std::vector<bool> at,
                 std::vector<bool> gaps)
    : at_(std::move(at)), gaps_(std::move(gaps)) {
  for (const TermRef cut : cuts) cuts_.push_back({cut, PlainValue(cut)});
  Normalise();
}

RealSet RealSet::Point(TermRef at) {
  return RealSet(std::vector{at}, {true}, {false, false});
}

RealSet RealSet::Below(TermRef at, bool closed) {
  return RealSet(std::vector{at}, {closed}, {true, false});
}

RealSet RealSet::Above(TermRef at, bool closed) {
  return RealSet(std::vector{at}, {closed}, {false, true});
}

std::optional<int> RealSet::Order(Context* context, const Cut& a,
                                  const Cut& b) {
  if (a.value && b.value) {
    if (*a.value == *b.value) return 0;
    return *a.value <= *b.value ? -1 : 1;
  }
  return CompareReals(a.at, b.at, context->work);
}

// Drops the cuts where nothing changes.
void RealSet::Normalise() {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < cuts_.size(); ++i) {
    // gaps_[kept] is the gap before this cut.
    if (at_[i] == gaps_[kept] && at_[i] == gaps_[i + 1]) continue;
    cuts_[kept] = cuts_[i];
    at_[kept] = at_[i];
    gaps_[++kept] = gaps_[i + 1];
  }
  cuts_.resize(kept);
  at_.resize(kept);
  gaps_.resize(kept + 1);
}

std::optional<RealSet> RealSet::Combine(
    Context* context, const RealSet& a, const RealSet& b,
    const std::function<bool(bool, bool)>& keep) {
  std::vector<Cut> cuts;
  std::vector<bool> at;
  std::vector<bool> gaps{keep(a.gaps_[0], b.gaps_[0])};
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.cuts_.size() || j < b.cuts_.size()) {
    if (cuts.size() >= kMaxCuts || !context->work->Spend(1)) {
      return std::nullopt;
    }
    int order = 0;  // which cut is next: a's (-1), b's (1), both (0)
    if (i == a.cuts_.size()) {
      order = 1;
    } else if (j == b.cuts_.size()) {
      order = -1;
    } else {
      const auto sign = Order(context, a.cuts_[i], b.cuts_[j]);
      if (!sign) return std::nullopt;
      order = *sign;
    }
    cuts.push_back(order <= 0 ? a.cuts_[i] : b.cuts_[j]);
    at.push_back(keep(order <= 0 ? a.at_[i] : a.gaps_[i],
                      order >= 0 ? b.at_[j] : b.gaps_[j]));
    if (order <= 0) ++i;
    if (order >= 0) ++j;
    gaps.push_back(keep(a.gaps_[i], b.gaps_[j]));
  }
  return RealSet(std::move(cuts), std::move(at), std::move(gaps));
}

std::optional<RealSet> RealSet::Union(Context* context, const RealSet& a,
                                      const RealSet& b) {
  return Combine(context, a, b, [](bool x, bool y) { return x || y; });
}

std::optional<RealSet> RealSet::Intersection(Context* context, const RealSet& a,
                                             const RealSet& b) {
  return Combine(context, a, b, [](bool x, bool y) { return x && y; });
}

std::optional<RealSet> RealSet::Difference(Context* context, const RealSet& a,
                                           const RealSet& b) {
  return Combine(context, a, b, [](bool x, bool y) { return x && !y; });
}

std::optional<bool> RealSet::Same(Context* context, const RealSet& a,
                                  const RealSet& b) {
  const auto apart =
      Combine(context, a, b, [](bool x, bool y) { return x != y; });
  if (!apart) return std::nullopt;
  return apart->empty();
}

RealSet RealSet::Closed() const {
  std::vector<bool> at = at_;
  for (std::size_t i = 0; i < at.size(); ++i) {
    if (gaps_[i] || gaps_[i + 1]) at[i] = true;
  }
  return RealSet(cuts_, std::move(at), gaps_);
}

std::optional<std::pair<TermRef, TermRef>> RealSet::ends() const {
  if (cuts_.empty() || gaps_.front() || gaps_.back()) return std::nullopt;
  return std::pair(cuts_.front().at, cuts_.back().at);
}

bool RealSet::empty() const { return cuts_.empty() && !gaps_[0]; }

}  // namespace rewards::math
