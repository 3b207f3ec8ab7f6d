#include "rewards/math/decide/collections.h"

#include <algorithm>
#include <functional>
#include <string_view>

#include "rewards/math/decide/assignments.h"
#include "rewards/math/decide/equal_terms.h"
#include "rewards/math/decide/matching.h"
#include "rewards/math/decide/terms.h"
#include "rewards/math/decide/verdicts.h"

namespace rewards::math {
namespace {

bool IsBareList(Kind kind) { return kind == Kind::kList || kind == Kind::kOr; }

// Gathers the elements of one collection.
class Gatherer {
 public:
  explicit Gatherer(Context* context) : context_(context) {}

  std::optional<Collection> Run(TermRef a) {
    if (!Whole(a) || whole_.elements.size() > kMaxElements) {
      return std::nullopt;
    }
    return std::move(whole_);
  }

 private:
  bool Whole(TermRef a) {
    switch (KindOf(a)) {
      case Kind::kSet:
        whole_.braces = true;
        return Elements(a);
      case Kind::kList:
      case Kind::kOr:
      case Kind::kAnd:
        return Relations(a) || (KindOf(a) != Kind::kAnd && Elements(a));
      case Kind::kRelation:
        return Relation(a);
      case Kind::kTuple:
        return OpenSigns(a) == Open::kOnce && Element(a);
      default:
        return IsScalarKind(KindOf(a)) && OpenSigns(a) == Open::kOnce &&
               Element(a);
    }
  }

  // One element, or both of a plus-minus.
  bool Element(TermRef a) {
    if (OpenSigns(a) != Open::kOnce) {
      whole_.elements.push_back(Compact(context_, a));
      return true;
    }
    const auto upper = TakeSign(context_, a, true);
    const auto lower = TakeSign(context_, a, false);
    if (!upper || !lower) return false;
    whole_.elements.push_back(*upper);
    whole_.elements.push_back(*lower);
    return true;
  }

  // The children; lists among them are looked into once: `1, 2 or 3`.
  bool Elements(TermRef a) {
    for (const TermRef child : Children(a)) {
      if (!IsBareList(KindOf(child))) {
        if (KindOf(child) == Kind::kRelation && !whole_.braces) return false;
        if (!Element(child)) return false;
        continue;
      }
      for (const TermRef inner : Children(child)) {
        if (KindOf(inner) == Kind::kRelation) return Grouped(a);
        if (!Element(inner)) return false;
      }
    }
    return true;
  }

  // Lists of labelled values are elements as they are: p=5, q=2; p=7, q=2.
  bool Grouped(TermRef a) {
    whole_.elements = Children(a);
    return true;
  }

  // x = 1, x = 2; also n = 1, 2, 3.
  bool Relations(TermRef a) {
    const std::vector<TermRef> children = Children(a);
    std::vector<Assignment> assigned;
    for (const TermRef child : children) {
      if (KindOf(child) != Kind::kRelation) {
        const Kind kind = KindOf(child);
        if (assigned.empty() || (!IsScalarKind(kind) && kind != Kind::kTuple)) {
          return false;
        }
        assigned.push_back({assigned.back().label, child});
        continue;
      }
      const auto assignment = AssignmentOf(context_, child);
      if (!assignment || !assignment->has_label()) return false;
      assigned.push_back(*assignment);
    }
    if (assigned.empty()) return false;
    if (Numbered(&assigned)) return SameLabel(assigned);
    const std::size_t period = Period(assigned);
    if (period == 1) return SameLabel(assigned);
    return period > 1 && Group(children, period);
  }

  // x_1 = 2, x_2 = 3: the values of x. Gives all of them the label x.
  bool Numbered(std::vector<Assignment>* assigned) {
    const auto base = [](const Assignment& a) -> std::string_view {
      if (KindOf(a.label) != Kind::kSymbol) return {};
      const std::string_view name = NameOf(a.label);
      const std::size_t at = name.find("_{");
      if (at == std::string_view::npos) return {};
      const char first = name[at + 2];
      return first >= '0' && first <= '9' ? name.substr(0, at)
                                          : std::string_view();
    };
    const std::string_view name = base(assigned->front());
    if (name.empty() || assigned->size() < 2) return false;
    if (!std::all_of(assigned->begin(), assigned->end(),
                     [&](const Assignment& a) { return base(a) == name; })) {
      return false;
    }
    Tree& tree = context_->made.emplace_back();
    const TermRef label{&tree, tree.Add(Kind::kSymbol, {}, name)};
    for (Assignment& a : *assigned) a.label = label;
    whole_.numbered = true;
    return true;
  }

  // After how many assignments the labels come again; 0: never, or not evenly.
  std::size_t Period(const std::vector<Assignment>& assigned) {
    const auto same = [&](std::size_t i, std::size_t j) {
      return CompareLabels(context_, assigned[i].label, assigned[j].label) ==
             Labels::kSame;
    };
    std::size_t period = 1;
    while (period < assigned.size() && !same(0, period)) ++period;
    if (period == assigned.size() || assigned.size() % period != 0) return 0;
    for (std::size_t i = period; i < assigned.size(); ++i) {
      if (!same(i, i % period)) return 0;
    }
    return period;
  }

  bool SameLabel(const std::vector<Assignment>& assigned) {
    whole_.label = assigned[0].label;
    return std::all_of(assigned.begin(), assigned.end(),
                       [&](const Assignment& a) { return Value(a.value); });
  }

  bool Group(const std::vector<TermRef>& children, std::size_t period) {
    for (std::size_t i = 0; i < children.size(); i += period) {
      const auto group =
          MakeOf(context_, Kind::kAnd, std::span(children).subspan(i, period));
      if (!group) return false;
      whole_.elements.push_back(*group);
    }
    return true;
  }

  // What stands after x =.
  bool Value(TermRef value) {
    if (IsBareList(KindOf(value))) return Elements(value);
    return Element(value);
  }

  // x = 1, 2 and x = +-1; x in {1, 2}.
  bool Relation(TermRef a) {
    const bool in = CountOf(a) == 2 && a.tree->SignsOf(a.id)[0] == Sign::kIn;
    if (in) {
      whole_.label = Child(a, 0);
      const Kind kind = KindOf(whole_.label);
      return (kind == Kind::kSymbol || kind == Kind::kTuple) &&
             KindOf(Child(a, 1)) == Kind::kSet && Elements(Child(a, 1));
    }
    const auto assignment = AssignmentOf(context_, a);
    if (!assignment || !assignment->has_label()) return false;
    whole_.label = assignment->label;
    const Kind kind = KindOf(assignment->value);
    if (!IsBareList(kind) && OpenSigns(assignment->value) != Open::kOnce) {
      return false;
    }
    return Value(assignment->value);
  }

  Context* context_;
  Collection whole_;
};

using Compare = std::function<Decision(TermRef, TermRef)>;

// True where one element of `some` is proved to differ from all of `others`.
bool HasStranger(const std::vector<TermRef>& some,
                 const std::vector<TermRef>& others, const Compare& compare) {
  return std::any_of(some.begin(), some.end(), [&](TermRef one) {
    return std::all_of(others.begin(), others.end(), [&](TermRef other) {
      return IsNotEqual(compare(one, other));
    });
  });
}

// The elements without those that are there twice. Only tuples: a list of them
// is a set of solutions, while a number twice may be a root of its
// multiplicity.
std::vector<TermRef> Distinct(Context* context,
                              const std::vector<TermRef>& elements) {
  std::vector<TermRef> distinct;
  for (const TermRef element : elements) {
    const bool again =
        KindOf(element) == Kind::kTuple &&
        std::any_of(distinct.begin(), distinct.end(), [&](TermRef other) {
          Context exact = ExactContext(*context);
          return IsEqual(EqualTerms(&exact, element, other));
        });
    if (!again) distinct.push_back(element);
  }
  return distinct;
}

// Which side is taken first: the longer one, and of two as long one that is the
// same whichever is the gold.
bool GoesFirst(const std::vector<TermRef>& some,
               const std::vector<TermRef>& others) {
  if (some.size() != others.size()) return some.size() > others.size();
  return !std::lexicographical_compare(
      others.begin(), others.end(), some.begin(), some.end(),
      [](TermRef a, TermRef b) { return ShapeOf(a) < ShapeOf(b); });
}

// Work may end in between, so both ways round it is done in the same order.
Decision DecideElements(Context* context, const std::vector<TermRef>& gold,
                        const std::vector<TermRef>& answer) {
  const bool gold_first = GoesFirst(gold, answer);
  std::vector<TermRef> first = gold_first ? gold : answer;
  std::vector<TermRef> second = gold_first ? answer : gold;
  const Compare compare = [&](TermRef one, TermRef other) {
    return gold_first ? EqualTerms(context, one, other)
                      : EqualTerms(context, other, one);
  };
  if (first.size() != second.size()) {
    first = Distinct(context, first);
    second = Distinct(context, second);
  }
  if (first.size() == second.size()) {
    return MatchElements(
        first.size(),
        [&](std::size_t i, std::size_t j) {
          return compare(first[i], second[j]);
        },
        LikelyPairs(first, second));
  }
  const Compare back = [&](TermRef one, TermRef other) {
    return compare(other, one);
  };
  if (HasStranger(first, second, compare) || HasStranger(second, first, back)) {
    return Refuted("an element too many or too few");
  }
  return Undecided("an element that is there twice");
}

// What the labels of both sides need.
Decision DecideLabels(Context* context, const Collection& gold,
                      const Collection& answer) {
  if (gold.has_label() && answer.has_label()) {
    switch (CompareLabels(context, gold.label, answer.label)) {
      case Labels::kSame:
        return Proved("the same label");
      case Labels::kCompatible:
        break;
      case Labels::kDifferent:
        return Undecided("different variables");
    }
  } else if (gold.has_label() == answer.has_label()) {
    return Proved("no labels");
  }
  const bool braces = gold.has_label() ? answer.braces : gold.braces;
  if (braces && context->policy.relation_interval) {
    return Under("relation_interval", Proved("a relation against a set"));
  }
  if (!braces && context->policy.assignment) {
    return Under("assignment", Proved("an assignment on one side"));
  }
  return Undecided("an assignment on one side");
}

}  // namespace

std::optional<Collection> CollectionOf(Context* context, TermRef a) {
  return Gatherer(context).Run(a);
}

Decision DecideCollections(Context* context, const Collection& gold,
                           const Collection& answer) {
  const Decision labels = DecideLabels(context, gold, answer);
  if (!IsEqual(labels)) return labels;
  Decision whole = DecideElements(context, gold.elements, answer.elements);
  Join(&whole, labels);
  return whole;
}

}  // namespace rewards::math
