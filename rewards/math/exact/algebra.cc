#include "rewards/math/exact/algebra.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <utility>

namespace rewards::math {
namespace {

// Below this many bits arithmetic is not worth a unit of work of its own.
constexpr std::size_t kSmallBits = 512;

// Terms of a sum that are worth one unit of work.
constexpr std::size_t kTermsAUnit = 8;

bool FewerNode(const Addend& a, const Addend& b) { return a.node < b.node; }
bool FewerBase(const Factor& a, const Factor& b) { return a.base < b.base; }

}  // namespace

NodeId Algebra::Fail() {
  ok_ = false;
  return Graph::kZero;
}

NodeId Algebra::Undefined() {
  defined_ = false;
  return Fail();
}

bool Algebra::Pay(const Rational& value) {
  const std::size_t bits = value.bits();
  if (bits > kNumberBits) return ok_ = false;
  if (bits > kSmallBits && !work_->Spend(1 + bits / 512)) return ok_ = false;
  return true;
}

NodeId Algebra::Plain(Op op, std::span<const NodeId> arguments,
                      std::string_view name) {
  if (!ok_ || graph_->size() >= kNodes) return Fail();
  // An infinity stands alone, or with a sign: there is no arithmetic with it.
  const bool alone = op == Op::kSum && arguments.size() == 2;
  for (const NodeId argument : arguments) {
    if (graph_->at(argument).infinite && !alone) return Fail();
  }
  return graph_->Make(op, arguments, name);
}

std::vector<Addend> Algebra::AddendsOf(NodeId a) const {
  std::vector<Addend> addends;
  for (auto& [node, coefficient] : TermsOf(*graph_, a)) {
    addends.push_back({node, std::move(coefficient)});
  }
  return addends;
}

NodeId Algebra::Sum(std::vector<Addend> addends) {
  if (!ok_) return Graph::kZero;
  // Flat: the addends of sums, times what the sum is times.
  std::vector<Addend> flat;
  for (const Addend& addend : addends) {
    for (Addend& part : AddendsOf(addend.node)) {
      if (!(addend.coefficient == Rational(1))) {
        part.coefficient = part.coefficient * addend.coefficient;
        if (!Pay(part.coefficient)) return Graph::kZero;
      }
      flat.push_back(std::move(part));
    }
    if (flat.size() > kTerms) return Fail();
  }
  for (const Addend& part : flat) {
    const bool alone = flat.size() == 1 && !part.coefficient.is_zero();
    if (graph_->at(part.node).infinite && !alone) return Fail();
  }
  if (!work_->Spend(flat.size() / kTermsAUnit)) return Fail();
  std::ranges::stable_sort(flat, FewerNode);
  std::vector<Addend> merged;
  for (Addend& part : flat) {
    if (!merged.empty() && merged.back().node == part.node) {
      merged.back().coefficient = merged.back().coefficient + part.coefficient;
      if (!Pay(merged.back().coefficient)) return Graph::kZero;
    } else {
      merged.push_back(std::move(part));
    }
  }
  std::erase_if(merged,
                [](const Addend& a) { return a.coefficient.is_zero(); });
  if (merged.empty()) return Graph::kZero;
  if (merged.size() == 1 && merged[0].node == Graph::kOne) {
    return Number(merged[0].coefficient);
  }
  if (merged.size() == 1 && merged[0].coefficient == Rational(1)) {
    return merged[0].node;
  }
  if (merged.size() == 1 && graph_->at(merged[0].node).op == Op::kInfinity) {
    merged[0].coefficient =
        Rational(merged[0].coefficient.is_negative() ? -1 : 1);
    if (!merged[0].coefficient.is_negative()) return merged[0].node;
  }
  std::vector<NodeId> arguments;
  for (const Addend& part : merged) {
    arguments.push_back(part.node);
    arguments.push_back(Number(part.coefficient));
  }
  return Plain(Op::kSum, arguments);
}

NodeId Algebra::Add(NodeId a, NodeId b) {
  return Sum({{a, Rational(1)}, {b, Rational(1)}});
}

NodeId Algebra::Subtract(NodeId a, NodeId b) {
  return Sum({{a, Rational(1)}, {b, Rational(-1)}});
}

NodeId Algebra::Scale(NodeId a, const Rational& by) { return Sum({{a, by}}); }

NodeId Algebra::Multiply(NodeId a, NodeId b) {
  return Product({{a, 1}, {b, 1}});
}

NodeId Algebra::Divide(NodeId a, NodeId b) {
  if (b == Graph::kZero) return Undefined();
  if (!graph_->IsNumber(b)) must_not_vanish_.push_back(b);
  return Product({{a, 1}, {b, -1}});
}

NodeId Algebra::Product(std::vector<Factor> factors) {
  const Deeper deeper(&depth_);
  if (deeper.too_deep()) return Fail();
  if (!ok_) return Graph::kZero;
  Rational coefficient(1);
  std::vector<Factor> flat;
  std::vector<Addend> exponents;  // of e
  // A work list, since factors of factors may hold numbers and sums.
  while (!factors.empty()) {
    const Factor factor = factors.back();
    factors.pop_back();
    const Node& node = graph_->at(factor.base);
    const auto parts = graph_->ArgumentsOf(factor.base);
    if (std::labs(factor.exponent) > (1L << 40)) return Fail();
    if (node.op == Op::kNumber) {
      const NodeId power =
          PowerOfNumber(graph_->NumberOf(factor.base), factor.exponent);
      if (!ok_) return Graph::kZero;
      if (!graph_->IsNumber(power)) {  // too large to write out
        factors.push_back({power, 1});
        continue;
      }
      coefficient = coefficient * graph_->NumberOf(power);
      if (!Pay(coefficient)) return Graph::kZero;
    } else if (node.op == Op::kSum && parts.size() == 2) {
      factors.push_back({parts[0], factor.exponent});
      factors.push_back({parts[1], factor.exponent});
    } else if (node.op == Op::kProduct) {
      for (std::size_t i = 0; i < parts.size(); i += 2) {
        const long inner = *graph_->NumberOf(parts[i + 1]).AsLong();
        if (std::labs(inner) > (1L << 20)) return Fail();
        factors.push_back({parts[i], inner * factor.exponent});
      }
    } else if (node.op == Op::kSum &&
               !(graph_->NumberOf(parts.back()) == Rational(1))) {
      // 2x + 2 counts as x + 1, times two.
      const Rational lead = graph_->NumberOf(parts.back());
      factors.push_back({Number(lead), factor.exponent});
      flat.push_back({Scale(factor.base, Rational(1) / lead), factor.exponent});
    } else if (node.op == Op::kImaginary) {
      const long turn = ((factor.exponent % 4) + 4) % 4;
      if (turn >= 2) coefficient = -coefficient;
      if (turn % 2 == 1) flat.push_back({factor.base, 1});
    } else if (node.op == Op::kExp) {
      exponents.push_back({parts[0], Rational(factor.exponent)});
    } else {
      flat.push_back(factor);
    }
    if (flat.size() + factors.size() > kTerms) return Fail();
  }
  if (exponents.size() == 1 && exponents[0].coefficient == Rational(1)) {
    flat.push_back({Plain(Op::kExp, {&exponents[0].node, 1}), 1});
  } else if (!exponents.empty()) {
    const NodeId power = Exp(Sum(std::move(exponents)));
    if (!ok_) return Graph::kZero;
    if (graph_->at(power).op != Op::kExp) {  // exp(2 log x), and the like
      const NodeId rest = Product(std::move(flat));
      return Scale(Multiply(rest, power), coefficient);
    }
    flat.push_back({power, 1});
  }
  for (const Factor& factor : flat) {
    const bool alone = flat.size() == 1 && factor.exponent == 1;
    if (graph_->at(factor.base).infinite && (!alone || coefficient.is_zero())) {
      return Fail();
    }
  }
  if (!work_->Spend(flat.size() / kTermsAUnit)) return Fail();
  std::ranges::stable_sort(flat, FewerBase);
  std::vector<Factor> merged;
  for (const Factor& factor : flat) {
    if (!merged.empty() && merged.back().base == factor.base) {
      merged.back().exponent += factor.exponent;
    } else {
      merged.push_back(factor);
    }
  }
  if (JoinRoots(&merged)) {
    return Scale(Product(std::move(merged)), coefficient);
  }
  // i i = -1, and a root to its index is what was under it.
  std::vector<Factor> again;
  for (Factor& factor : merged) {
    const Node& node = graph_->at(factor.base);
    if (node.op == Op::kImaginary && factor.exponent > 1) {
      again.push_back(factor);
      factor.exponent = 0;
    } else if (node.op == Op::kPower) {
      factor.exponent = std::labs(factor.exponent % 2);
    } else if (node.op == Op::kRoot) {
      const auto parts = graph_->ArgumentsOf(factor.base);
      const long index = *graph_->NumberOf(parts[1]).AsLong();
      const long whole =
          factor.exponent / index - (factor.exponent % index < 0 ? 1 : 0);
      if (whole != 0) again.push_back({parts[0], whole});
      factor.exponent -= whole * index;
    }
  }
  std::erase_if(merged, [](const Factor& f) { return f.exponent == 0; });
  if (coefficient.is_zero()) return Graph::kZero;
  if (!again.empty()) {
    again.insert(again.end(), merged.begin(), merged.end());
    return Scale(Product(std::move(again)), coefficient);
  }
  if (merged.empty()) return Number(coefficient);
  NodeId node = merged[0].base;
  if (merged.size() > 1 || merged[0].exponent != 1) {
    std::vector<NodeId> arguments;
    for (const Factor& factor : merged) {
      arguments.push_back(factor.base);
      arguments.push_back(Number(factor.exponent));
    }
    node = Plain(Op::kProduct, arguments);
  }
  if (coefficient == Rational(1)) return node;
  // A sum keeps its factor outside: 2 (x + 1) is one node times two, so that a
  // product of it collects.
  if (graph_->at(node).op == Op::kSum) return Scale(node, coefficient);
  const NodeId arguments[] = {node, Number(coefficient)};
  return Plain(Op::kSum, arguments);
}

// x^{1/2} x^{1/3} = x^{5/6}: roots of one real symbol, or of a positive number.
bool Algebra::JoinRoots(std::vector<Factor>* factors) {
  std::map<NodeId, Rational> powers;
  std::map<NodeId, int> count;
  const auto root_of = [this](NodeId id) -> std::optional<NodeId> {
    if (graph_->at(id).op != Op::kRoot) return std::nullopt;
    const NodeId base = graph_->ArgumentsOf(id)[0];
    const Node& node = graph_->at(base);
    const bool real = (node.symbolic && !node.imaginary) || IsPositive(base);
    return real ? std::optional(base) : std::nullopt;
  };
  for (const Factor& factor : *factors) {
    if (const auto base = root_of(factor.base)) ++count[*base];
  }
  std::vector<Factor> rest;
  for (const Factor& factor : *factors) {
    const auto base = root_of(factor.base);
    if (!base || count[*base] == 1) {
      rest.push_back(factor);
      continue;
    }
    const Rational index =
        graph_->NumberOf(graph_->ArgumentsOf(factor.base)[1]);
    Rational& power = powers[*base];
    power = power + Rational(factor.exponent) / index;
  }
  for (const auto& [base, power] : powers) {
    rest.push_back({RationalPower(base, power), 1});
  }
  *factors = std::move(rest);
  return !powers.empty();
}

NodeId Algebra::Expand(NodeId a, NodeId b) {
  constexpr std::size_t kExpanded = 64;  // terms
  const std::vector<Addend> left = AddendsOf(a);
  const std::vector<Addend> right = AddendsOf(b);
  if (left.size() * right.size() > kExpanded) return Multiply(a, b);
  std::vector<Addend> sum;
  for (const Addend& x : left) {
    for (const Addend& y : right) {
      sum.push_back({Multiply(x.node, y.node), x.coefficient * y.coefficient});
    }
  }
  return Sum(std::move(sum));
}

NodeId Algebra::Expanded(NodeId a) {
  const Deeper deeper(&depth_);
  if (deeper.too_deep()) return Fail();
  constexpr long kPower = 8;  // largest exponent of a sum
  std::vector<Addend> sum;
  for (const Addend& addend : AddendsOf(a)) {
    const Node node = graph_->at(addend.node);
    if (node.op != Op::kProduct) {
      sum.push_back(addend);
      continue;
    }
    const std::vector<NodeId> parts(graph_->ArgumentsOf(addend.node).begin(),
                                    graph_->ArgumentsOf(addend.node).end());
    NodeId product = Graph::kOne;
    for (std::size_t i = 0; i < parts.size(); i += 2) {
      const long exponent = *graph_->NumberOf(parts[i + 1]).AsLong();
      const bool open = graph_->at(parts[i]).op == Op::kSum && exponent > 0 &&
                        exponent <= kPower;
      if (!open) {
        product = Expand(product, Product({{parts[i], exponent}}));
        continue;
      }
      for (long k = 0; k < exponent; ++k) product = Expand(product, parts[i]);
    }
    sum.push_back({product, addend.coefficient});
  }
  return Sum(std::move(sum));
}

bool Algebra::IsNegated(NodeId a) const {
  if (graph_->IsNumber(a)) return graph_->NumberOf(a).is_negative();
  if (graph_->at(a).op != Op::kSum) return false;
  const auto parts = graph_->ArgumentsOf(a);
  return graph_->NumberOf(parts[parts.size() - 1]).is_negative();
}

}  // namespace rewards::math
