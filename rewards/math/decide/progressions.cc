#include "rewards/math/decide/progressions.h"

#include <utility>
#include <vector>

#include "rewards/math/decide/matching.h"
#include "rewards/math/decide/terms.h"
#include "rewards/math/decide/verdicts.h"

namespace rewards::math {
namespace {

// start + step * k, k in Z.
struct Progression {
  TermRef start;
  TermRef step;
};

std::optional<TermRef> Minus(Context* context, TermRef a, TermRef b) {
  const auto minus = Make(context, Kind::kNegate, {b});
  if (!minus) return std::nullopt;
  return Make(context, Kind::kSum, {a, *minus});
}

std::optional<Progression> ProgressionOf(Context* context,
                                         const Family& family) {
  if (family.domain != "Z" || !IsScalar(family.body)) return std::nullopt;
  const auto start = Substitute(context, family.body, family.index,
                                MakeNumber(context, Rational(0)));
  const auto next = Substitute(context, family.body, family.index,
                               MakeNumber(context, Rational(1)));
  if (!start || !next) return std::nullopt;
  const auto step = Minus(context, *next, *start);
  if (!step) return std::nullopt;
  Tree& symbol = context->made.emplace_back();
  const TermRef k{&symbol, symbol.Add(Kind::kSymbol, {}, family.index)};
  const auto run = Make(context, Kind::kProduct, {*step, k});
  if (!run) return std::nullopt;
  const auto line = Make(context, Kind::kSum, {*start, *run});
  if (!line) return std::nullopt;
  const Decision linear =
      EqualScalars(family.body, *line, context->work, nullptr);
  if (!IsEqual(linear) || linear.evidence != "proved") return std::nullopt;
  return Progression{*start, *step};
}

std::optional<Rational> Quotient(Context* context, TermRef a, TermRef b) {
  const auto quotient = Make(context, Kind::kDivide, {a, b});
  if (!quotient) return std::nullopt;
  return RationalValue(*quotient, context->work);
}

// The least common multiple of two positive fractions.
Rational Multiple(const Rational& a, const Rational& b) {
  Rational quotient = a / b;  // p / q: the multiple is a q = b p
  fmpz_t q;
  fmpz_init_set(q, fmpq_denref(quotient.raw()));
  Rational result = a;
  fmpq_mul_fmpz(result.raw(), result.raw(), q);
  fmpz_clear(q);
  return result;
}

// Compares unions of progressions by their members modulo a common step.
class Comparison {
 public:
  Comparison(Context* context, std::vector<Progression> gold,
             std::vector<Progression> answer)
      : context_(context), gold_(std::move(gold)), answer_(std::move(answer)) {}

  Decision Run() {
    if (!CommonStep()) return Undecided("steps without a common multiple");
    std::vector<TermRef> gold;
    std::vector<TermRef> answer;
    if (!Split(gold_, gold_steps_, &gold) ||
        !Split(answer_, answer_steps_, &answer)) {
      return Undecided("families that are not compared");
    }
    if (gold.size() != answer.size()) {
      return Refuted("families of other values");
    }
    return Because(
        "the same families",
        MatchElements(gold.size(), [&](std::size_t i, std::size_t j) {
          return Compare(gold[i], answer[j]);
        }));
  }

 private:
  // All steps as fractions of the gold's first.
  bool CommonStep() {
    unit_ = gold_[0].step;
    const auto steps = [&](const std::vector<Progression>& of,
                           std::vector<Rational>* to) {
      for (const Progression& progression : of) {
        const auto step = Quotient(context_, progression.step, unit_);
        if (!step || step->is_zero()) return false;
        to->push_back(step->Absolute());
        common_ = common_ ? Multiple(*common_, to->back()) : to->back();
      }
      return true;
    };
    if (!steps(gold_, &gold_steps_) || !steps(answer_, &answer_steps_)) {
      return false;
    }
    const auto whole =
        Make(context_, Kind::kProduct, {unit_, MakeNumber(context_, *common_)});
    if (!whole) return false;
    whole_ = *whole;
    return true;
  }

  bool Split(const std::vector<Progression>& of,
             const std::vector<Rational>& steps, std::vector<TermRef>* to) {
    for (std::size_t i = 0; i < of.size(); ++i) {
      const auto count = (*common_ / steps[i]).AsLong();
      if (!count || static_cast<std::size_t>(*count) > kMaxResidues) {
        return false;
      }
      for (long j = 0; j < *count; ++j) {
        const auto shift =
            Make(context_, Kind::kProduct,
                 {of[i].step, MakeNumber(context_, Rational(j))});
        if (!shift) return false;
        const auto member = Make(context_, Kind::kSum, {of[i].start, *shift});
        if (!member || !AddNew(*member, to)) return false;
      }
    }
    return true;
  }

  // Each value once. False: not decided, or too many.
  bool AddNew(TermRef member, std::vector<TermRef>* to) {
    for (const TermRef other : *to) {
      const Decision same = Compare(member, other);
      if (IsEqual(same)) return true;
      if (IsUndecided(same)) return false;
    }
    to->push_back(member);
    return to->size() <= kMaxResidues;
  }

  // Equal modulo the common step.
  Decision Compare(TermRef a, TermRef b) {
    const auto difference = Minus(context_, a, b);
    if (!difference) return Undecided("out of work");
    const auto steps = Quotient(context_, *difference, whole_);
    if (!steps) return Undecided("values that could not be told apart");
    return steps->is_integer() ? Proved("the same values")
                               : Refuted("different values");
  }

  Context* context_;
  std::vector<Progression> gold_;
  std::vector<Progression> answer_;
  std::vector<Rational> gold_steps_;
  std::vector<Rational> answer_steps_;
  TermRef unit_{};
  TermRef whole_{};
  std::optional<Rational> common_;
};

std::optional<std::vector<Progression>> AllOf(Context* context,
                                              std::span<const Family> members) {
  std::vector<Progression> all;
  for (const Family& family : members) {
    const auto one = ProgressionOf(context, family);
    if (!one) return std::nullopt;
    all.push_back(*one);
  }
  return all;
}

}  // namespace

std::optional<Decision> DecideProgressions(Context* context,
                                           std::span<const Family> gold,
                                           std::span<const Family> answer) {
  auto g = AllOf(context, gold);
  if (!g) return std::nullopt;
  auto a = AllOf(context, answer);
  if (!a) return std::nullopt;
  return Comparison(context, *std::move(g), *std::move(a)).Run();
}

}  // namespace rewards::math
