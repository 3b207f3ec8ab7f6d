// Functions of Algebra that are no powers: trigonometry, parts, factorials.

#include <flint/fmpz.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "rewards/math/exact/algebra.h"

namespace rewards::math {
namespace {

constexpr long kShift = 64;         // steps that a factorial is moved by
constexpr long kFactorial = 5'000;  // largest that is written out

Rational Quotient(long a, long b) { return Rational(a) / Rational(b); }

Rational FloorOf(const Rational& value) {
  Rational floor;
  fmpz_fdiv_q(fmpq_numref(floor.raw()), fmpq_numref(value.raw()),
              fmpq_denref(value.raw()));
  return floor;
}

}  // namespace

NodeId Algebra::CosOfPi(Rational multiple) {
  // To [0, 1/2]: a period, evenness, and cos(pi - x) = -cos x.
  const Rational two(2);
  multiple = multiple - two * FloorOf(multiple / two);
  if (!(multiple <= Rational(1))) multiple = two - multiple;
  bool negative = false;
  if (!(multiple <= Quotient(1, 2))) {
    multiple = Rational(1) - multiple;
    negative = true;
  }
  const auto surd = [this](long n, long over) {
    return Scale(RootOfNumber(Rational(n), 2), Quotient(1, over));
  };
  NodeId cosine = Graph::kZero;
  if (multiple.is_zero()) {
    cosine = Graph::kOne;
  } else if (multiple == Quotient(1, 2)) {
    return Graph::kZero;
  } else if (multiple == Quotient(1, 3)) {
    cosine = Number(Quotient(1, 2));
  } else if (multiple == Quotient(1, 4)) {
    cosine = surd(2, 2);
  } else if (multiple == Quotient(1, 6)) {
    cosine = surd(3, 2);
  } else if (multiple == Quotient(1, 5)) {
    cosine = Add(surd(5, 4), Number(Quotient(1, 4)));
  } else if (multiple == Quotient(2, 5)) {
    cosine = Add(surd(5, 4), Number(Quotient(-1, 4)));
  } else if (multiple == Quotient(1, 12)) {
    cosine = Add(surd(6, 4), surd(2, 4));
  } else if (multiple == Quotient(5, 12)) {
    cosine = Subtract(surd(6, 4), surd(2, 4));
  } else {
    const NodeId angle = Scale(Pi(), multiple);
    cosine = Plain(Op::kCos, {&angle, 1});
  }
  return negative ? Negate(cosine) : cosine;
}

NodeId Algebra::Cos(NodeId a) {
  if (!ok_) return Graph::kZero;
  if (a == Graph::kZero) return Graph::kOne;
  if (graph_->at(a).imaginary) {
    const NodeId turned = Expand(Imaginary(), a);
    return Scale(Add(Exp(turned), Exp(Negate(turned))), Quotient(1, 2));
  }
  a = Expanded(a);
  if (IsNegated(a)) return Cos(Negate(a));
  const std::vector<Addend> addends = AddendsOf(a);
  if (addends.size() == 1 && graph_->at(addends[0].node).op == Op::kPi) {
    return CosOfPi(addends[0].coefficient);
  }
  return Plain(Op::kCos, {&a, 1});
}

NodeId Algebra::Sin(NodeId a) {
  if (!ok_ || a == Graph::kZero) return Graph::kZero;
  if (graph_->at(a).imaginary) {
    const NodeId turned = Expand(Imaginary(), a);
    const NodeId twice = Subtract(Exp(turned), Exp(Negate(turned)));
    return Scale(Multiply(twice, Imaginary()), Quotient(-1, 2));
  }
  a = Expanded(a);
  if (IsNegated(a)) return Negate(Sin(Negate(a)));
  const std::vector<Addend> addends = AddendsOf(a);
  if (addends.size() == 1 && graph_->at(addends[0].node).op == Op::kPi) {
    return CosOfPi(Quotient(1, 2) - addends[0].coefficient);
  }
  return Plain(Op::kSin, {&a, 1});
}

NodeId Algebra::Arctan(NodeId a) {
  if (!ok_ || a == Graph::kZero) return Graph::kZero;
  if (IsNegated(a)) return Negate(Arctan(Negate(a)));
  if (a == Graph::kOne) return Scale(Pi(), Quotient(1, 4));
  const NodeId root = RootOfNumber(Rational(3), 2);
  if (a == root) return Scale(Pi(), Quotient(1, 3));
  if (a == Scale(root, Quotient(1, 3))) return Scale(Pi(), Quotient(1, 6));
  return Plain(Op::kArctan, {&a, 1});
}

NodeId Algebra::Arcsin(NodeId a) {
  if (!ok_ || a == Graph::kZero) return Graph::kZero;
  if (IsNegated(a)) return Negate(Arcsin(Negate(a)));
  if (a == Graph::kOne) return Scale(Pi(), Quotient(1, 2));
  if (a == Number(Quotient(1, 2))) return Scale(Pi(), Quotient(1, 6));
  for (const long n : {2L, 3L}) {
    const NodeId half = Scale(RootOfNumber(Rational(n), 2), Quotient(1, 2));
    if (a == half) return Scale(Pi(), n == 2 ? Quotient(1, 4) : Quotient(1, 3));
  }
  return Plain(Op::kArcsin, {&a, 1});
}

NodeId Algebra::Absolute(NodeId a) {
  if (!ok_) return Graph::kZero;
  if (graph_->IsNumber(a)) {
    return Number(Rational(graph_->NumberOf(a)).Absolute());
  }
  const Node node = graph_->at(a);
  if (IsPositive(a) || node.op == Op::kAbsolute) return a;
  if (node.op == Op::kImaginary || node.op == Op::kPower) return Graph::kOne;
  if (node.op == Op::kInfinity) return a;
  if (node.op == Op::kSum && node.count == 2) {
    const std::vector<Addend> addends = AddendsOf(a);
    return Scale(Absolute(addends[0].node), addends[0].coefficient.Absolute());
  }
  if (node.op == Op::kProduct) {
    const std::vector<NodeId> parts(graph_->ArgumentsOf(a).begin(),
                                    graph_->ArgumentsOf(a).end());
    std::vector<Factor> factors;
    for (std::size_t i = 0; i < parts.size(); i += 2) {
      const long exponent = *graph_->NumberOf(parts[i + 1]).AsLong();
      const bool square =
          exponent % 2 == 0 && graph_->at(parts[i]).op == Op::kSymbol;
      factors.push_back({square ? parts[i] : Absolute(parts[i]), exponent});
    }
    return Product(std::move(factors));
  }
  if (IsNegated(a)) return Absolute(Negate(a));
  return Plain(Op::kAbsolute, {&a, 1});
}

NodeId Algebra::Floor(NodeId a) {
  if (!ok_) return Graph::kZero;
  if (graph_->IsNumber(a)) return Number(FloorOf(graph_->NumberOf(a)));
  const std::vector<Addend> addends = AddendsOf(a);
  Rational whole;
  if (addends[0].node == Graph::kOne) whole = FloorOf(addends[0].coefficient);
  const NodeId rest = Subtract(a, Number(whole));
  return Add(Number(whole), Plain(Op::kFloor, {&rest, 1}));
}

NodeId Algebra::Factorial(NodeId a) {
  if (!ok_) return Graph::kZero;
  if (graph_->IsNumber(a)) {
    const Rational value = graph_->NumberOf(a);
    if (value.is_integer() && value.is_negative()) return Undefined();
    const std::optional<long> n = value.AsLong();
    if (n && *n <= kFactorial) {
      Rational product;
      fmpz_fac_ui(fmpq_numref(product.raw()), static_cast<unsigned long>(*n));
      return Pay(product) ? Number(product) : Graph::kZero;
    }
    return Plain(Op::kFactorial, {&a, 1});
  }
  // (x + k)! = x! (x + 1) ... (x + k), so that factorials of neighbours meet.
  const std::vector<Addend> addends = AddendsOf(a);
  if (addends[0].node != Graph::kOne) return Plain(Op::kFactorial, {&a, 1});
  const std::optional<long> shift = FloorOf(addends[0].coefficient).AsLong();
  if (!shift || std::labs(*shift) > kShift) {
    return Plain(Op::kFactorial, {&a, 1});
  }
  const NodeId base = Subtract(a, Number(*shift));
  std::vector<Factor> factors{{Plain(Op::kFactorial, {&base, 1}), 1}};
  for (long i = 1; i <= *shift; ++i) {
    factors.push_back({Add(base, Number(i)), 1});
  }
  for (long i = 0; i > *shift; --i) {
    factors.push_back({Add(base, Number(i)), -1});
  }
  return Product(std::move(factors));
}

NodeId Algebra::Binomial(const Rational& n, const Rational& k) {
  const std::optional<long> top = n.AsLong();
  const std::optional<long> bottom = k.AsLong();
  if (!top || !bottom || *top < 0) return Fail();
  if (*bottom < 0 || *bottom > *top) return Graph::kZero;
  const long steps = std::min(*bottom, *top - *bottom);
  const double bits =
      static_cast<double>(steps) * std::log2(static_cast<double>(*top) + 1.0);
  if (bits > static_cast<double>(kNumberBits)) {
    const NodeId all[] = {Factorial(Number(n)), Factorial(Number(k)),
                          Factorial(Number(n - k))};
    return Product({{all[0], 1}, {all[1], -1}, {all[2], -1}});
  }
  if (!work_->Spend(1 + static_cast<std::size_t>(bits) / 256)) return Fail();
  Rational value;
  fmpz_bin_uiui(fmpq_numref(value.raw()), static_cast<unsigned long>(*top),
                static_cast<unsigned long>(steps));
  return Pay(value) ? Number(value) : Graph::kZero;
}

NodeId Algebra::Binomial(NodeId n, NodeId k) {
  if (!ok_) return Graph::kZero;
  const auto falling = [this](NodeId from, long steps) {
    std::vector<Factor> factors;
    for (long i = 0; i < steps; ++i) {
      factors.push_back({Subtract(from, Number(i)), 1});
    }
    factors.push_back({Factorial(Number(steps)), -1});
    return Product(std::move(factors));
  };
  if (graph_->IsNumber(k)) {
    const std::optional<long> steps = graph_->NumberOf(k).AsLong();
    if (steps && *steps < 0) return Graph::kZero;
    if (steps && *steps <= kShift) return falling(n, *steps);
    if (graph_->IsNumber(n)) {
      return Binomial(Rational(graph_->NumberOf(n)),
                      Rational(graph_->NumberOf(k)));
    }
  }
  const NodeId rest = Subtract(n, k);
  if (graph_->IsNumber(rest)) {
    const std::optional<long> steps = graph_->NumberOf(rest).AsLong();
    if (steps && *steps >= 0 && *steps <= kShift) return falling(n, *steps);
  }
  return Product(
      {{Factorial(n), 1}, {Factorial(k), -1}, {Factorial(rest), -1}});
}

}  // namespace rewards::math
