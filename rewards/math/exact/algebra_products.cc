// Products of Algebra.

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <utility>

#include "rewards/math/exact/algebra.h"

namespace rewards::math {
namespace {

constexpr long kExponent = 1L << 40;      // largest exponent of a factor
constexpr long kInner = 1L << 20;         // largest of a product inside one
constexpr std::size_t kFactorsAUnit = 8;  // of work

bool FewerBase(const Factor& a, const Factor& b) { return a.base < b.base; }

}  // namespace

NodeId Algebra::Product(std::vector<Factor> factors) {
  const Deeper deeper(&depth_);
  if (deeper.too_deep()) return Fail();
  if (!ok_) return Graph::kZero;
  Flat flat;
  if (!Flatten(std::move(factors), &flat)) return Fail();
  // exp(2 log x), and the like, may have become what is to be flattened.
  if (flat.power != Graph::kOne && graph_->at(flat.power).op != Op::kExp) {
    const NodeId rest = Product(std::move(flat.factors));
    return Scale(Multiply(rest, flat.power), flat.coefficient);
  }
  if (flat.power != Graph::kOne) flat.factors.push_back({flat.power, 1});
  const Rational& coefficient = flat.coefficient;
  for (const Factor& factor : flat.factors) {
    const bool alone = flat.factors.size() == 1 && factor.exponent == 1;
    if (graph_->at(factor.base).infinite && (!alone || coefficient.is_zero())) {
      return Fail();
    }
  }
  if (!work_->Spend(flat.factors.size() / kFactorsAUnit)) return Fail();
  std::vector<Factor> merged = Merged(std::move(flat.factors));
  if (JoinRoots(&merged)) {
    return Scale(Product(std::move(merged)), coefficient);
  }
  std::vector<Factor> again = TakeWhole(&merged);
  if (coefficient.is_zero()) return Graph::kZero;
  if (!again.empty()) {
    again.insert(again.end(), merged.begin(), merged.end());
    return Scale(Product(std::move(again)), coefficient);
  }
  return ProductOf(merged, coefficient);
}

// By a work list, since factors of factors may hold numbers and sums. False
// where a limit is hit.
bool Algebra::Flatten(std::vector<Factor> factors, Flat* flat) {
  std::vector<Addend> exponents;  // of e
  while (!factors.empty()) {
    const Factor factor = factors.back();
    factors.pop_back();
    const Node& node = graph_->at(factor.base);
    const auto parts = graph_->ArgumentsOf(factor.base);
    if (std::labs(factor.exponent) > kExponent) return false;
    if (node.op == Op::kNumber) {
      const NodeId power =
          PowerOfNumber(graph_->NumberOf(factor.base), factor.exponent);
      if (!ok_) return false;
      if (!graph_->IsNumber(power)) {  // too large to write out
        factors.push_back({power, 1});
        continue;
      }
      flat->coefficient = flat->coefficient * graph_->NumberOf(power);
      if (!Pay(flat->coefficient)) return false;
    } else if (node.op == Op::kSum && parts.size() == 2) {
      factors.push_back({parts[0], factor.exponent});
      factors.push_back({parts[1], factor.exponent});
    } else if (node.op == Op::kProduct) {
      for (std::size_t i = 0; i < parts.size(); i += 2) {
        const long inner = *graph_->NumberOf(parts[i + 1]).AsLong();
        if (std::labs(inner) > kInner) return false;
        factors.push_back({parts[i], inner * factor.exponent});
      }
    } else if (node.op == Op::kSum &&
               !(graph_->NumberOf(parts.back()) == Rational(1))) {
      // 2x + 2 counts as x + 1, times two.
      const Rational lead = graph_->NumberOf(parts.back());
      factors.push_back({Number(lead), factor.exponent});
      flat->factors.push_back(
          {Scale(factor.base, Rational(1) / lead), factor.exponent});
    } else if (node.op == Op::kImaginary) {
      const long turn = ((factor.exponent % 4) + 4) % 4;
      if (turn >= 2) flat->coefficient = -flat->coefficient;
      if (turn % 2 == 1) flat->factors.push_back({factor.base, 1});
    } else if (node.op == Op::kExp) {
      exponents.push_back({parts[0], Rational(factor.exponent)});
    } else {
      flat->factors.push_back(factor);
    }
    if (flat->factors.size() + factors.size() > kTerms) return false;
  }
  if (exponents.size() == 1 && exponents[0].coefficient == Rational(1)) {
    flat->power = Plain(Op::kExp, {&exponents[0].node, 1});
  } else if (!exponents.empty()) {
    flat->power = Exp(Sum(std::move(exponents)));
  }
  return ok_;
}

// The powers of one base as one.
std::vector<Factor> Algebra::Merged(std::vector<Factor> factors) const {
  std::ranges::stable_sort(factors, FewerBase);
  std::vector<Factor> merged;
  for (const Factor& factor : factors) {
    if (!merged.empty() && merged.back().base == factor.base) {
      merged.back().exponent += factor.exponent;
    } else {
      merged.push_back(factor);
    }
  }
  return merged;
}

// i i = -1, and a root to its index is what was under it: takes that out.
std::vector<Factor> Algebra::TakeWhole(std::vector<Factor>* factors) const {
  std::vector<Factor> whole;
  for (Factor& factor : *factors) {
    const Node& node = graph_->at(factor.base);
    if (node.op == Op::kImaginary && factor.exponent > 1) {
      whole.push_back(factor);
      factor.exponent = 0;
    } else if (node.op == Op::kPower) {
      factor.exponent = std::labs(factor.exponent % 2);
    } else if (node.op == Op::kRoot) {
      const auto parts = graph_->ArgumentsOf(factor.base);
      const long index = *graph_->NumberOf(parts[1]).AsLong();
      const long times =
          factor.exponent / index - (factor.exponent % index < 0 ? 1 : 0);
      if (times != 0) whole.push_back({parts[0], times});
      factor.exponent -= times * index;
    }
  }
  std::erase_if(*factors, [](const Factor& f) { return f.exponent == 0; });
  return whole;
}

NodeId Algebra::ProductOf(const std::vector<Factor>& factors,
                          const Rational& coefficient) {
  if (factors.empty()) return Number(coefficient);
  NodeId node = factors[0].base;
  if (factors.size() > 1 || factors[0].exponent != 1) {
    std::vector<NodeId> arguments;
    for (const Factor& factor : factors) {
      arguments.push_back(factor.base);
      arguments.push_back(Number(factor.exponent));
    }
    node = Plain(Op::kProduct, arguments);
  }
  if (coefficient == Rational(1)) return node;
  // A sum takes the number into its terms.
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

}  // namespace rewards::math
