#include "rewards/math/decide/polynomials.h"

#include <flint/fmpz_poly.h>
#include <flint/fmpz_poly_factor.h>

#include <utility>

#include "rewards/math/decide/terms.h"

namespace rewards::math {
namespace {

using Place = std::vector<std::optional<Fraction>>;

Fraction Constant1(const Rational& value) {
  return {Polynomial(value), Polynomial(Rational(1))};
}

Fraction Add(const Fraction& a, const Fraction& b) {
  return {a.numerator * b.denominator + b.numerator * a.denominator,
          a.denominator * b.denominator};
}

Fraction Multiply(const Fraction& a, const Fraction& b) {
  return {a.numerator * b.numerator, a.denominator * b.denominator};
}

// Walks an expression up, one term at a time.
class FractionReader {
 public:
  FractionReader(Context* context, TermRef a, std::string_view name,
                 unsigned signs, std::vector<Polynomial>* poles,
                 std::vector<Polynomial>* bends)
      : context_(context),
        a_(a),
        name_(name),
        signs_(signs),
        poles_(poles),
        bends_(bends),
        place_(a.id + 1) {}

  std::optional<Fraction> Run() {
    for (const TermId id : TermsBelow(a_)) {
      std::optional<Fraction> fraction = Read(id);
      if (!fraction) return std::nullopt;
      if (!fraction->numerator.within_limits() ||
          !fraction->denominator.within_limits() ||
          !context_->work->Spend(
              1 + static_cast<std::size_t>(fraction->numerator.degree() + 1))) {
        return std::nullopt;
      }
      place_[id] = std::move(fraction);
    }
    return std::move(place_[a_.id]);
  }

 private:
  const Fraction& Of(TermId id, std::size_t i) {
    return *place_[a_.tree->ChildrenOf(id)[i]];
  }

  std::optional<Fraction> Read(TermId id) {
    switch (a_.tree->at(id).kind) {
      case Kind::kNumber:
        return Constant1(a_.tree->LiteralOf(id).value);
      case Kind::kSymbol:
        if (a_.tree->NameOf(id) != name_) return std::nullopt;
        return Fraction{Polynomial::Variable(), Polynomial(Rational(1))};
      case Kind::kSum:
        return Fold(id, Add);
      case Kind::kProduct:
        return Fold(id, Multiply);
      case Kind::kNegate:
        return Fraction{-Of(id, 0).numerator, Of(id, 0).denominator};
      case Kind::kPercent:
        return Multiply(Of(id, 0), Constant1(Rational::PowerOfTen(-2)));
      case Kind::kDivide:
        return Divide(Of(id, 0), Of(id, 1));
      case Kind::kPower:
        return Power(id);
      case Kind::kAbsolute:
        return Absolute(Of(id, 0));
      default:
        return std::nullopt;
    }
  }

  std::optional<Fraction> Fold(TermId id, Fraction (*join)(const Fraction&,
                                                           const Fraction&)) {
    Fraction whole = Of(id, 0);
    for (std::size_t i = 1; i < a_.tree->at(id).child_count; ++i) {
      whole = join(whole, Of(id, i));
      if (!whole.numerator.within_limits()) return std::nullopt;
    }
    return whole;
  }

  std::optional<Fraction> Divide(const Fraction& a, const Fraction& b) {
    if (b.numerator.is_zero()) return std::nullopt;
    if (b.numerator.degree() > 0) poles_->push_back(b.numerator);
    return Fraction{a.numerator * b.denominator, a.denominator * b.numerator};
  }

  std::optional<Fraction> Power(TermId id) {
    const auto exponent =
        RationalValue({a_.tree, a_.tree->ChildrenOf(id)[1]}, context_->work);
    if (!exponent) return std::nullopt;
    const auto power = exponent->AsLong();
    if (!power || *power > kMaxDegree || *power < -kMaxDegree) {
      return std::nullopt;
    }
    Fraction whole = Constant1(Rational(1));
    for (long i = 0; i < (*power < 0 ? -*power : *power); ++i) {
      whole = Multiply(whole, Of(id, 0));
      if (!whole.numerator.within_limits()) return std::nullopt;
    }
    if (*power > 0) return whole;
    if (Of(id, 0).numerator.is_zero()) return std::nullopt;
    return Divide(Constant1(Rational(1)), whole);
  }

  Fraction Absolute(const Fraction& content) {
    bends_->push_back(content.numerator);
    const bool negated = ((signs_ >> (bends_->size() - 1)) & 1U) != 0;
    return negated ? Fraction{-content.numerator, content.denominator}
                   : content;
  }

  Context* context_;
  TermRef a_;
  std::string_view name_;
  unsigned signs_;
  std::vector<Polynomial>* poles_;
  std::vector<Polynomial>* bends_;
  Place place_;
};

// The integer factors of a polynomial, freed with it.
class Factors {
 public:
  explicit Factors(const Polynomial& p) {
    fmpz_poly_t whole;
    fmpz_poly_init(whole);
    fmpq_poly_get_numerator(whole, p.flint());
    fmpz_poly_factor_init(factors_);
    fmpz_poly_factor(factors_, whole);
    fmpz_poly_clear(whole);
  }
  ~Factors() { fmpz_poly_factor_clear(factors_); }
  Factors(const Factors&) = delete;
  Factors& operator=(const Factors&) = delete;

  [[nodiscard]] long count() const { return factors_->num; }
  [[nodiscard]] const fmpz_poly_struct* at(long i) const {
    return factors_->p + i;
  }

 private:
  fmpz_poly_factor_t factors_;
};

Rational Coefficient(const fmpz_poly_struct* p, long power) {
  Rational value;
  fmpz_poly_get_coeff_fmpz(fmpq_numref(value.raw()), p, power);
  return value;
}

// +- sqrt(square), both; or nothing for a negative number.
bool AddSquareRoots(Context* context, const Rational& middle,
                    const Rational& square, std::vector<TermRef>* roots) {
  if (square.is_negative()) return true;
  if (const auto exact = square.SquareRoot()) {
    roots->push_back(MakeNumber(context, middle + *exact));
    if (!exact->is_zero()) {
      roots->push_back(MakeNumber(context, middle - *exact));
    }
    return true;
  }
  const auto root =
      Make(context, Kind::kRoot,
           {MakeNumber(context, square), MakeNumber(context, Rational(2))});
  if (!root) return false;
  const auto minus = Make(context, Kind::kNegate, {*root});
  if (!minus) return false;
  const TermRef center = MakeNumber(context, middle);
  for (const TermRef part : {*root, *minus}) {
    const auto sum = Make(context, Kind::kSum, {center, part});
    if (!sum) return false;
    roots->push_back(*sum);
  }
  return true;
}

// The real roots of x^n = value, for a factor c x^n - d.
bool AddPowerRoots(Context* context, long n, const Rational& value,
                   std::vector<TermRef>* roots) {
  const bool even = n % 2 == 0;
  if (even && value.is_negative()) return true;
  const auto root = Make(context, Kind::kRoot,
                         {MakeNumber(context, value.Absolute()),
                          MakeNumber(context, Rational(n))});
  if (!root) return false;
  const auto minus = Make(context, Kind::kNegate, {*root});
  if (!minus) return false;
  if (even || !value.is_negative()) roots->push_back(*root);
  if (even || value.is_negative()) roots->push_back(*minus);
  return true;
}

// All roots of one irreducible factor. False: they are not written.
bool AddRoots(Context* context, const fmpz_poly_struct* p,
              std::vector<TermRef>* roots) {
  const long degree = fmpz_poly_degree(p);
  const Rational a = Coefficient(p, degree);
  const Rational c = Coefficient(p, 0);
  if (degree == 1) {
    roots->push_back(MakeNumber(context, -c / a));
    return true;
  }
  if (degree == 2) {
    const Rational middle = -Coefficient(p, 1) / (Rational(2) * a);
    return AddSquareRoots(context, middle, middle * middle - c / a, roots);
  }
  if (fmpz_poly_num_real_roots(p) == 0) return true;
  for (long i = 1; i < degree; ++i) {
    if (!Coefficient(p, i).is_zero()) return false;
  }
  return AddPowerRoots(context, degree, -c / a, roots);
}

}  // namespace

Polynomial::Polynomial(const Rational& constant) : Polynomial() {
  fmpq_poly_set_fmpq(p_, constant.raw());
}

Polynomial Polynomial::Variable() {
  Polynomial x;
  fmpq_poly_set_coeff_si(x.p_, 1, 1);
  return x;
}

bool Polynomial::within_limits() const {
  fmpz_poly_t view;
  *view = {const_cast<fmpz*>(p_->coeffs), p_->alloc, p_->length};
  const long bits = fmpz_poly_max_bits(view);
  return degree() <= kMaxDegree &&
         (bits < 0 ? -bits : bits) <= kMaxCoefficientBits &&
         static_cast<long>(fmpz_bits(p_->den)) <= kMaxCoefficientBits;
}

Polynomial Polynomial::operator-() const {
  Polynomial result;
  fmpq_poly_neg(result.p_, p_);
  return result;
}

Polynomial operator+(const Polynomial& a, const Polynomial& b) {
  Polynomial result;
  fmpq_poly_add(result.p_, a.p_, b.p_);
  return result;
}

Polynomial operator*(const Polynomial& a, const Polynomial& b) {
  Polynomial result;
  fmpq_poly_mul(result.p_, a.p_, b.p_);
  return result;
}

std::optional<Fraction> FractionOf(Context* context, TermRef a,
                                   std::string_view name, unsigned signs,
                                   std::vector<Polynomial>* poles,
                                   std::vector<Polynomial>* bends) {
  return FractionReader(context, a, name, signs, poles, bends).Run();
}

std::optional<std::vector<TermRef>> RealRoots(Context* context,
                                              const Polynomial& p) {
  // Factoring is what this costs: far below this for any polynomial in limits.
  constexpr std::size_t kUnits = 20;
  if (!p.within_limits() ||
      !context->work->Spend(
          kUnits * static_cast<std::size_t>(1 + p.degree() * p.degree()))) {
    return std::nullopt;
  }
  std::vector<TermRef> roots;
  if (p.degree() < 1) return roots;
  const Factors factors(p);
  for (long i = 0; i < factors.count(); ++i) {
    if (!AddRoots(context, factors.at(i), &roots)) return std::nullopt;
  }
  return roots;
}

}  // namespace rewards::math
