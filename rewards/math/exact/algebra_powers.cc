// Powers, roots, exponentials and logarithms of Algebra.

#include <cmath>
#include <cstdlib>
#include <numeric>
#include <utility>

#include "rewards/math/exact/algebra.h"
#include "rewards/math/exact/primes.h"

namespace rewards::math {
namespace {

constexpr long kIndex = 10'000;       // largest index of a root
constexpr long kExponent = 1L << 40;  // largest exponent of a factor

Rational Numerator(const Rational& value) {
  Rational part;
  fmpz_set(fmpq_numref(part.raw()), fmpq_numref(value.raw()));
  return part;
}

Rational Denominator(const Rational& value) {
  Rational part;
  fmpz_set(fmpq_numref(part.raw()), fmpq_denref(value.raw()));
  return part;
}

// The largest positive rational that all coefficients are multiples of.
Rational ContentOf(const std::vector<Addend>& addends) {
  Rational content;
  for (const Addend& addend : addends) {
    fmpq_gcd(content.raw(), content.raw(), addend.coefficient.raw());
  }
  return content;
}

}  // namespace

bool Algebra::IsPositive(NodeId a) const {
  const Node& node = graph_->at(a);
  const auto parts = graph_->ArgumentsOf(a);
  switch (node.op) {
    case Op::kNumber:
      return !graph_->NumberOf(a).is_negative() && a != Graph::kZero;
    case Op::kPi:
      return true;
    case Op::kExp:
      return !node.imaginary;
    case Op::kLog:
      return graph_->IsNumber(parts[0]) &&
             !(graph_->NumberOf(parts[0]) <= Rational(1));
    case Op::kRoot:
      return graph_->IsNumber(parts[0]) &&
             !graph_->NumberOf(parts[0]).is_negative();
    default:
      return false;
  }
}

NodeId Algebra::HugePower(const Rational& base, const Rational& exponent) {
  std::vector<Addend> addends = AddendsOf(LogOfNumber(base));
  for (Addend& addend : addends) {
    addend.coefficient = addend.coefficient * exponent;
    if (!Pay(addend.coefficient)) return Graph::kZero;
  }
  const NodeId exponent_node = Sum(std::move(addends));
  return Plain(Op::kExp, {&exponent_node, 1});
}

NodeId Algebra::PowerOfNumber(const Rational& base, long exponent) {
  if (exponent == 1) return Number(base);
  if (base.is_zero()) {
    return exponent > 0 ? Graph::kZero : Undefined();
  }
  if (exponent == 0 || base == Rational(1)) return Graph::kOne;
  if (base == Rational(-1)) return Number(exponent % 2 == 0 ? 1L : -1L);
  const double bits = static_cast<double>(base.bits()) *
                      static_cast<double>(std::labs(exponent));
  if (bits <= static_cast<double>(kNumberBits)) {
    const Rational power = base.Power(exponent);
    return Pay(power) ? Number(power) : Graph::kZero;
  }
  const NodeId size = HugePower(base.Absolute(), Rational(exponent));
  return base.is_negative() && exponent % 2 != 0 ? Negate(size) : size;
}

NodeId Algebra::IntegerPower(NodeId base, long exponent) {
  if (exponent <= 0) {
    if (base == Graph::kZero) return Undefined();
    if (!graph_->IsNumber(base)) must_not_vanish_.push_back(base);
    if (exponent == 0) return Graph::kOne;
  }
  return Product({{base, exponent}});
}

NodeId Algebra::RationalPower(NodeId base, const Rational& exponent) {
  const Deeper deeper(&depth_);
  if (deeper.too_deep()) return Fail();
  const std::optional<long> whole = exponent.AsLong();
  if (whole && std::labs(*whole) < kExponent) {
    return IntegerPower(base, *whole);
  }
  if (exponent.is_integer()) {
    if (!graph_->IsNumber(base)) return Fail();
    const Rational value = graph_->NumberOf(base);
    if (base == Graph::kOne) return base;
    if (value.is_zero()) {
      return exponent.is_negative() ? Undefined() : Graph::kZero;
    }
    const bool even = fmpz_is_even(fmpq_numref(exponent.raw())) != 0;
    const NodeId size = value.Absolute() == Rational(1)
                            ? Graph::kOne
                            : HugePower(value.Absolute(), exponent);
    return value.is_negative() && !even ? Negate(size) : size;
  }
  const std::optional<long> top = Numerator(exponent).AsLong();
  const std::optional<long> index = Denominator(exponent).AsLong();
  if (!top || !index || *index > kIndex || std::labs(*top) > kExponent) {
    if (!IsPositive(base)) return Fail();
    // Not Exp, which would make a power of the logarithm again.
    const NodeId size = Scale(Log(base), exponent);
    return size == Graph::kZero ? Graph::kOne : Plain(Op::kExp, {&size, 1});
  }
  return IntegerPower(Root(base, *index), *top);
}

NodeId Algebra::Power(NodeId base, NodeId exponent) {
  if (!ok_) return Graph::kZero;
  if (graph_->IsNumber(exponent)) {
    return RationalPower(base, Rational(graph_->NumberOf(exponent)));
  }
  if (base == Graph::kOne) return base;
  if (base == Graph::kZero) return Fail();
  if (graph_->IsNumber(base) && graph_->NumberOf(base).is_negative()) {
    return NegativeToPower(Rational(graph_->NumberOf(base)), exponent);
  }
  return Exp(Expand(exponent, Log(base)));
}

// (-2)^n = (-1)^n 2^n, (-1)^{n + 1} = -(-1)^n, and (-1)^{2n} = 1.
NodeId Algebra::NegativeToPower(const Rational& base, NodeId exponent) {
  const NodeId size = Power(Number(base.Absolute()), exponent);
  std::vector<Addend> addends = AddendsOf(exponent);
  bool odd = false;
  if (addends[0].node == Graph::kOne && addends[0].coefficient.is_integer()) {
    odd = fmpz_is_odd(fmpq_numref(addends[0].coefficient.raw())) != 0;
    addends.erase(addends.begin());
  }
  // Of whole numbers of a symbol only whether they are odd counts.
  for (Addend& addend : addends) {
    if (graph_->at(addend.node).op != Op::kSymbol ||
        !addend.coefficient.is_integer()) {
      continue;
    }
    const bool even = fmpz_is_even(fmpq_numref(addend.coefficient.raw())) != 0;
    addend.coefficient = Rational(even ? 0 : 1);
  }
  const NodeId arguments[] = {Number(-1), Sum(std::move(addends))};
  const NodeId sign =
      arguments[1] == Graph::kZero ? Graph::kOne : Plain(Op::kPower, arguments);
  return Scale(Multiply(sign, size), Rational(odd ? -1 : 1));
}

NodeId Algebra::RootOfPositive(const Rational& base, long index) {
  const double bits =
      static_cast<double>(base.bits()) * static_cast<double>(index);
  if (bits > static_cast<double>(kNumberBits)) {
    const NodeId arguments[] = {Number(base), Number(index)};
    return Plain(Op::kRoot, arguments);
  }
  // (n / d)^{1/k} = (n d^{k-1})^{1/k} / d, and every prime by itself.
  const Rational below = Denominator(base);
  const Rational radicand = Numerator(base) * below.Power(index - 1);
  Rational outside = Rational(1) / below;
  std::vector<Factor> factors;
  for (const PrimePower& prime : SmallFactors(radicand, work_)) {
    outside = outside * prime.base.Power(prime.exponent / index);
    const long rest = prime.exponent % index;
    if (rest == 0) continue;
    const long common = std::gcd(rest, index);
    const NodeId arguments[] = {Number(prime.base), Number(index / common)};
    factors.push_back({Plain(Op::kRoot, arguments), rest / common});
  }
  return Scale(Product(std::move(factors)), outside);
}

NodeId Algebra::RootOfNumber(const Rational& base, long index) {
  if (base.is_zero()) return Graph::kZero;
  if (!base.is_negative()) return RootOfPositive(base, index);
  const NodeId size = RootOfPositive(base.Absolute(), index);
  if (index % 2 != 0) return Negate(size);
  if (index == 2) return Multiply(Imaginary(), size);
  Rational turn = Rational(1) / Rational(index);
  return Multiply(size, Exp(Scale(Multiply(Imaginary(), Pi()), turn)));
}

NodeId Algebra::Root(NodeId base, long index) {
  const Deeper deeper(&depth_);
  if (deeper.too_deep()) return Fail();
  if (!ok_) return Graph::kZero;
  if (index == 1) return base;
  if (graph_->IsNumber(base)) {
    return RootOfNumber(Rational(graph_->NumberOf(base)), index);
  }
  const Node node = graph_->at(base);
  if (node.op == Op::kExp && !node.imaginary) {
    const NodeId inside = graph_->ArgumentsOf(base)[0];
    return Exp(Scale(inside, Rational(1) / Rational(index)));
  }
  if (node.op == Op::kSum) {
    Rational content = ContentOf(AddendsOf(base));
    const bool single = node.count == 2;
    if (single && IsNegated(base) && index % 2 != 0) content = -content;
    if (!(content == Rational(1))) {
      const NodeId inside = Scale(base, Rational(1) / content);
      return Multiply(RootOfNumber(content, index), Root(inside, index));
    }
  }
  const NodeId arguments[] = {base, Number(index)};
  return Plain(Op::kRoot, arguments);
}

NodeId Algebra::Exp(NodeId a) {
  const Deeper deeper(&depth_);
  if (deeper.too_deep()) return Fail();
  if (!ok_) return Graph::kZero;
  if (a == Graph::kZero) return Graph::kOne;
  std::vector<Addend> rest;
  std::vector<Addend> turns;
  std::vector<NodeId> powers;
  for (Addend& addend : AddendsOf(Expanded(a))) {
    const Node node = graph_->at(addend.node);
    if (node.op == Op::kLog) {
      const NodeId inside = graph_->ArgumentsOf(addend.node)[0];
      const Rational* value =
          graph_->IsNumber(inside) ? &graph_->NumberOf(inside) : nullptr;
      const bool huge =
          value != nullptr &&
          static_cast<double>(value->bits()) *
                  std::fabs(fmpq_get_d(addend.coefficient.raw())) >
              static_cast<double>(kNumberBits);
      const bool same = value != nullptr || addend.coefficient.is_integer() ||
                        (node.symbolic && !node.imaginary);
      if (!huge && same) {
        powers.push_back(RationalPower(inside, addend.coefficient));
        continue;
      }
    }
    if (node.imaginary &&
        (node.op == Op::kImaginary || node.op == Op::kProduct)) {
      const NodeId turned = Multiply(addend.node, Imaginary());
      // i i f = -f: the factor i is gone.
      if (!graph_->at(turned).imaginary) {
        turns.push_back({turned, -addend.coefficient});
        continue;
      }
    }
    rest.push_back(std::move(addend));
  }
  const bool turning = !turns.empty();
  NodeId result = Graph::kOne;
  if (!rest.empty()) {
    const NodeId exponent = Sum(std::move(rest));
    result = Plain(Op::kExp, {&exponent, 1});
  }
  if (turning) {
    const NodeId angle = Sum(std::move(turns));
    const NodeId turn = Add(Cos(angle), Multiply(Imaginary(), Sin(angle)));
    result = Multiply(result, turn);
  }
  for (const NodeId power : powers) result = Multiply(result, power);
  return ok_ ? result : Graph::kZero;
}

NodeId Algebra::LogOfNumber(const Rational& value) {
  if (value.is_zero()) return Undefined();
  std::vector<Addend> sum;
  if (value.is_negative()) {
    sum.push_back({Multiply(Imaginary(), Pi()), Rational(1)});
  }
  for (const long sign : {1L, -1L}) {
    const Rational part =
        sign > 0 ? Numerator(value.Absolute()) : Denominator(value);
    for (const PrimePower& prime : SmallFactors(part, work_)) {
      const NodeId inside = Number(prime.base);
      sum.push_back(
          {Plain(Op::kLog, {&inside, 1}), Rational(sign * prime.exponent)});
    }
  }
  return Sum(std::move(sum));
}

NodeId Algebra::Log(NodeId a) {
  const Deeper deeper(&depth_);
  if (deeper.too_deep()) return Fail();
  if (!ok_) return Graph::kZero;
  if (graph_->IsNumber(a)) return LogOfNumber(Rational(graph_->NumberOf(a)));
  const Node node = graph_->at(a);
  const std::vector<NodeId> parts(graph_->ArgumentsOf(a).begin(),
                                  graph_->ArgumentsOf(a).end());
  if (node.op == Op::kExp && !node.imaginary) return parts[0];
  if (node.op == Op::kImaginary) {
    return Scale(Multiply(a, Pi()), Rational(1) / Rational(2));
  }
  if (node.symbolic && !node.imaginary) {
    must_be_positive_.push_back(a);
    return LogOfAbsolute(a);
  }
  bool positive = node.op == Op::kProduct;
  for (std::size_t i = 0; i < parts.size() && positive; i += 2) {
    positive = IsPositive(parts[i]);
  }
  if (positive || IsPositive(a)) return LogOfAbsolute(a);
  if (node.op == Op::kSum && node.count == 2 && !IsNegated(a)) {
    return Add(Log(parts[1]), Log(parts[0]));
  }
  must_not_vanish_.push_back(a);
  return Plain(Op::kLog, {&a, 1});
}

// By a work list: factors of factors may be products again.
NodeId Algebra::LogOfAbsolute(NodeId a) {
  std::vector<Addend> sum;
  std::vector<Addend> todo{{a, Rational(1)}};
  while (!todo.empty() && ok_) {
    const Addend next = std::move(todo.back());
    todo.pop_back();
    const Node node = graph_->at(next.node);
    const std::vector<NodeId> parts(graph_->ArgumentsOf(next.node).begin(),
                                    graph_->ArgumentsOf(next.node).end());
    if (graph_->IsNumber(next.node)) {
      const Rational size = Rational(graph_->NumberOf(next.node)).Absolute();
      sum.push_back({LogOfNumber(size), next.coefficient});
    } else if (node.op == Op::kExp && !node.imaginary) {
      sum.push_back({parts[0], next.coefficient});
    } else if (node.op == Op::kSum && node.count == 2) {
      todo.push_back({parts[0], next.coefficient});
      todo.push_back({parts[1], next.coefficient});
    } else if (node.op == Op::kAbsolute) {
      todo.push_back({parts[0], next.coefficient});
    } else if (node.op == Op::kRoot) {
      const Rational index = graph_->NumberOf(parts[1]);
      todo.push_back({parts[0], next.coefficient / index});
    } else if (node.op == Op::kProduct) {
      for (std::size_t i = 0; i < parts.size(); i += 2) {
        const Rational exponent = graph_->NumberOf(parts[i + 1]);
        todo.push_back({parts[i], next.coefficient * exponent});
      }
    } else {
      const NodeId size = Absolute(next.node);
      must_not_vanish_.push_back(size);
      sum.push_back({Plain(Op::kLog, {&size, 1}), next.coefficient});
    }
    if (sum.size() + todo.size() > kTerms) return Fail();
  }
  return Sum(std::move(sum));
}

}  // namespace rewards::math
