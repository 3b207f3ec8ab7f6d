#include "rewards/math/decide/statements.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "rewards/math/decide/assignments.h"
#include "rewards/math/decide/collections.h"
#include "rewards/math/decide/conditions.h"
#include "rewards/math/decide/equal_terms.h"
#include "rewards/math/decide/equations.h"
#include "rewards/math/decide/families.h"
#include "rewards/math/decide/labelled.h"
#include "rewards/math/decide/matching.h"
#include "rewards/math/decide/regions.h"
#include "rewards/math/decide/terms.h"
#include "rewards/math/decide/tuples.h"
#include "rewards/math/decide/verdicts.h"

namespace rewards::math {
namespace {

// One way to read both sides; nothing where it does not apply.
using Reading = std::optional<Decision> (*)(Context*, TermRef, TermRef);

// The letter that a function is defined with: x of f(x); else empty.
std::string_view BoundLetter(TermRef label) {
  if (KindOf(label) != Kind::kCall || CountOf(label) != 1 ||
      KindOf(Child(label, 0)) != Kind::kSymbol) {
    return {};
  }
  return NameOf(Child(label, 0));
}

// Values of one label: those of f(x) and f(t) with the same new letter.
Decision DecideDefined(Context* context, const Assignment& gold,
                       const Assignment& answer) {
  const std::string_view g = BoundLetter(gold.label);
  const std::string_view a = BoundLetter(answer.label);
  if (g == a || g.empty() || a.empty()) {
    return EqualTerms(context, gold.value, answer.value);
  }
  const auto renamed = [&](TermRef value, std::string_view from) {
    const std::array names = {std::pair(from, kNewLetter)};
    return Rename(context, value, names);
  };
  const auto x = renamed(gold.value, g);
  const auto y = renamed(answer.value, a);
  if (!x || !y) return Undecided("out of work");
  return EqualTerms(context, *x, *y);
}

Decision DecideAssigned(Context* context, const Assignment& gold,
                        const Assignment& answer) {
  if (!gold.has_label() && !answer.has_label()) {
    return EqualTerms(context, gold.value, answer.value);
  }
  if (!gold.has_label() || !answer.has_label()) {
    if (!context->policy.assignment) return Undecided("an assignment");
    return Under("assignment", EqualTerms(context, gold.value, answer.value));
  }
  switch (CompareLabels(context, gold.label, answer.label)) {
    case Labels::kSame:
      return DecideDefined(context, gold, answer);
    case Labels::kCompatible:
      if (!context->policy.assignment) return Undecided("other labels");
      return Under("assignment", EqualTerms(context, gold.value, answer.value));
    case Labels::kDifferent:
      break;
  }
  return Undecided("different variables");
}

// Against something that states nothing.
Decision DecideValue(Context* context, const Assignment& assignment,
                     TermRef gold, TermRef answer) {
  if (assignment.has_label() && !context->policy.assignment) {
    return Undecided("an assignment on one side");
  }
  const Decision same = EqualTerms(context, gold, answer);
  if (!assignment.has_label() || !IsEqual(same)) return same;
  return Under("assignment", same);
}

std::optional<Decision> AsAssignments(Context* context, TermRef gold,
                                      TermRef answer) {
  const auto g = AssignmentOf(context, gold);
  const auto a = AssignmentOf(context, answer);
  if (!g && !a) return std::nullopt;
  if (g && a) {
    Decision decision = DecideAssigned(context, *g, *a);
    if (g->approximate != a->approximate && IsEqual(decision)) {
      NeedPolicy(&decision, "approximate");
    }
    return decision;
  }
  if (IsStatement(g ? answer : gold)) return std::nullopt;
  // An equation x + y = 5 as the gold is not met by 5.
  if (g && g->has_label() && !g->named) return std::nullopt;
  Decision decision = g ? DecideValue(context, *g, g->value, answer)
                        : DecideValue(context, *a, gold, a->value);
  if ((g ? *g : *a).approximate && IsEqual(decision)) {
    NeedPolicy(&decision, "approximate");
  }
  return decision;
}

// The values of a tuple or list without labels.
std::optional<std::vector<TermRef>> Values(TermRef a) {
  if (KindOf(a) == Kind::kList) return Children(a);
  return SequenceOf(a);
}

std::optional<Decision> AsLabelled(Context* context, TermRef gold,
                                   TermRef answer) {
  const auto g = LabelledOf(context, gold);
  const auto a = LabelledOf(context, answer);
  if (!g && !a) return std::nullopt;
  if (g && a) return DecideLabelled(context, *g, *a);
  const TermRef plain = g ? answer : gold;
  if (IsStatement(plain)) return std::nullopt;
  const auto values = Values(plain);
  if (!values) return std::nullopt;
  if (!context->policy.labelled_tuples) return Undecided("labels on one side");
  const std::vector<TermRef> labelled = ValuesInOrder(g ? *g : *a);
  return Under("labelled_tuples",
               g ? DecideSequences(context, labelled, *values)
                 : DecideSequences(context, *values, labelled));
}

std::optional<Decision> AsCollections(Context* context, TermRef gold,
                                      TermRef answer) {
  const auto g = CollectionOf(context, gold);
  if (!g) return std::nullopt;
  const auto a = CollectionOf(context, answer);
  // Numbers on both sides are labels of their own.
  if (!a || (g->numbered && a->numbered)) return std::nullopt;
  return DecideCollections(context, *g, *a);
}

std::optional<Decision> AsRegions(Context* context, TermRef gold,
                                  TermRef answer) {
  if (!IsCondition(gold) && !IsCondition(answer) &&
      !IsRegionKind(KindOf(gold)) && !IsRegionKind(KindOf(answer)) &&
      KindOf(gold) != Kind::kSet && KindOf(answer) != Kind::kSet) {
    return std::nullopt;
  }
  return DecideRegions(context, gold, answer);
}

std::optional<Decision> AsSystems(Context* context, TermRef gold,
                                  TermRef answer) {
  const auto g = StatementsOf(gold);
  if (!g) return std::nullopt;
  const auto a = StatementsOf(answer);
  if (!a) return std::nullopt;
  return DecideSystems(context, *g, *a);
}

std::optional<Decision> AsFamilies(Context* context, TermRef gold,
                                   TermRef answer) {
  const auto g = FamiliesOf(context, gold);
  if (!g) return std::nullopt;
  const auto a = FamiliesOf(context, answer);
  if (!a) return std::nullopt;
  return DecideFamilies(context, *g, *a);
}

// What holds, and under which condition.
std::optional<Decision> AsConditioned(Context* context, TermRef gold,
                                      TermRef answer) {
  if (KindOf(gold) != Kind::kWhere || KindOf(answer) != Kind::kWhere) {
    return std::nullopt;
  }
  Decision whole = EqualTerms(context, Child(gold, 0), Child(answer, 0));
  Join(&whole, EqualTerms(context, Child(gold, 1), Child(answer, 1)));
  if (IsNotEqual(whole)) return Undecided("different under a condition");
  return whole;
}

// The letters of a, b \in R, where nothing else is said; else none.
std::vector<std::string_view> RealLetters(TermRef condition) {
  std::vector<TermRef> parts;
  if (KindOf(condition) == Kind::kWhere) {  // a and b, in R
    const TermRef front = Child(condition, 0);
    parts = KindOf(front) == Kind::kList ? Children(front)
                                         : std::vector<TermRef>{front};
    condition = Child(condition, 1);
  }
  if (KindOf(condition) != Kind::kRelation || CountOf(condition) != 2 ||
      condition.tree->SignsOf(condition.id)[0] != Sign::kIn ||
      KindOf(Child(condition, 1)) != Kind::kNamedSet ||
      NameOf(Child(condition, 1)) != "R") {
    return {};
  }
  parts.push_back(Child(condition, 0));
  std::vector<std::string_view> letters;
  for (const TermRef part : parts) {
    if (KindOf(part) != Kind::kSymbol) return {};
    letters.push_back(NameOf(part));
  }
  return letters;
}

// True where `condition` says of letters of the formula that they are real.
bool IsReal(const Assignment& formula, TermRef condition) {
  const std::vector<std::string_view> letters = RealLetters(condition);
  const std::vector<std::string_view> own = SymbolsOf(formula.label);
  const std::vector<std::string_view> used = SymbolsOf(formula.value);
  return !letters.empty() &&
         std::all_of(letters.begin(), letters.end(), [&](std::string_view x) {
           return std::binary_search(own.begin(), own.end(), x) ||
                  std::binary_search(used.begin(), used.end(), x);
         });
}

// What goes without saying: n in N for a_n; for f(x) all x, and that letters
// are real numbers.
bool IsImplied(const Assignment& formula, TermRef condition) {
  const TermRef label = formula.label;
  if (KindOf(label) == Kind::kCall) {
    const bool all = KindOf(condition) == Kind::kSymbol &&
                     CountOf(label) == 1 &&
                     KindOf(Child(label, 0)) == Kind::kSymbol &&
                     NameOf(Child(label, 0)) == NameOf(condition);
    return all || IsReal(formula, condition);
  }
  if (KindOf(condition) != Kind::kRelation || CountOf(condition) != 2 ||
      condition.tree->SignsOf(condition.id)[0] != Sign::kIn ||
      KindOf(Child(condition, 0)) != Kind::kSymbol ||
      KindOf(Child(condition, 1)) != Kind::kNamedSet) {
    return false;
  }
  const std::string_view letter = NameOf(Child(condition, 0));
  const std::string_view set = NameOf(Child(condition, 1));
  return KindOf(label) == Kind::kSymbol && set.starts_with("N") &&
         NameOf(label).ends_with("_{" + std::string(letter) + "}");
}

// A formula with its domain against the formula alone.
std::optional<Decision> AsFormulas(Context* context, TermRef gold,
                                   TermRef answer) {
  const bool g = KindOf(gold) == Kind::kWhere;
  if (g == (KindOf(answer) == Kind::kWhere)) return std::nullopt;
  const TermRef where = g ? gold : answer;
  const auto formula = AssignmentOf(context, Child(where, 0));
  if (!formula || !formula->has_label() ||
      !IsImplied(*formula, Child(where, 1))) {
    return std::nullopt;
  }
  if (!context->policy.assignment) return Undecided("a domain on one side");
  return Under("assignment", g ? EqualTerms(context, Child(gold, 0), answer)
                               : EqualTerms(context, gold, Child(answer, 0)));
}

// Lists of statements and other things, cases of a function: each part has its
// own equal one.
std::optional<Decision> AsParts(Context* context, TermRef gold,
                                TermRef answer) {
  const Kind kind = KindOf(gold);
  if ((kind != Kind::kList && kind != Kind::kOr && kind != Kind::kAnd) ||
      kind != KindOf(answer) || CountOf(gold) != CountOf(answer) ||
      CountOf(gold) > kMaxElements) {
    return std::nullopt;
  }
  const std::vector<TermRef> g = Children(gold);
  const std::vector<TermRef> a = Children(answer);
  return MatchElements(g.size(), [&](std::size_t i, std::size_t j) {
    if (IsStatement(g[i]) != IsStatement(a[j])) {
      return Undecided("a statement against a value");
    }
    return EqualTerms(context, g[i], a[j]);
  });
}

// y = 2x or y = -2x, also written y = +-2x: the alternatives.
std::vector<TermRef> Alternatives(Context* context, TermRef a) {
  const Kind kind = KindOf(a);
  if (kind == Kind::kOr || kind == Kind::kList) return Children(a);
  if (kind != Kind::kRelation || OpenSigns(a) != Open::kOnce) return {};
  const auto upper = TakeSign(context, a, true);
  const auto lower = TakeSign(context, a, false);
  if (!upper || !lower) return {};
  return {*upper, *lower};
}

// Two equations by a plus-minus, against two equations.
std::optional<Decision> AsSigned(Context* context, TermRef gold,
                                 TermRef answer) {
  if (KindOf(gold) != Kind::kRelation && KindOf(answer) != Kind::kRelation) {
    return std::nullopt;
  }
  const std::vector<TermRef> g = Alternatives(context, gold);
  const std::vector<TermRef> a = Alternatives(context, answer);
  constexpr std::size_t kBoth = 2;
  if (g.size() != kBoth || a.size() != kBoth) return std::nullopt;
  return MatchElements(kBoth, [&](std::size_t i, std::size_t j) {
    if (!IsStatement(g[i]) || !IsStatement(a[j])) {
      return Undecided("a statement against a value");
    }
    return EqualTerms(context, g[i], a[j]);
  });
}

struct Named {
  const char* name;
  Reading read;
};

constexpr Named kReadings[] = {
    {"assignments", AsAssignments},
    {"labelled tuples", AsLabelled},
    {"collections", AsCollections},
    {"families", AsFamilies},
    {"conditioned", AsConditioned},
    {"sets of numbers", AsRegions},
    {"systems", AsSystems},
    {"formulas", AsFormulas},
    {"parts", AsParts},
    {"signs", AsSigned},
};

}  // namespace

bool IsStatement(TermRef a) {
  switch (KindOf(a)) {
    case Kind::kRelation:
    case Kind::kAnd:
    case Kind::kWhere:
      return true;
    case Kind::kSetBuilder:
    case Kind::kOr:
    case Kind::kList:
    case Kind::kUnion: {
      const std::vector<TermRef> children = Children(a);
      return std::any_of(children.begin(), children.end(), [](TermRef child) {
        const Kind kind = KindOf(child);
        return kind == Kind::kRelation || kind == Kind::kWhere ||
               kind == Kind::kAnd || kind == Kind::kSetBuilder;
      });
    }
    default:
      return false;
  }
}

Decision DecideStatements(Context* context, TermRef gold, TermRef answer) {
  Decision best = Undecided("statements of different kinds");
  for (const Named& reading : kReadings) {
    const auto decision = reading.read(context, gold, answer);
    if (!decision) continue;
    context->Note(std::string("as ") + reading.name + ": " +
                  std::string(decision->reason));
    if (IsEqual(*decision)) return *decision;
    // Two sets that were solved and differ: nothing makes them equal.
    if (reading.read == AsRegions && IsNotEqual(*decision)) return *decision;
    if (IsUndecided(best)) best = *decision;
  }
  return best;
}

}  // namespace rewards::math
