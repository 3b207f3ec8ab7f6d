// Roots and absolute values of Model.

#include <flint/fmpz.h>

#include <optional>
#include <utility>

#include "rewards/math/exact/model.h"

namespace rewards::math {
namespace {

std::optional<Rational> ExactRoot(const Rational& value, long index) {
  Rational root;
  if (value.is_negative() && index % 2 == 0) return std::nullopt;
  for (const bool top : {true, false}) {
    const fmpz* from =
        top ? fmpq_numref(value.raw()) : fmpq_denref(value.raw());
    fmpz* to = top ? fmpq_numref(root.raw()) : fmpq_denref(root.raw());
    if (fmpz_root(to, from, index) == 0) return std::nullopt;
  }
  return root;
}

}  // namespace

bool Model::Root(NodeId id) {
  const auto parts = graph_->ArgumentsOf(id);
  const Algebraic& inside = values_[parts[0]];
  const long index = *graph_->NumberOf(parts[1]).AsLong();
  bool zero = false;
  if (!IsZero(inside, &zero)) return false;
  values_[id] = zero ? Algebraic() : RootOf(id, inside, index);
  return true;
}

bool Model::Absolute(NodeId id) {
  const Algebraic& inside = values_[graph_->ArgumentsOf(id)[0]];
  bool zero = false;
  if (!IsZero(inside, &zero)) return false;
  if (zero) {
    values_[id] = Algebraic();
    return true;
  }
  if (inside.is_rational() || inside.Enclosure(64).is_real()) {
    int sign = 0;
    if (!SignOf(inside, &sign)) return false;
    values_[id] = sign < 0 ? inside.Negated() : inside;
    return true;
  }
  conjugates_ |= !inside.is_exact();
  // z times its conjugate is real, and its ball is to say so.
  const Algebraic square = inside.Times(inside.Conjugated(), precision_);
  if (square.is_exact()) {
    values_[id] = RootOf(id, square, 2);
    return true;
  }
  Ball real = square.Enclosure(precision_);
  arb_zero(real.imag());
  const Algebraic size(std::move(real), square.upper(), square.lower());
  values_[id] = RootOf(id, size, 2);
  return true;
}

Algebraic Model::RootOf(NodeId id, const Algebraic& inside, long index) {
  if (inside.is_rational()) {
    const auto root = ExactRoot(inside.rational(), index);
    if (root) return Algebraic(*root);
  }
  if (first_ && IsNewRoot(id, inside, index)) {
    radical_degree_ *= static_cast<double>(index);
  }
  return inside.Root(index, precision_);
}

// The same root twice is one element of the field.
bool Model::IsNewRoot(NodeId id, const Algebraic& inside, long index) {
  for (const Radical& other : radicals_) {
    if (other.index != index) continue;
    if (other.id == id) return false;
    if (inside.is_rational() && other.inside &&
        *other.inside == inside.rational()) {
      return false;
    }
  }
  Radical radical{id, index, std::nullopt};
  if (inside.is_rational()) radical.inside = inside.rational();
  radicals_.push_back(std::move(radical));
  return true;
}

}  // namespace rewards::math
