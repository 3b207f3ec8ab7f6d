#include "rewards/math/exact/residue.h"

#include <flint/fmpz.h>

#include <vector>

namespace rewards::math {
namespace {

class Residues {
 public:
  Residues(const Graph& graph, const Rational& modulus, Work* work)
      : graph_(graph), m_(modulus), work_(work), values_(graph.size()) {}

  // False where the node is not certainly a whole number.
  bool Compute(NodeId id) {
    const Node& node = graph_.at(id);
    const auto parts = graph_.ArgumentsOf(id);
    const std::size_t bits = m_.bits();
    if (!work_->Spend(1 + parts.size() * (1 + bits * bits / 4'096))) {
      return false;
    }
    switch (node.op) {
      case Op::kNumber:
        values_[id] = graph_.NumberOf(id);
        return Reduce(id);
      case Op::kSum:
        for (std::size_t i = 0; i < parts.size(); i += 2) {
          values_[id] =
              values_[id] + values_[parts[i]] * graph_.NumberOf(parts[i + 1]);
        }
        return Reduce(id);
      case Op::kProduct:
        values_[id] = Rational(1);
        for (std::size_t i = 0; i < parts.size(); i += 2) {
          if (!TimesPower(id, values_[parts[i]],
                          graph_.NumberOf(parts[i + 1]))) {
            return false;
          }
        }
        return true;
      case Op::kExp:
        values_[id] = Rational(1);
        return Exp(id, parts[0]);
      default:
        return false;
    }
  }

  [[nodiscard]] const Rational& at(NodeId id) const { return values_[id]; }

 private:
  bool Reduce(NodeId id) {
    Rational& value = values_[id];
    if (!value.is_integer()) return false;
    fmpz_mod(fmpq_numref(value.raw()), fmpq_numref(value.raw()),
             fmpq_numref(m_.raw()));
    return true;
  }

  bool TimesPower(NodeId id, const Rational& base, const Rational& exponent) {
    if (!exponent.is_integer() || exponent.is_negative()) return false;
    if (exponent.bits() > 4'096) return false;
    if (!work_->Spend(exponent.bits() * (1 + m_.bits() * m_.bits() / 65'536))) {
      return false;
    }
    Rational power;
    fmpz_mod(fmpq_numref(power.raw()), fmpq_numref(base.raw()),
             fmpq_numref(m_.raw()));
    fmpz_powm(fmpq_numref(power.raw()), fmpq_numref(power.raw()),
              fmpq_numref(exponent.raw()), fmpq_numref(m_.raw()));
    values_[id] = values_[id] * power;
    return Reduce(id);
  }

  // exp(n log a) = a^n.
  bool Exp(NodeId id, NodeId inside) {
    const auto term = [&](NodeId log, const Rational& by) {
      if (graph_.at(log).op != Op::kLog) return false;
      const NodeId base = graph_.ArgumentsOf(log)[0];
      return graph_.IsNumber(base) && graph_.NumberOf(base).is_integer() &&
             TimesPower(id, graph_.NumberOf(base), by);
    };
    if (graph_.at(inside).op != Op::kSum) return term(inside, Rational(1));
    const auto parts = graph_.ArgumentsOf(inside);
    for (std::size_t i = 0; i < parts.size(); i += 2) {
      if (!term(parts[i], graph_.NumberOf(parts[i + 1]))) return false;
    }
    return true;
  }

  const Graph& graph_;
  const Rational& m_;
  Work* work_;
  std::vector<Rational> values_;
};

// What is to be reduced: not what is inside an exponential.
std::vector<bool> Wanted(const Graph& graph, NodeId root) {
  std::vector<bool> wanted(root + 1, false);
  wanted[root] = true;
  for (NodeId id = root + 1; id-- > 0;) {
    const Op op = graph.at(id).op;
    if (!wanted[id] || (op != Op::kSum && op != Op::kProduct)) continue;
    const auto parts = graph.ArgumentsOf(id);
    for (std::size_t i = 0; i < parts.size(); i += 2) wanted[parts[i]] = true;
  }
  return wanted;
}

}  // namespace

std::optional<Rational> ResidueOf(const Graph& graph, NodeId node,
                                  const Rational& modulus, Work* work) {
  if (!modulus.is_integer() || modulus <= Rational(0)) return std::nullopt;
  const std::vector<bool> wanted = Wanted(graph, node);
  Residues residues(graph, modulus, work);
  for (NodeId id = 0; id <= node; ++id) {
    if (wanted[id] && !residues.Compute(id)) return std::nullopt;
  }
  return residues.at(node);
}

}  // namespace rewards::math
