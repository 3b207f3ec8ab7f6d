#include "rewards/math/exact/enclosures.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace rewards::math {
namespace {

// Exponentials of numbers beyond 2^40 are too large to hold.
constexpr long kHugeBits = 40;

// sin and cos of what lies beyond 2^kHugeBits would need as many more bits.
constexpr long kTrigonometryBits = 200;

bool IsBeyond(const Ball& ball, long bits) {
  Ball scaled;
  acb_mul_2exp_si(scaled.raw(), ball.raw(), -bits);
  arb_t size;
  arb_init(size);
  acb_abs(size, scaled.raw(), 30);
  arb_sub_ui(size, size, 1, 30);
  const bool beyond = arb_is_negative(size) == 0;
  arb_clear(size);
  return beyond;
}

}  // namespace

bool IsHuge(const Ball& ball) { return IsBeyond(ball, kHugeBits); }

Enclosures::Enclosures(const Graph* graph, std::vector<bool> below)
    : graph_(graph),
      below_(std::move(below)),
      values_(graph->size()),
      reach_(graph->size(), Reach::kUnknown) {}

bool Enclosures::Evaluate(const Point& point, long precision, Work* work) {
  for (NodeId id = 0; id < below_.size(); ++id) {
    if (!below_[id]) continue;
    if (!work->Spend(CostOf(id, precision))) return false;
    Reach reach = Reach::kInside;
    for (const NodeId argument : graph_->ArgumentsOf(id)) {
      reach = std::min(reach, reach_[argument]);
    }
    // Outside wins over unknown: it is certain.
    for (const NodeId argument : graph_->ArgumentsOf(id)) {
      if (reach_[argument] == Reach::kOutside) reach = Reach::kOutside;
    }
    if (reach == Reach::kInside) reach = Compute(id, point, precision);
    if (reach == Reach::kInside && !values_[id].is_finite()) {
      reach = Reach::kUnknown;
    }
    reach_[id] = reach;
  }
  return true;
}

std::size_t Enclosures::CostOf(NodeId id, long precision) const {
  const Node& node = graph_->at(id);
  switch (node.op) {
    case Op::kNumber:
    case Op::kSymbol:
    case Op::kImaginary:
      return 1;
    case Op::kSum:
      return 1 + node.count / 8 * MultiplyCost(precision);
    case Op::kProduct:
      return node.count * MultiplyCost(precision);
    case Op::kFactorial:
      return 20 + 20 * FunctionCost(precision);
    default:
      return FunctionCost(precision);
  }
}

Reach Enclosures::Compute(NodeId id, const Point& point, long precision) {
  const Node& node = graph_->at(id);
  Ball& value = values_[id];
  acb_zero(value.raw());
  switch (node.op) {
    case Op::kNumber:
      acb_set_fmpq(value.raw(), graph_->NumberOf(id).raw(), precision);
      return Reach::kInside;
    case Op::kSymbol: {
      const Rational at = point.Coordinate(graph_->NameOf(id));
      acb_set_fmpq(value.raw(), at.raw(), precision);
      return Reach::kInside;
    }
    case Op::kPi:
      acb_const_pi(value.raw(), precision);
      return Reach::kInside;
    case Op::kImaginary:
      acb_onei(value.raw());
      return Reach::kInside;
    case Op::kSum:
      return Sum(id, precision);
    case Op::kProduct:
      return Product(id, precision);
    case Op::kPower:
      // Minus one to a whole number: either sign.
      acb_set_si(value.raw(), point.Random(id) % 2 == 0 ? 1 : -1);
      return Reach::kInside;
    case Op::kFunction:
      return UnknownFunction(id, precision);
    case Op::kInfinity:
    case Op::kOpaque:
      return Reach::kUnknown;
    default:
      return Function(id, precision);
  }
}

Reach Enclosures::Sum(NodeId id, long precision) {
  const auto parts = graph_->ArgumentsOf(id);
  acb_ptr sum = values_[id].raw();
  Ball term;
  for (std::size_t i = 0; i < parts.size(); i += 2) {
    const fmpq* by = graph_->NumberOf(parts[i + 1]).raw();
    if (parts[i] == Graph::kOne) {
      acb_set_fmpq(term.raw(), by, precision);
    } else {
      acb_mul_fmpz(term.raw(), values_[parts[i]].raw(), fmpq_numref(by),
                   precision);
      if (fmpz_is_one(fmpq_denref(by)) == 0) {
        acb_div_fmpz(term.raw(), term.raw(), fmpq_denref(by), precision);
      }
    }
    acb_add(sum, sum, term.raw(), precision);
  }
  return Reach::kInside;
}

Reach Enclosures::Product(NodeId id, long precision) {
  const auto parts = graph_->ArgumentsOf(id);
  acb_ptr product = values_[id].raw();
  acb_one(product);
  Ball power;
  for (std::size_t i = 0; i < parts.size(); i += 2) {
    const long exponent = *graph_->NumberOf(parts[i + 1]).AsLong();
    const Ball& base = values_[parts[i]];
    if (exponent < 0 && base.may_be_zero()) return Reach::kUnknown;
    if (std::labs(exponent) > (1L << 20) && IsHuge(base)) {
      return Reach::kUnknown;
    }
    acb_pow_si(power.raw(), base.raw(), exponent, precision);
    acb_mul(product, product, power.raw(), precision);
  }
  return Reach::kInside;
}

Reach Enclosures::Function(NodeId id, long precision) {
  const Node& node = graph_->at(id);
  const NodeId inside = graph_->ArgumentsOf(id)[0];
  const Ball& x = values_[inside];
  Ball& y = values_[id];
  // A function of symbols that was real leaves the reals: no value here.
  const bool real = node.symbolic && !node.imaginary;
  switch (node.op) {
    case Op::kRoot: {
      const NodeId by = graph_->ArgumentsOf(id)[1];
      const long index = *graph_->NumberOf(by).AsLong();
      if (real && index % 2 == 0 && x.is_negative()) return Reach::kOutside;
      y = x;
      TakeRoot(&y, index, precision);
      return Reach::kInside;
    }
    case Op::kExp:
      if (IsHuge(x)) return Reach::kUnknown;
      acb_exp(y.raw(), x.raw(), precision);
      return Reach::kInside;
    case Op::kLog:
      if (real && x.is_negative()) return Reach::kOutside;
      if (x.may_be_zero()) return Reach::kUnknown;
      acb_log(y.raw(), x.raw(), precision);
      return Reach::kInside;
    case Op::kSin:
    case Op::kCos:
      if (IsBeyond(x, kTrigonometryBits)) return Reach::kUnknown;
      (node.op == Op::kSin ? acb_sin : acb_cos)(y.raw(), x.raw(), precision);
      return Reach::kInside;
    case Op::kArctan:
      acb_atan(y.raw(), x.raw(), precision);
      return Reach::kInside;
    case Op::kArcsin: {
      Ball room;  // 1 - x^2
      acb_mul(room.raw(), x.raw(), x.raw(), precision);
      acb_sub_ui(room.raw(), room.raw(), 1, precision);
      if (real && room.is_positive()) return Reach::kOutside;
      acb_asin(y.raw(), x.raw(), precision);
      return Reach::kInside;
    }
    case Op::kAbsolute:
      acb_abs(y.real(), x.raw(), precision);
      arb_zero(y.imag());
      return Reach::kInside;
    case Op::kFloor: {
      if (!x.is_real() || IsHuge(x)) return Reach::kUnknown;
      arb_floor(y.real(), x.real(), precision);
      return arb_is_exact(y.real()) != 0 ? Reach::kInside : Reach::kUnknown;
    }
    case Op::kArgument:
      if (x.may_be_zero()) return Reach::kUnknown;
      acb_arg(y.real(), x.raw(), precision);
      return Reach::kInside;
    case Op::kConjugate:
      acb_conj(y.raw(), x.raw());
      return Reach::kInside;
    case Op::kFactorial: {
      Ball next;
      acb_add_ui(next.raw(), x.raw(), 1, precision);
      if (!next.is_positive()) return Reach::kUnknown;
      arb_lgamma(y.real(), next.real(), precision);
      if (IsHuge(y)) return Reach::kUnknown;
      arb_exp(y.real(), y.real(), precision);
      return Reach::kInside;
    }
    default:
      return Reach::kUnknown;
  }
}

// An unknown function may be any: it is refuted by one that differs.
Reach Enclosures::UnknownFunction(NodeId id, long precision) {
  Ball& y = values_[id];
  std::uint64_t key = 1469598103934665603ULL;
  for (const char c : graph_->NameOf(id)) {
    key = (key ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  }
  Ball term;
  for (const NodeId argument : graph_->ArgumentsOf(id)) {
    if (IsBeyond(values_[argument], kTrigonometryBits)) return Reach::kUnknown;
    key = key * 6364136223846793005ULL + 1442695040888963407ULL;
    acb_add_ui(term.raw(), values_[argument].raw(), key >> 60, precision);
    acb_cos(term.raw(), term.raw(), precision);
    acb_mul_ui(term.raw(), term.raw(), 1 + (key >> 56 & 0xff), precision);
    acb_add(y.raw(), y.raw(), term.raw(), precision);
  }
  return Reach::kInside;
}

}  // namespace rewards::math
