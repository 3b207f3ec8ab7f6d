// Exponentials, angles and logarithms of Model.

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <optional>
#include <utility>

#include "rewards/math/exact/model.h"

namespace rewards::math {
namespace {

constexpr long kNear = 128;          // bits of what an indeterminate is near to
constexpr long kMultiple = 2'048;    // largest multiple of an exponent's term
constexpr long kTurns = 256;         // largest multiple of an angle
constexpr long kCyclotomic = 2'000;  // largest denominator of an angle over pi
constexpr std::uint64_t kExpKey = 0x11;
constexpr std::uint64_t kAngleKey = 0x22;
constexpr std::uint64_t kLogKey = 0x33;
constexpr unsigned long kLogPrime = 2305843009213693907UL;

// near / over, to take a function of.
Ball Part(const Ball& near, long over) {
  Ball part = near;
  acb_div_si(part.raw(), part.raw(), over, kNear);
  return part;
}

}  // namespace

bool Model::Exp(NodeId id) {
  Algebraic product{Rational(1)};
  for (const auto& [node, by] : TermsOf(*graph_, graph_->ArgumentsOf(id)[0])) {
    const auto found = denominators_.find(node);
    const long over = found == denominators_.end() ? 1 : found->second;
    const std::optional<long> times = (by * Rational(over)).AsLong();
    if (!times || std::labs(*times) > kMultiple) return false;
    Ball near;
    acb_one(near.raw());
    if (node != Graph::kOne) {
      if (near_->ReachOf(node) != Reach::kInside) return false;
      near = near_->ValueOf(node);
    }
    near = Part(near, over);
    if (IsHuge(near)) return false;
    acb_exp(near.raw(), near.raw(), kNear);
    Rational value;
    if (!RandomNear(near, node * 256ULL + kExpKey, &value)) return false;
    const Algebraic power = Algebraic(value).Power(*times, precision_);
    product = product.Times(power, precision_);
  }
  values_[id] = std::move(product);
  return true;
}

bool Model::Logarithm(NodeId id) {
  if (near_->ReachOf(id) != Reach::kInside) return false;
  const Algebraic& value = values_[graph_->ArgumentsOf(id)[0]];
  if (!value.is_rational()) return LogOfAlgebraic(id, value);
  Rational log;
  if (!LogOfRational(value.rational(), &log)) return false;
  values_[id] = Algebraic(log);
  return true;
}

bool Model::LogOfRational(const Rational& value, Rational* log) {
  if (value.is_negative() || value.is_zero()) return false;
  *log = Rational(0);
  for (const long sign : {1L, -1L}) {
    Rational part;
    fmpz_set(fmpq_numref(part.raw()),
             sign > 0 ? fmpq_numref(value.raw()) : fmpq_denref(value.raw()));
    if (!base_.Add(part, work_)) return false;
    for (const auto& [number, exponent] : base_.FactorsOf(part)) {
      if (!work_->Spend(FunctionCost(kNear))) return false;
      Ball near;
      arb_log_fmpz(near.real(), fmpq_numref(number.raw()), kNear);
      const std::uint64_t key =
          fmpz_fdiv_ui(fmpq_numref(number.raw()), kLogPrime);
      Rational one;
      if (!RandomNear(near, key, &one)) return false;
      *log = *log + one * Rational(sign * exponent);
    }
  }
  return true;
}

// m log f is k log g + log q, where f^m = q g^k for another g and a rational q.
bool Model::LogOfAlgebraic(NodeId id, const Algebraic& value) {
  constexpr std::size_t kSimple = 96;  // bits of q
  constexpr std::pair<long, long> kPairs[] = {{1, 1},  {1, -1}, {1, 2}, {1, -2},
                                              {2, 1},  {2, -1}, {1, 3}, {3, 1},
                                              {1, -3}, {3, -1}};
  for (const Logarithmic& other : logs_) {
    for (const auto& [m, k] : kPairs) {
      const Algebraic ratio =
          value.Power(m, precision_)
              .Times(other.value.Power(-k, precision_), precision_);
      const std::optional<Rational> simple =
          SimplestIn(ratio.Enclosure(precision_));
      if (!simple || simple->bits() > kSimple) continue;
      bool zero = false;
      if (!IsZero(ratio.Plus(Algebraic(-*simple), precision_), &zero)) {
        return false;
      }
      Rational log;
      if (!zero) continue;
      if (!LogOfRational(*simple, &log)) return false;
      log = log + other.log * Rational(k);
      values_[id] = Algebraic(log / Rational(m));
      return true;
    }
  }
  const NodeId inside = graph_->ArgumentsOf(id)[0];
  Rational log;
  if (!RandomNear(near_->ValueOf(id), inside * 256ULL + kLogKey, &log)) {
    return false;
  }
  logs_.push_back({value, log});
  values_[id] = Algebraic(log);
  return true;
}

bool Model::Trigonometry(NodeId id) {
  Angle sum;
  for (const auto& [node, by] : TermsOf(*graph_, graph_->ArgumentsOf(id)[0])) {
    Angle angle;
    if (!AngleOf(node, by, &angle)) return false;
    sum = AddAngles(sum, angle);
  }
  values_[id] = graph_->at(id).op == Op::kCos ? sum.cosine : sum.sine;
  return true;
}

bool Model::AngleOf(NodeId node, const Rational& times, Angle* angle) {
  const Op op = graph_->at(node).op;
  if (op == Op::kPi) return AngleOfPi(times, angle);
  if (op == Op::kArctan || op == Op::kArcsin) {
    const std::optional<long> multiple = times.AsLong();
    if (multiple && std::labs(*multiple) <= kTurns) {
      if (!AngleOfInverse(node, angle)) return false;
      *angle = Multiple(std::move(*angle), *multiple);
      return true;
    }
  }
  const auto found = denominators_.find(node);
  const long over = found == denominators_.end() ? 1 : found->second;
  const std::optional<long> multiple = (times * Rational(over)).AsLong();
  if (!multiple || std::labs(*multiple) > kTurns) return false;
  Ball near;
  acb_one(near.raw());
  if (node != Graph::kOne) {
    if (near_->ReachOf(node) != Reach::kInside) return false;
    near = near_->ValueOf(node);
  }
  near = Part(near, 2 * over);
  if (IsHuge(near)) return false;
  acb_tan(near.raw(), near.raw(), kNear);
  Rational t;
  if (!RandomNear(near, node * 256ULL + kAngleKey, &t)) return false;
  const Rational square = t * t;
  const Rational below = Rational(1) + square;
  // A sine of k times the angle has about k times its bits.
  const auto bits = static_cast<std::size_t>(2 * square.bits()) *
                    static_cast<std::size_t>(std::labs(*multiple));
  if (!work_->Spend(bits / 64 * (1 + bits / 4'096))) return false;
  angle->cosine = Algebraic((Rational(1) - square) / below);
  angle->sine = Algebraic(Rational(2) * t / below);
  *angle = Multiple(std::move(*angle), *multiple);
  return true;
}

bool Model::AngleOfPi(const Rational& times, Angle* angle) {
  const fmpz* below = fmpq_denref(times.raw());
  if (fmpz_cmp_si(below, kCyclotomic) > 0) return false;
  if (!work_->Spend(FunctionCost(precision_))) return false;
  Ball cosine;
  Ball sine;
  arb_sin_cos_pi_fmpq(sine.real(), cosine.real(), times.raw(), precision_);
  if (fmpz_cmp_ui(below, 2) <= 0) {  // a quarter of a turn
    angle->cosine = Algebraic(Rational(
        static_cast<long>(arf_get_d(arb_midref(cosine.real()), ARF_RND_NEAR))));
    angle->sine = Algebraic(Rational(
        static_cast<long>(arf_get_d(arb_midref(sine.real()), ARF_RND_NEAR))));
    return true;
  }
  if (!JoinCyclotomic(times)) return false;
  // 2 cos and 2 sin are algebraic integers, with conjugates of at most 2.
  angle->cosine = Algebraic(std::move(cosine), 1, 1);
  angle->sine = Algebraic(std::move(sine), 1, 1);
  return true;
}

// The angle whose tangent, or whose sine, is f.
bool Model::AngleOfInverse(NodeId node, Angle* angle) {
  const Algebraic& f = values_[graph_->ArgumentsOf(node)[0]];
  const Algebraic one{Rational(1)};
  const Algebraic square = f.Times(f, precision_);
  const bool tangent = graph_->at(node).op == Op::kArctan;
  const Algebraic under =
      one.Plus(tangent ? square : square.Negated(), precision_);
  bool zero = false;
  if (!IsZero(under, &zero)) return false;
  const Algebraic root = zero ? Algebraic() : RootOf(node, under, 2);
  if (!tangent) {
    angle->cosine = root;
    angle->sine = f;
    return true;
  }
  if (zero) return false;  // arctan i
  angle->cosine = root.Power(-1, precision_);
  angle->sine = f.Times(angle->cosine, precision_);
  return true;
}

Model::Angle Model::AddAngles(const Angle& a, const Angle& b) const {
  const auto times = [this](const Algebraic& x, const Algebraic& y) {
    return x.Times(y, precision_);
  };
  Angle sum;
  sum.cosine = times(a.cosine, b.cosine)
                   .Plus(times(a.sine, b.sine).Negated(), precision_);
  sum.sine = times(a.sine, b.cosine).Plus(times(a.cosine, b.sine), precision_);
  return sum;
}

Model::Angle Model::Multiple(Angle angle, long times) const {
  if (times < 0) {
    angle.sine = angle.sine.Negated();
    times = -times;
  }
  Angle result;
  for (; times > 0; times /= 2) {
    if (times % 2 != 0) result = AddAngles(result, angle);
    if (times > 1) angle = AddAngles(angle, angle);
  }
  return result;
}

// A known multiple of pi, where the exact value says so.
bool Model::Inverse(NodeId id) {
  constexpr long kParts = 120;  // of pi: what special angles are multiples of
  if (near_->ReachOf(id) != Reach::kInside) return false;
  const Ball& near = near_->ValueOf(id);
  Ball parts;
  arb_const_pi(parts.real(), kNear);
  acb_div(parts.raw(), near.raw(), parts.raw(), kNear);
  acb_mul_si(parts.raw(), parts.raw(), kParts, kNear);
  if (!parts.is_real()) return false;
  const double multiple = arf_get_d(arb_midref(parts.real()), ARF_RND_NEAR);
  const Rational turns = Rational(std::lround(multiple)) / Rational(kParts);
  acb_sub_si(parts.raw(), parts.raw(), std::lround(multiple), kNear);
  if (!parts.may_be_zero()) return Indeterminate(id, near);
  Angle angle;
  if (!AngleOfPi(turns, &angle)) return false;
  const Algebraic& f = values_[graph_->ArgumentsOf(id)[0]];
  Algebraic difference;
  if (graph_->at(id).op == Op::kArctan) {
    difference = f.Times(angle.cosine, precision_);
  } else if (graph_->at(id).op == Op::kArcsin) {
    difference = f;
  } else {
    return false;
  }
  difference = difference.Plus(angle.sine.Negated(), precision_);
  bool zero = false;
  if (!IsZero(difference, &zero)) return false;
  if (!zero) return Indeterminate(id, near);
  Rational value;
  if (!Pi(&value)) return false;
  values_[id] = Algebraic(value * turns);
  return true;
}

bool Model::IsAngle(NodeId root) const {
  if (graph_->at(root).op != Op::kSum) return false;
  bool inverse = false;
  for (const auto& [node, by] : TermsOf(*graph_, root)) {
    const Op op = graph_->at(node).op;
    inverse |= op == Op::kArctan || op == Op::kArcsin;
  }
  return inverse;
}

Model::Zero Model::TestAngle(NodeId root) {
  long over = 1;
  for (const auto& [node, by] : TermsOf(*graph_, root)) {
    if (graph_->at(node).op == Op::kPi) continue;  // exact as it is
    if (fmpz_cmp_si(fmpq_denref(by.raw()), kTurns) > 0) return Zero::kUnknown;
    over = std::lcm(over, fmpz_get_si(fmpq_denref(by.raw())));
    if (over > kTurns) return Zero::kUnknown;
  }
  // Less than a turn away from none.
  Ball away;
  if (near_->ReachOf(root) != Reach::kInside) return Zero::kUnknown;
  acb_mul_si(away.raw(), near_->ValueOf(root).raw(), over, kNear);
  acb_mul_2exp_si(away.raw(), away.raw(), -2);
  Ball one;
  acb_one(one.raw());
  acb_mul(away.raw(), away.raw(), away.raw(), kNear);
  acb_sub(away.raw(), away.raw(), one.raw(), kNear);
  if (!away.is_negative()) return Zero::kUnknown;
  Angle sum;
  for (const auto& [node, by] : TermsOf(*graph_, root)) {
    Angle angle;
    if (!AngleOf(node, by * Rational(over), &angle)) return Zero::kUnknown;
    sum = AddAngles(sum, angle);
  }
  const Algebraic minus_one{Rational(-1)};
  bool whole = false;
  bool none = false;
  if (!IsZero(sum.cosine.Plus(minus_one, precision_), &whole) ||
      !IsZero(sum.sine, &none)) {
    return Zero::kUnknown;
  }
  return whole && none ? Zero::kZero : Zero::kNotZero;
}

}  // namespace rewards::math
