#include "rewards/math/decide/assignments.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <vector>

#include "rewards/math/decide/equal_terms.h"
#include "rewards/math/decide/terms.h"
#include "rewards/math/decide/verdicts.h"

namespace rewards::math {
namespace {

bool IsOwnCall(TermRef a) {
  return KindOf(a) == Kind::kCall && IsOwnFunction(NameOf(a));
}

// AB, BC: the name of a segment.
bool IsSegment(TermRef a) {
  const std::vector<TermRef> factors = Children(a);
  return KindOf(a) == Kind::kProduct &&
         std::all_of(factors.begin(), factors.end(), [](TermRef factor) {
           if (KindOf(factor) != Kind::kSymbol) return false;
           const std::string_view name = NameOf(factor);
           return name.size() == 1 && name[0] >= 'A' && name[0] <= 'Z';
         });
}

// The letters of a segment that is named AB, \overline{AB} or |AB|; or empty.
std::string SegmentName(TermRef a) {
  if (KindOf(a) == Kind::kAbsolute) a = Child(a, 0);
  if (const auto lined = LinedSegment(a); !lined.empty()) {
    return std::string(lined);
  }
  std::string name;
  if (IsSegment(a)) {
    for (const TermRef factor : Children(a)) name += NameOf(factor);
  } else if (KindOf(a) == Kind::kSymbol) {
    name = NameOf(a);
  }
  const bool capitals = std::all_of(
      name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  return name.size() == 2 && capitals ? name : std::string();
}

// What has a length: a segment, a vector, a complex number by its
// usual letters.
bool IsLength(TermRef a) {
  if (IsSegment(a)) return true;
  if (KindOf(a) != Kind::kSymbol) return false;
  const std::string_view name = NameOf(a);
  return name == "z" || name == "w" || !LinedSegment(a).empty() ||
         name.starts_with("\\vec{") || name.starts_with("\\overrightarrow{");
}

// What may be asked for besides a variable: m + n, xy, AB, |z|, a/b. No
// numbers, and each variable once, so that it cannot be an equation to solve.
bool IsLabelExpression(TermRef a) {
  std::vector<std::string_view> names;
  for (const TermId id : TermsBelow(a)) {
    switch (a.tree->at(id).kind) {
      case Kind::kSymbol:
        names.push_back(a.tree->NameOf(id));
        break;
      case Kind::kNegate:
        if (id == a.id) return false;
        break;
      case Kind::kSum:
      case Kind::kProduct:
      case Kind::kDivide:
        break;
      case Kind::kAbsolute:  // |x| = 5 is an equation; |z| = 5 and |AB| = 5 not
        if (!IsLength(Child({a.tree, id}, 0))) return false;
        break;
      case Kind::kRatio:
        if (id != a.id) return false;
        break;
      default:
        return false;
    }
  }
  std::sort(names.begin(), names.end());
  return !names.empty() &&
         std::adjacent_find(names.begin(), names.end()) == names.end();
}

bool IsName(TermRef a) {
  switch (KindOf(a)) {
    case Kind::kSymbol:
    case Kind::kText:
    case Kind::kTuple:
    case Kind::kRatio:
      return true;
    case Kind::kAbsolute:
      return IsLength(Child(a, 0));
    default:
      return IsOwnCall(a) || IsSegment(a);
  }
}

bool IsLabel(TermRef a) {
  switch (KindOf(a)) {
    case Kind::kSymbol:
    case Kind::kText:
      return true;
    case Kind::kCall:
      return IsOwnCall(a);
    case Kind::kTuple: {
      const std::vector<TermRef> children = Children(a);
      return std::all_of(children.begin(), children.end(), [](TermRef child) {
        return KindOf(child) == Kind::kSymbol;
      });
    }
    default:
      return IsLabelExpression(a);
  }
}

// True where the label stands in the value too: x = x^2 - 2 is an equation.
bool Recurs(TermRef label, TermRef value) {
  const bool call = IsOwnCall(label);
  const std::vector<std::string_view> own = SymbolsOf(label);
  for (const TermId id : TermsBelow(value)) {
    const Kind kind = value.tree->at(id).kind;
    const std::string_view name = value.tree->NameOf(id);
    if (call && kind == Kind::kCall && name == NameOf(label)) return true;
    if (!call && kind == Kind::kSymbol &&
        std::binary_search(own.begin(), own.end(), name)) {
      return true;
    }
  }
  return false;
}

bool IsRounding(Context* context, TermRef exact, TermRef decimal) {
  if (KindOf(exact) == Kind::kQuantity) exact = Child(exact, 0);
  if (KindOf(decimal) == Kind::kQuantity) decimal = Child(decimal, 0);
  std::optional<TermRef> positive = exact;
  if (KindOf(decimal) == Kind::kNegate) {
    decimal = Child(decimal, 0);
    positive = Make(context, Kind::kNegate, {exact});
  }
  if (!positive || !IsScalar(*positive) || KindOf(decimal) != Kind::kNumber) {
    return false;
  }
  Literal literal = decimal.tree->LiteralOf(decimal.id);
  // An integer states its digits down to the ones.
  if (!literal.last_place && literal.value.is_integer()) literal.last_place = 0;
  return literal.last_place &&
         RoundsTo(*positive, literal, context->work) == true;
}

// Joins the sides of a chain, one after another.
class ChainReader {
 public:
  explicit ChainReader(Context* context) : context_(context) {}

  // The next side after `sign`. False: it does not agree.
  bool Add(TermRef side, Sign sign) {
    if (sign == Sign::kApprox) {
      const bool fits =
          !last_ || IsRounding(context_, *last_, side) || Agrees(*last_, side);
      if (!last_) approximate_ = true;
      if (!last_) last_ = side;
      rounded_ = true;
      return fits;
    }
    // After an approximation, an equals sign joins approximations.
    if (rounded_ && !approximate_) {
      return last_ && IsRounding(context_, *last_, side);
    }
    if (last_ && !Agrees(*last_, side)) return false;
    last_ = side;
    return true;
  }

  [[nodiscard]] std::optional<TermRef> value() const { return last_; }
  [[nodiscard]] bool approximate() const { return approximate_; }

 private:
  bool Agrees(TermRef before, TermRef side) {
    // S = pi r^2 = 25 pi: a step of the way whose letters have values.
    if (IsScalar(before) && HasSymbols(before) && IsScalar(side) &&
        !HasSymbols(side)) {
      return true;
    }
    // 9 * 2 = $18: the unit may stand on one side alone.
    const bool unit_before = KindOf(before) == Kind::kQuantity;
    const bool unit_here = KindOf(side) == Kind::kQuantity;
    if (context_->policy.units && unit_before != unit_here) {
      (unit_before ? before : side) = Child(unit_before ? before : side, 0);
    }
    Context exact = ExactContext(*context_);
    exact.policy.units = true;  // 6 * 8 cm = 48
    return IsEqual(EqualTerms(&exact, before, side));
  }

  Context* context_;
  std::optional<TermRef> last_;
  bool rounded_ = false;
  bool approximate_ = false;
};

bool IsFunctionLabel(TermRef a) {
  return IsOwnCall(a) && CountOf(a) == 1 &&
         KindOf(Child(a, 0)) == Kind::kSymbol;
}

bool IsConstant(TermRef a) {
  const std::vector<TermId> below = TermsBelow(a);
  return std::none_of(below.begin(), below.end(), [&](TermId id) {
    const Kind kind = a.tree->at(id).kind;
    return kind == Kind::kSymbol ||
           (kind == Kind::kCall && IsOwnFunction(a.tree->NameOf(id)));
  });
}

// Words that name no thing in particular.
bool IsAnswerWord(std::string_view words) {
  constexpr std::string_view kWords[] = {"answer", "the answer", "final answer",
                                         "result", "the result", "答案"};
  return std::find(std::begin(kWords), std::end(kWords), words) !=
         std::end(kWords);
}

std::optional<Assignment> Read(Context* context,
                               const std::vector<TermRef>& sides,
                               std::span<const Sign> signs, bool labelled) {
  Assignment assignment;
  ChainReader chain(context);
  std::size_t first = 0;
  if (labelled) {
    assignment.label = sides[0];
    first = 1;
  }
  for (std::size_t i = first; i < sides.size(); ++i) {
    const Sign sign = i == 0 ? Sign::kEqual : signs[i - 1];
    if (!chain.Add(sides[i], sign)) return std::nullopt;
  }
  if (!chain.value()) return std::nullopt;
  assignment.value = *chain.value();
  assignment.approximate = chain.approximate();
  return assignment;
}

}  // namespace

std::optional<Assignment> AssignmentOf(Context* context, TermRef relation) {
  if (KindOf(relation) != Kind::kRelation) return std::nullopt;
  const auto signs = relation.tree->SignsOf(relation.id);
  const bool equates = std::all_of(signs.begin(), signs.end(), [](Sign sign) {
    return sign == Sign::kEqual || sign == Sign::kApprox;
  });
  if (!equates) return std::nullopt;
  std::vector<TermRef> sides = Children(relation);
  if (sides.size() > kMaxElements) return std::nullopt;
  // 5 = x is x = 5.
  const bool turned = sides.size() == 2 && IsConstant(sides[0]) &&
                      !IsConstant(sides[1]) && IsLabel(sides[1]);
  if (turned) std::swap(sides[0], sides[1]);
  const bool labelled = IsLabel(sides[0]);
  if (!labelled) {
    if (!std::all_of(sides.begin(), sides.end(), IsConstant)) {
      return std::nullopt;
    }
    return Read(context, sides, signs, /*labelled=*/false);
  }
  for (std::size_t i = 1; i < sides.size(); ++i) {
    if (Recurs(sides[0], sides[i])) return std::nullopt;
  }
  // Any expression may stand for what was asked, if it is given a number.
  const bool named = IsName(sides[0]);
  if (!named && !IsConstant(sides.back())) return std::nullopt;
  auto assignment = Read(context, sides, signs, /*labelled=*/true);
  if (assignment) assignment->named = named;
  return assignment;
}

Labels CompareLabels(Context* context, TermRef a, TermRef b) {
  const bool text_a = KindOf(a) == Kind::kText;
  const bool text_b = KindOf(b) == Kind::kText;
  if (text_a != text_b) {
    return IsAnswerWord(NameOf(text_a ? a : b)) ? Labels::kCompatible
                                                : Labels::kDifferent;
  }
  if (text_a) {
    return NameOf(a) == NameOf(b) ? Labels::kSame : Labels::kDifferent;
  }
  const bool call_a = IsOwnCall(a);
  if (call_a != IsOwnCall(b)) {
    const TermRef other = call_a ? b : a;
    const bool y = KindOf(other) == Kind::kSymbol && NameOf(other) == "y";
    return y && IsFunctionLabel(call_a ? a : b) ? Labels::kCompatible
                                                : Labels::kDifferent;
  }
  if (call_a && IsFunctionLabel(a) && IsFunctionLabel(b)) {
    return NameOf(a) == NameOf(b) ? Labels::kSame : Labels::kDifferent;
  }
  Context exact = ExactContext(*context);
  const std::string segment = SegmentName(a);
  if (!segment.empty() && segment == SegmentName(b) &&
      (KindOf(a) != KindOf(b) || NameOf(a) != NameOf(b))) {
    return Labels::kCompatible;
  }
  return IsEqual(EqualTerms(&exact, a, b)) ? Labels::kSame : Labels::kDifferent;
}

}  // namespace rewards::math
