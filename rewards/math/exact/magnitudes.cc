#include "rewards/math/exact/magnitudes.h"

#include <algorithm>
#include <utility>

namespace rewards::math {
namespace {

constexpr long kPrecision = 128;   // bits
constexpr double kMostTop = 1e12;  // a larger top is one more exponential
constexpr double kShift = 1e5;     // most that is added to a logarithm
constexpr double kLeastTop = 16;   // under at least one exponential
constexpr int kHeight = 1'000;     // most exponentials

using Maybe = std::optional<Magnitude>;

bool IsAbove(const Ball& x, double bound) {
  Ball limit;
  arb_set_d(limit.real(), bound);
  return arb_gt(x.real(), limit.real()) != 0;
}

bool IsBelow(const Ball& x, double bound) {
  Ball limit;
  arb_set_d(limit.real(), bound);
  return arb_lt(x.real(), limit.real()) != 0;
}

Ball Between(double low, double high) {
  Ball between;
  Ball end;
  arb_set_d(between.real(), low);
  arb_set_d(end.real(), high);
  arb_union(between.real(), between.real(), end.real(), kPrecision);
  return between;
}

Maybe Normal(Magnitude size) {
  while (size.top.is_finite() && IsAbove(size.top, kMostTop)) {
    arb_log(size.top.real(), size.top.real(), kPrecision);
    ++size.height;
  }
  if (!size.top.is_finite() || size.height > kHeight) return std::nullopt;
  if (size.height > 0 && !IsAbove(size.top, kLeastTop)) return std::nullopt;
  return size;
}

// Requires: above one.
Magnitude LogOf(Magnitude size) {
  if (size.height > 0) {
    --size.height;
  } else {
    arb_log(size.top.real(), size.top.real(), kPrecision);
  }
  return size;
}

Maybe ExpOf(Magnitude size) {
  if (size.height > 0 || IsAbove(size.top, 20)) {
    ++size.height;
  } else {
    arb_exp(size.top.real(), size.top.real(), kPrecision);
  }
  return Normal(std::move(size));
}

// The same number with more exponentials. False where it is too small for
// that; then it is still the same number, with fewer.
bool Raise(Magnitude* size, int height) {
  for (; size->height < height; ++size->height) {
    if (!size->top.is_positive()) return false;
    arb_log(size->top.real(), size->top.real(), kPrecision);
  }
  return true;
}

// True where it is certainly below every number with more exponentials.
bool IsSmall(const Magnitude& size) { return IsBelow(size.top, 1); }

// -1, 1, or 0 where the order is not certain.
int Compare(Magnitude a, Magnitude b) {
  const int height = std::max(a.height, b.height);
  if (!Raise(&a, height)) return IsSmall(a) ? -1 : 0;
  if (!Raise(&b, height)) return IsSmall(b) ? 1 : 0;
  if (arb_gt(a.top.real(), b.top.real()) != 0) return 1;
  return arb_lt(a.top.real(), b.top.real()) != 0 ? -1 : 0;
}

// x times a positive factor. Two exponentials up it hardly counts: with y and s
// the logarithms of both, log(y + s) is between log y and log y + s, since
// y > exp(kLeastTop) > 2 kShift >= 2 |s|.
Maybe Times(Magnitude size, const Ball& factor) {
  arb_ptr top = size.top.real();
  if (size.height == 0) {
    arb_mul(top, top, factor.real(), kPrecision);
    return Normal(std::move(size));
  }
  Ball shift;
  arb_log(shift.real(), factor.real(), kPrecision);
  if (!IsAbove(shift, -kShift) || !IsBelow(shift, kShift)) return std::nullopt;
  const bool hardly = size.height > 1;
  Ball moved = size.top;
  arb_add(moved.real(), moved.real(), shift.real(), kPrecision);
  if (hardly) {
    arb_union(moved.real(), moved.real(), top, kPrecision);
  }
  size.top = std::move(moved);
  return Normal(std::move(size));
}

// The sum of numbers of any size; zero of none.
Maybe SumOf(const std::vector<Magnitude>& parts) {
  Magnitude sum;
  const auto count = static_cast<double>(parts.size());
  int height = 0;
  for (const Magnitude& part : parts) height = std::max(height, part.height);
  if (height == 0) {
    for (const Magnitude& part : parts) {
      arb_add(sum.top.real(), sum.top.real(), part.top.real(), kPrecision);
    }
    return Normal(std::move(sum));
  }
  // Between the largest part, and that as often as there are parts.
  bool first = true;
  sum.height = height;
  for (Magnitude part : parts) {
    if (!Raise(&part, height)) {
      if (!IsSmall(part)) return std::nullopt;
      continue;
    }
    if (first) {
      sum.top = part.top;
    } else {
      arb_max(sum.top.real(), sum.top.real(), part.top.real(), kPrecision);
    }
    first = false;
  }
  return Times(std::move(sum), Between(1, count));
}

Maybe FactorialOf(const Magnitude& n) {
  if (n.height == 0) {
    Magnitude log = n;
    arb_add_ui(log.top.real(), log.top.real(), 1, kPrecision);
    arb_lgamma(log.top.real(), log.top.real(), kPrecision);
    return log.top.is_finite() ? ExpOf(std::move(log)) : std::nullopt;
  }
  // log n! is n log n but for a tenth, since log n is above kLeastTop.
  const Magnitude log = LogOf(n);
  const Maybe exponent = SumOf({log, LogOf(log)});
  const Maybe product = exponent ? ExpOf(*exponent) : std::nullopt;
  const Maybe whole =
      product ? Times(*product, Between(0.9, 1.1)) : std::nullopt;
  return whole ? ExpOf(*whole) : std::nullopt;
}

}  // namespace

Magnitudes::Magnitudes(const Graph* graph, const std::vector<bool>& below,
                       Work* work)
    : graph_(graph), sizes_(graph->size()) {
  for (NodeId id = 0; id < below.size(); ++id) {
    if (!below[id] || graph->at(id).symbolic) continue;
    if (!work->Spend(20 + 20 * graph->at(id).count)) return;
    sizes_[id] = Compute(id);
    // A number that is not certainly positive has no size.
    if (sizes_[id] && sizes_[id]->height == 0 &&
        !sizes_[id]->top.is_positive()) {
      sizes_[id].reset();
    }
  }
}

Maybe Magnitudes::Compute(NodeId id) const {
  const auto parts = graph_->ArgumentsOf(id);
  Magnitude size;
  switch (graph_->at(id).op) {
    case Op::kNumber:
      arb_set_fmpq(size.top.real(), graph_->NumberOf(id).raw(), kPrecision);
      return Normal(std::move(size));
    case Op::kPi:
      arb_const_pi(size.top.real(), kPrecision);
      return size;
    case Op::kSum: {
      const Maybe negative = Side(id, -1);
      const bool none = negative && negative->height == 0 &&
                        arb_is_zero(negative->top.real()) != 0;
      return none ? Side(id, 1) : std::nullopt;
    }
    case Op::kProduct:
      return Product(id);
    case Op::kExp:
      return sizes_[parts[0]] ? ExpOf(*sizes_[parts[0]]) : std::nullopt;
    case Op::kLog:
      if (!sizes_[parts[0]] || (sizes_[parts[0]]->height == 0 &&
                                !IsAbove(sizes_[parts[0]]->top, 1))) {
        return std::nullopt;
      }
      return LogOf(*sizes_[parts[0]]);
    case Op::kFactorial:
      return sizes_[parts[0]] ? FactorialOf(*sizes_[parts[0]]) : std::nullopt;
    default:
      return std::nullopt;
  }
}

Maybe Magnitudes::Side(NodeId id, int sign) const {
  const auto parts = graph_->ArgumentsOf(id);
  std::vector<Magnitude> terms;
  for (std::size_t i = 0; i < parts.size(); i += 2) {
    const Rational& by = graph_->NumberOf(parts[i + 1]);
    if (by.is_negative() != (sign < 0)) continue;
    if (!sizes_[parts[i]]) return std::nullopt;
    Ball factor;
    arb_set_fmpq(factor.real(), by.raw(), kPrecision);
    arb_abs(factor.real(), factor.real());
    Maybe term = Times(*sizes_[parts[i]], factor);
    if (!term) return std::nullopt;
    terms.push_back(std::move(*term));
  }
  return SumOf(terms);
}

Maybe Magnitudes::Product(NodeId id) const {
  const auto parts = graph_->ArgumentsOf(id);
  std::vector<Magnitude> logs;
  Ball rest;  // the logarithm of the factors that are not large
  for (std::size_t i = 0; i < parts.size(); i += 2) {
    const Maybe& base = sizes_[parts[i]];
    if (!base) return std::nullopt;
    Ball times;
    arb_set_fmpq(times.real(), graph_->NumberOf(parts[i + 1]).raw(),
                 kPrecision);
    Magnitude log = LogOf(*base);
    if (base->height == 0) {
      arb_addmul(rest.real(), log.top.real(), times.real(), kPrecision);
      continue;
    }
    if (!times.is_positive()) return std::nullopt;
    Maybe scaled = Times(std::move(log), times);
    if (!scaled) return std::nullopt;
    logs.push_back(std::move(*scaled));
  }
  Maybe sum = SumOf(logs);
  if (!sum) return std::nullopt;
  if (sum->height == 0) {
    arb_add(sum->top.real(), sum->top.real(), rest.real(), kPrecision);
    return ExpOf(std::move(*sum));
  }
  // The sum is above exp(kLeastTop): the rest is less than a tenth of it.
  if (!IsAbove(rest, -kShift) || !IsBelow(rest, kShift)) return std::nullopt;
  sum = Times(std::move(*sum), Between(0.9, 1.1));
  return sum ? ExpOf(std::move(*sum)) : std::nullopt;
}

bool Magnitudes::IsNotZero(NodeId id) const {
  if (sizes_[id]) return true;
  if (graph_->at(id).op != Op::kSum) return false;
  const Maybe positive = Side(id, 1);
  const Maybe negative = Side(id, -1);
  if (!positive || !negative) return false;
  return Compare(*positive, *negative) != 0;
}

}  // namespace rewards::math
