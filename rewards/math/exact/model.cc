#include "rewards/math/exact/model.h"

#include <flint/fmpz.h>
#include <flint/ulong_extras.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <optional>

namespace rewards::math {
namespace {

constexpr long kFirstPrecision = 192;  // bits, of the pass that finds the rest
constexpr long kDenominator = 5'040;   // largest of a term in an exponent
constexpr double kMostDegree = 8'192;
constexpr std::uint64_t kNodeKey = 0x44;
constexpr std::uint64_t kPiKey = 0x55;

}  // namespace

Model::Model(const Graph* graph, const std::vector<bool>* below,
             const Enclosures* near, const Point* point, Work* work)
    : graph_(graph),
      below_(below),
      near_(near),
      point_(point),
      work_(work),
      values_(graph->size()) {}

Model::Zero Model::Decide(NodeId root) {
  FindDenominators();
  FindWanted(root);
  const Zero zero = DecideBy(&Model::Test, root);
  if (zero == Zero::kZero || !IsAngle(root)) return zero;
  return DecideBy(&Model::TestAngle, root);
}

Model::Zero Model::DecideBy(Zero (Model::*test)(NodeId), NodeId root) {
  first_ = true;
  bits_needed_ = 0;
  if (!Evaluate(kFirstPrecision)) return Zero::kUnknown;
  const Zero zero = (this->*test)(root);
  if (zero != Zero::kUnknown && bits_needed_ == 0) return zero;
  const double degree = Degree();
  const double bits =
      std::max(bits_needed_ * degree, values_[root].BitsToDecide(degree));
  if (degree > kMostDegree || bits > static_cast<double>(kBits)) {
    return Zero::kUnknown;
  }
  first_ = false;
  const auto upper = static_cast<long>(values_[root].upper());
  if (!Evaluate(static_cast<long>(bits) + upper + kFirstPrecision)) {
    return Zero::kUnknown;
  }
  return (this->*test)(root);
}

Model::Zero Model::Test(NodeId root) {
  switch (values_[root].TestZero(Degree())) {
    case Algebraic::Zero::kZero:
      return Zero::kZero;
    case Algebraic::Zero::kNotZero:
      return Zero::kNotZero;
    case Algebraic::Zero::kUnknown:
      break;
  }
  return Zero::kUnknown;
}

void Model::FindWanted(NodeId root) {
  wanted_.assign(below_->size(), false);
  wanted_[root] = true;
  for (NodeId id = root + 1; id-- > 0;) {
    if (!wanted_[id]) continue;
    const Op op = graph_->at(id).op;
    const auto parts = graph_->ArgumentsOf(id);
    if (op == Op::kSin || op == Op::kCos) {
      // Of an angle's terms only what an inverse function is taken of.
      for (const auto& [term, by] : TermsOf(*graph_, parts[0])) {
        const Op inner = graph_->at(term).op;
        if (inner != Op::kArctan && inner != Op::kArcsin) continue;
        wanted_[graph_->ArgumentsOf(term)[0]] = true;
      }
    } else if (op != Op::kExp) {
      for (const NodeId part : parts) wanted_[part] = true;
    }
  }
}

void Model::FindDenominators() {
  for (NodeId id = 0; id < below_->size(); ++id) {
    if (!(*below_)[id]) continue;
    const Op op = graph_->at(id).op;
    if (op != Op::kExp && op != Op::kSin && op != Op::kCos) continue;
    for (const auto& [node, by] :
         TermsOf(*graph_, graph_->ArgumentsOf(id)[0])) {
      const fmpz* below = fmpq_denref(by.raw());
      long& denominator = denominators_.try_emplace(node, 1).first->second;
      if (fmpz_cmp_si(below, kDenominator) > 0) continue;
      denominator = std::lcm(denominator, fmpz_get_si(below));
      if (denominator > kDenominator) denominator = 1;
    }
  }
}

bool Model::Evaluate(long precision) {
  constexpr int kRounds = 6;
  precision_ = precision;
  // A base that is refined on the way gives logarithms that were taken before
  // other parts: then once more.
  for (int round = 0; round < kRounds; ++round) {
    const std::size_t version = base_.version();
    if (!EvaluateOnce()) return false;
    if (base_.version() == version) return true;
  }
  return false;
}

bool Model::EvaluateOnce() {
  const std::size_t cost = MultiplyCost(precision_);
  logs_.clear();
  if (first_) {
    radical_degree_ = 1;
    radicals_.clear();
  }
  for (NodeId id = 0; id < wanted_.size(); ++id) {
    if (!wanted_[id]) continue;
    const std::size_t steps = 1 + graph_->at(id).count / 2;
    if (!work_->Spend(steps * cost) || !Compute(id)) return false;
    if (values_[id].bits() > kHeld) return false;
  }
  return true;
}

bool Model::Compute(NodeId id) {
  const Node& node = graph_->at(id);
  // The sign of what has no value is not known, and these depend on it.
  if (node.opaque && (node.op == Op::kRoot || node.op == Op::kAbsolute ||
                      node.op == Op::kLog || node.op == Op::kFloor)) {
    return false;
  }
  switch (node.op) {
    case Op::kNumber:
      values_[id] = Algebraic(graph_->NumberOf(id));
      return true;
    case Op::kSymbol:
      random_ = true;
      values_[id] = Algebraic(point_->Coordinate(graph_->NameOf(id)));
      return true;
    case Op::kImaginary: {
      complex_ = true;
      cyclotomic_ = std::lcm(cyclotomic_, 4UL);
      values_[id] = Algebraic(Rational(0), Rational(1));
      return true;
    }
    case Op::kSum:
      return Sum(id);
    case Op::kProduct:
      return Product(id);
    case Op::kRoot:
      return Root(id);
    case Op::kExp:
      return Exp(id);
    case Op::kLog:
      return Logarithm(id);
    case Op::kSin:
    case Op::kCos:
      return Trigonometry(id);
    case Op::kArctan:
    case Op::kArcsin:
    case Op::kArgument:
      return Inverse(id);
    case Op::kAbsolute:
      return Absolute(id);
    case Op::kFloor:
      return Floor(id);
    case Op::kConjugate: {
      const Algebraic& value = values_[graph_->ArgumentsOf(id)[0]];
      values_[id] = value.Conjugated();
      conjugates_ |= !value.is_exact() && !value.Enclosure(64).is_real();
      return true;
    }
    case Op::kPi: {
      Rational value;
      const bool known = Pi(&value);
      values_[id] = Algebraic(value);
      return known;
    }
    case Op::kPower:
    case Op::kFactorial:
    case Op::kFunction:
      return near_->ReachOf(id) == Reach::kInside &&
             Indeterminate(id, near_->ValueOf(id));
    case Op::kOpaque: {
      Ball some;
      acb_set_si(some.raw(), point_->Random(id) % 2 == 0 ? 3 : -3);
      return Indeterminate(id, some);
    }
    case Op::kInfinity:
      return false;
  }
  return false;
}

bool Model::Sum(NodeId id) {
  const auto parts = graph_->ArgumentsOf(id);
  Algebraic sum;
  for (std::size_t i = 0; i < parts.size(); i += 2) {
    const Algebraic by(graph_->NumberOf(parts[i + 1]));
    if (!Pay(values_[parts[i]].bits() + sum.bits())) return false;
    sum = sum.Plus(values_[parts[i]].Times(by, precision_), precision_);
  }
  values_[id] = std::move(sum);
  return true;
}

// A fraction of 400,000 bits takes some 3 ms to bring to lowest terms.
bool Model::Pay(double bits) {
  if (bits > kHeld) return false;
  return work_->Spend(
      static_cast<std::size_t>(bits / 1'024 + bits * bits / 6e7));
}

bool Model::Product(NodeId id) {
  const auto parts = graph_->ArgumentsOf(id);
  Algebraic product{Rational(1)};
  for (std::size_t i = 0; i < parts.size(); i += 2) {
    const Algebraic& base = values_[parts[i]];
    const long exponent = *graph_->NumberOf(parts[i + 1]).AsLong();
    if (!Pay(base.bits() * static_cast<double>(std::labs(exponent)) +
             product.bits())) {
      return false;
    }
    bool zero = false;
    if (exponent < 0 && (!IsZero(base, &zero) || zero)) return false;
    product = product.Times(base.Power(exponent, precision_), precision_);
  }
  values_[id] = std::move(product);
  return true;
}

bool Model::Floor(NodeId id) {
  // Between whole numbers a floor of symbols is any constant, which says
  // nothing of it at these: ceil(x) is floor(x) + 1 but there.
  if (graph_->at(id).symbolic) return false;
  if (near_->ReachOf(id) != Reach::kInside) return false;
  Rational floor;
  arf_get_fmpz(fmpq_numref(floor.raw()), arb_midref(near_->ValueOf(id).real()),
               ARF_RND_FLOOR);
  values_[id] = Algebraic(floor);
  return true;
}

bool Model::Indeterminate(NodeId id, const Ball& near) {
  Rational value;
  if (!RandomNear(near, id * 256ULL + kNodeKey, &value)) return false;
  values_[id] = Algebraic(value);
  return true;
}

bool Model::Pi(Rational* value) {
  Ball pi;
  arb_const_pi(pi.real(), kFirstPrecision);
  return RandomNear(pi, kPiKey, value);
}

bool Model::RandomNear(const Ball& ball, std::uint64_t key, Rational* value) {
  constexpr long kDigits = 72;  // bits of the number
  constexpr long kRandom = 48;  // of them, at the end, random
  constexpr long kExponent = 400;
  random_ = true;
  if (!ball.is_finite() || !ball.is_real()) return false;
  const arf_srcptr middle = arb_midref(ball.real());
  long exponent = -kDigits;
  fmpz_t top;
  fmpz_init(top);
  bool fits = true;
  if (arf_is_zero(middle) == 0) {
    fits = fmpz_cmp_si(ARF_EXPREF(middle), kExponent) < 0 &&
           fmpz_cmp_si(ARF_EXPREF(middle), -kExponent) > 0;
    if (fits) {
      exponent = fmpz_get_si(ARF_EXPREF(middle)) - kDigits;
      arf_t scaled;
      arf_init(scaled);
      arf_mul_2exp_si(scaled, middle, -exponent - kRandom);
      arf_get_fmpz(top, scaled, ARF_RND_FLOOR);
      arf_clear(scaled);
    }
  }
  if (fits) {
    const std::uint64_t mask = (std::uint64_t{1} << kRandom) - 1;
    fmpz_mul_2exp(top, top, kRandom);
    fmpz_add_ui(top, top, (point_->Random(key) & mask) | 1);
    Rational scale(2);
    Rational whole;
    fmpz_set(fmpq_numref(whole.raw()), top);
    *value = whole * scale.Power(exponent);
  }
  fmpz_clear(top);
  return fits;
}

bool Model::SignOf(const Algebraic& value, int* sign) {
  const Ball ball = value.Enclosure(precision_);
  *sign = ball.is_negative() ? -1 : 1;
  return first_ || ball.is_negative() || ball.is_positive();
}

bool Model::IsZero(const Algebraic& value, bool* zero) {
  const Algebraic::Zero test = value.TestZero(first_ ? 1e9 : Degree());
  *zero = test == Algebraic::Zero::kZero;
  if (test != Algebraic::Zero::kUnknown) return true;
  bits_needed_ = std::max(bits_needed_, value.upper() + value.lower() + 2);
  return first_;
}

bool Model::JoinCyclotomic(const Rational& turns) {
  constexpr unsigned long kOrder = 1'000'000;
  const unsigned long order = 2 * fmpz_get_ui(fmpq_denref(turns.raw()));
  cyclotomic_ = std::lcm(std::lcm(cyclotomic_, order), 4UL);
  return cyclotomic_ <= kOrder;
}

double Model::Degree() const {
  const double all = static_cast<double>(n_euler_phi(cyclotomic_));
  const double root = complex_ ? all : std::max(1.0, all / 2);
  const double degree = root * radical_degree_;
  return conjugates_ ? degree * degree : degree;
}

}  // namespace rewards::math
