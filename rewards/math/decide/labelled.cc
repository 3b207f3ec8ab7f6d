#include "rewards/math/decide/labelled.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "rewards/math/decide/equal_terms.h"
#include "rewards/math/decide/terms.h"
#include "rewards/math/decide/verdicts.h"

namespace rewards::math {
namespace {

bool HoldsParts(Kind kind) {
  return kind == Kind::kTuple || kind == Kind::kList ||
         kind == Kind::kBracketed;
}

// (p, q) = (3, 2), also p, q = 3, 2.
std::optional<Labelled> Together(Context* context, TermRef a) {
  const auto whole = AssignmentOf(context, a);
  if (!whole || !whole->has_label() || KindOf(whole->label) != Kind::kTuple ||
      !HoldsParts(KindOf(whole->value)) ||
      CountOf(whole->label) != CountOf(whole->value)) {
    return std::nullopt;
  }
  Labelled labelled;
  labelled.ordered = true;
  for (std::size_t i = 0; i < CountOf(whole->label); ++i) {
    labelled.parts.push_back({Child(whole->label, i), Child(whole->value, i)});
  }
  return labelled;
}

// x = y = z = 1: several variables of one value. False: `a` is none.
bool AddChained(TermRef a, std::vector<Assignment>* parts) {
  constexpr std::size_t kFewestSides = 3;
  if (KindOf(a) != Kind::kRelation || CountOf(a) < kFewestSides ||
      CountOf(a) > kMaxLabels) {
    return false;
  }
  for (const Sign sign : a.tree->SignsOf(a.id)) {
    if (sign != Sign::kEqual) return false;
  }
  std::vector<TermRef> sides = Children(a);
  const TermRef value = sides.back();
  sides.pop_back();
  const bool names = std::all_of(sides.begin(), sides.end(), [](TermRef side) {
    return KindOf(side) == Kind::kSymbol;
  });
  if (!names || !SymbolsOf(value).empty()) return false;
  for (const TermRef side : sides) parts->push_back({side, value, false, true});
  return true;
}

bool AllDifferent(Context* context, const std::vector<Assignment>& parts) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (CompareLabels(context, parts[i].label, parts[j].label) !=
          Labels::kDifferent) {
        return false;
      }
    }
  }
  return true;
}

bool NeighboursByName(const Labelled& labelled) {
  constexpr int kFarthest = 3;
  char first = 'z';
  char last = 'A';
  for (const Assignment& part : labelled.parts) {
    if (KindOf(part.label) != Kind::kSymbol) return false;
    const std::string_view name = NameOf(part.label);
    if (name.empty() || name[0] == '\\') return false;
    first = std::min(first, name[0]);
    last = std::max(last, name[0]);
  }
  return last - first <= kFarthest;
}

}  // namespace

std::optional<Labelled> LabelledOf(Context* context, TermRef a) {
  Labelled labelled;
  if (KindOf(a) == Kind::kRelation) {
    if (!AddChained(a, &labelled.parts)) return Together(context, a);
    return AllDifferent(context, labelled.parts) ? std::optional(labelled)
                                                 : std::nullopt;
  }
  if (KindOf(a) != Kind::kList && KindOf(a) != Kind::kAnd) return std::nullopt;
  if (CountOf(a) < 2 || CountOf(a) > kMaxLabels) return std::nullopt;
  for (const TermRef child : Children(a)) {
    if (AddChained(child, &labelled.parts)) continue;
    const auto part = AssignmentOf(context, child);
    if (!part || !part->has_label()) return std::nullopt;
    labelled.parts.push_back(*part);
  }
  if (labelled.parts.size() > kMaxLabels ||
      !AllDifferent(context, labelled.parts)) {
    return std::nullopt;
  }
  return labelled;
}

Decision DecideLabelled(Context* context, const Labelled& gold,
                        const Labelled& answer) {
  if (gold.parts.size() != answer.parts.size()) {
    return Undecided("different labels");
  }
  Decision whole = Proved("the same values by label");
  for (const Assignment& part : gold.parts) {
    const auto other =
        std::find_if(answer.parts.begin(), answer.parts.end(),
                     [&](const Assignment& candidate) {
                       return CompareLabels(context, part.label,
                                            candidate.label) == Labels::kSame;
                     });
    if (other == answer.parts.end()) return Undecided("different labels");
    Join(&whole, EqualTerms(context, part.value, other->value));
  }
  return whole;
}

std::vector<TermRef> ValuesInOrder(const Labelled& labelled) {
  std::vector<Assignment> parts = labelled.parts;
  if (!labelled.ordered && NeighboursByName(labelled)) {
    std::stable_sort(parts.begin(), parts.end(),
                     [](const Assignment& a, const Assignment& b) {
                       const std::string_view x = NameOf(a.label);
                       const std::string_view y = NameOf(b.label);
                       return std::pair(x.size(), x) < std::pair(y.size(), y);
                     });
  }
  std::vector<TermRef> values;
  for (const Assignment& part : parts) values.push_back(part.value);
  return values;
}

}  // namespace rewards::math
