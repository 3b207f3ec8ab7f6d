#include "rewards/math/decide/families.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "rewards/math/decide/assignments.h"
#include "rewards/math/decide/equal_terms.h"
#include "rewards/math/decide/matching.h"
#include "rewards/math/decide/progressions.h"
#include "rewards/math/decide/terms.h"
#include "rewards/math/decide/verdicts.h"

namespace rewards::math {
namespace {

// k \in Z.
bool IsIndex(TermRef condition) {
  return KindOf(condition) == Kind::kRelation && CountOf(condition) == 2 &&
         condition.tree->SignsOf(condition.id)[0] == Sign::kIn &&
         KindOf(Child(condition, 0)) == Kind::kSymbol &&
         KindOf(Child(condition, 1)) == Kind::kNamedSet;
}

bool IsMinusOne(TermRef a) {
  const bool negated = KindOf(a) == Kind::kNegate;
  if (negated) a = Child(a, 0);
  return KindOf(a) == Kind::kNumber &&
         a.tree->LiteralOf(a.id).value == Rational(negated ? 1 : -1);
}

// Gathers the members of one answer.
class Gatherer {
 public:
  explicit Gatherer(Context* context) : context_(context) {}

  std::optional<Families> Run(TermRef a) {
    if (KindOf(a) == Kind::kSetBuilder) {
      if (!Builder(a)) return std::nullopt;
    } else if (!Any(a)) {
      return std::nullopt;
    }
    if (families_.members.empty()) return std::nullopt;
    return std::move(families_);
  }

 private:
  // A union, alternatives, or one family.
  bool Any(TermRef a) {
    const Kind kind = KindOf(a);
    if (kind == Kind::kWhere) return Where(a);
    if (kind == Kind::kRelation) return Congruence(a);
    if (kind != Kind::kUnion && kind != Kind::kOr && kind != Kind::kList) {
      return false;
    }
    const std::vector<TermRef> children = Children(a);
    return std::all_of(children.begin(), children.end(), [&](TermRef child) {
      switch (KindOf(child)) {
        case Kind::kSetBuilder:
          return Builder(child);
        case Kind::kRelation:
          return Congruence(child);
        default:
          return KindOf(child) == Kind::kWhere && Where(child);
      }
    });
  }

  bool Where(TermRef a) {
    if (!IsIndex(Child(a, 1))) return false;
    index_ = NameOf(Child(Child(a, 1), 0));
    domain_ = NameOf(Child(Child(a, 1), 1));
    return Members(Child(a, 0));
  }

  // All members have one label.
  bool Label(TermRef label) {
    if (families_.label.tree == nullptr) families_.label = label;
    return CompareLabels(context_, families_.label, label) == Labels::kSame;
  }

  // x = r (mod m): r + m k.
  bool Congruence(TermRef a) {
    if (CountOf(a) != 3 || a.tree->SignsOf(a.id)[0] != Sign::kCongruent ||
        a.tree->SignsOf(a.id)[1] != Sign::kModulus) {
      return false;
    }
    Tree& tree = context_->made.emplace_back();
    const TermRef k{&tree, tree.Add(Kind::kSymbol, {}, kNewLetter)};
    const auto steps = Make(context_, Kind::kProduct, {Child(a, 2), k});
    if (!steps) return false;
    const auto body = Make(context_, Kind::kSum, {Child(a, 1), *steps});
    if (!body) return false;
    index_ = kNewLetter;
    domain_ = "Z";
    return Label(Child(a, 0)) && Add(*body);
  }

  // {k pi : k \in Z} or {x : x = k pi, k \in Z}.
  bool Builder(TermRef a) {
    const TermRef element = Child(a, 0);
    const TermRef condition = Child(a, 1);
    if (IsIndex(condition) && KindOf(element) != Kind::kSymbol) {
      index_ = NameOf(Child(condition, 0));
      domain_ = NameOf(Child(condition, 1));
      return Member(element);
    }
    if (KindOf(element) != Kind::kSymbol) return false;
    const bool inside = Inside(condition);
    const bool same = families_.label.tree != nullptr &&
                      NameOf(families_.label) == NameOf(element);
    families_.label = {};
    return inside && same;
  }

  // Of {x : x = k pi, k \in Z}, as one condition or two.
  bool Inside(TermRef condition) {
    if (KindOf(condition) == Kind::kWhere) return Where(condition);
    const bool pair =
        (KindOf(condition) == Kind::kAnd || KindOf(condition) == Kind::kList) &&
        CountOf(condition) == 2 && IsIndex(Child(condition, 1));
    if (!pair) return false;
    index_ = NameOf(Child(Child(condition, 1), 0));
    domain_ = NameOf(Child(Child(condition, 1), 1));
    return Members(Child(condition, 0));
  }

  bool Members(TermRef a) {
    const Kind kind = KindOf(a);
    if (kind != Kind::kOr && kind != Kind::kList && kind != Kind::kSet &&
        kind != Kind::kUnion) {
      return Member(a);
    }
    const std::vector<TermRef> children = Children(a);
    return std::all_of(children.begin(), children.end(),
                       [&](TermRef child) { return Member(child); });
  }

  bool Member(TermRef a) {
    if (KindOf(a) == Kind::kRelation) {
      const auto assignment = AssignmentOf(context_, a);
      if (!assignment || !assignment->has_label()) return false;
      if (!Label(assignment->label)) return false;
      a = assignment->value;
    }
    if (KindOf(a) == Kind::kSet && CountOf(a) == 1) a = Child(a, 0);
    if (!Holds(a, Kind::kPlusMinus) && !Holds(a, Kind::kMinusPlus)) {
      return Signed(a);
    }
    const auto upper = TakeSign(context_, a, true);
    const auto lower = TakeSign(context_, a, false);
    return upper && lower && Signed(*upper) && Signed(*lower);
  }

  // Takes (-1)^k apart into k = 2m and k = 2m + 1.
  bool Signed(TermRef a) {
    std::vector<TermId> powers;
    for (const TermId id : TermsBelow(a)) {
      const TermRef term{a.tree, id};
      if (KindOf(term) != Kind::kPower || !IsMinusOne(Child(term, 0))) continue;
      powers.push_back(id);
    }
    if (powers.empty() || domain_ != "Z") return Add(a);
    return Parity(a, powers, 0) && Parity(a, powers, 1);
  }

  bool Parity(TermRef a, const std::vector<TermId>& powers, long rest) {
    std::vector<std::pair<TermId, bool>> odd;
    for (const TermId id : powers) {
      const auto sign = IsOdd(Child({a.tree, id}, 1), rest);
      if (!sign) return false;
      odd.emplace_back(id, *sign);
    }
    Tree& tree = context_->made.emplace_back();
    const TermId k = tree.Add(Kind::kSymbol, {}, index_);
    const TermId two = tree.AddNumber({Rational(2)});
    TermId even = tree.Add(Kind::kProduct, std::array{two, k});
    const TermId more = tree.AddNumber({Rational(rest)});
    even = tree.Add(Kind::kSum, std::array{even, more});
    const auto plain =
        Rebuild(context_, a,
                [&](TermId id, std::span<const TermId>,
                    Tree* to) -> std::optional<TermId> {
                  for (const auto& [power, negative] : odd) {
                    if (id == power) {
                      return to->AddNumber({Rational(negative ? -1 : 1)});
                    }
                  }
                  return std::nullopt;
                });
    if (!plain) return false;
    const auto half = Substitute(context_, *plain, index_, {&tree, even});
    return half && Add(*half);
  }

  // Whether a linear exponent is odd for the index `rest` (and so for all that
  // differ from it by an even number).
  std::optional<bool> IsOdd(TermRef exponent, long rest) {
    std::optional<Rational> at[3];
    for (long i = 0; i < 3; ++i) {
      const auto value = Substitute(context_, exponent, index_,
                                    MakeNumber(context_, Rational(i)));
      if (!value) return std::nullopt;
      at[i] = RationalValue(*value, context_->work);
      if (!at[i] || !at[i]->is_integer()) return std::nullopt;
    }
    const bool linear = *at[1] - *at[0] == *at[2] - *at[1];
    if (!linear || !IsPolynomialIn(exponent)) return std::nullopt;
    return !(*at[rest] / Rational(2)).is_integer();
  }

  // Sums and multiples only, so that three points show that it is linear.
  static bool IsPolynomialIn(TermRef a) {
    std::size_t symbols = 0;
    for (const TermId id : TermsBelow(a)) {
      switch (a.tree->at(id).kind) {
        case Kind::kSymbol:
          ++symbols;
          break;
        case Kind::kNumber:
        case Kind::kSum:
        case Kind::kProduct:
        case Kind::kNegate:
          break;
        default:
          return false;
      }
    }
    return symbols == 1;
  }

  bool Add(TermRef body) {
    if (families_.members.size() >= kMaxMembers) return false;
    families_.members.push_back({body, index_, domain_});
    return true;
  }

  Context* context_;
  Families families_;
  std::string_view index_;
  std::string_view domain_;
};

// The body with a k + c in place of the index, k a new letter.
std::optional<TermRef> Reindexed(Context* context, const Family& family,
                                 long factor, long start) {
  Tree& tree = context->made.emplace_back();
  TermId with = tree.Add(Kind::kSymbol, {}, kNewLetter);
  if (factor < 0) with = tree.Add(Kind::kNegate, std::array{with});
  if (start != 0) {
    const TermId shift = tree.AddNumber({Rational(start)});
    with = tree.Add(Kind::kSum, std::array{with, shift});
  }
  return Substitute(context, family.body, family.index, {&tree, with});
}

// Bodies of any kind, after a small change of the index.
Decision DecideMember(Context* context, const Family& gold,
                      const Family& answer) {
  if (gold.domain != answer.domain) return Undecided("different parameters");
  const bool free = gold.domain == "Z";
  const auto there = Reindexed(context, gold, 1, 0);
  if (!there) return Undecided("out of work");
  for (const long factor : {1L, -1L}) {
    for (const long start : {0L, 1L, -1L}) {
      if (!free && (factor < 0 || start != 0)) continue;
      const auto body = Reindexed(context, answer, factor, start);
      if (!body) return Undecided("out of work");
      const Decision same = EqualTerms(context, *there, *body);
      if (IsEqual(same)) return Because("the same family", same);
    }
  }
  return Undecided("families that are not compared");
}

}  // namespace

std::optional<Families> FamiliesOf(Context* context, TermRef a) {
  return Gatherer(context).Run(a);
}

Decision DecideFamilies(Context* context, const Families& gold,
                        const Families& answer) {
  const bool g = gold.label.tree != nullptr;
  const bool a = answer.label.tree != nullptr;
  if (g && a &&
      CompareLabels(context, gold.label, answer.label) != Labels::kSame) {
    return Undecided("different variables");
  }
  Decision labels = Proved("the same label");
  if (g != a) {
    if (!context->policy.assignment) return Undecided("a label on one side");
    NeedPolicy(&labels, "assignment");
  }
  Decision whole = Undecided("families that are not compared");
  if (auto progressions =
          DecideProgressions(context, gold.members, answer.members)) {
    whole = *std::move(progressions);
  } else if (gold.members.size() == answer.members.size()) {
    whole =
        MatchElements(gold.members.size(), [&](std::size_t i, std::size_t j) {
          return DecideMember(context, gold.members[i], answer.members[j]);
        });
  }
  Join(&whole, labels);
  return whole;
}

}  // namespace rewards::math
