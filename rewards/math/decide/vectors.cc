#include "rewards/math/decide/vectors.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "rewards/math/decide/terms.h"

namespace rewards::math {
namespace {

// A matrix or tuple by its entries, or a number: one entry, rows 0.
struct Value {
  std::vector<TermRef> entries;
  std::size_t rows = 0;
  bool tuple = false;
  bool unchanged = false;  // a number as it stands

  [[nodiscard]] bool is_number() const { return rows == 0; }
  [[nodiscard]] std::size_t columns() const { return entries.size() / rows; }
  [[nodiscard]] bool SameShape(const Value& other) const {
    return rows == other.rows && tuple == other.tuple &&
           entries.size() == other.entries.size();
  }
};

using Maybe = std::optional<Value>;

constexpr std::size_t kUnitVectors = 3;

// Which unit vector a name stands for; kUnitVectors: none.
std::size_t UnitVector(std::string_view name) {
  constexpr std::array<std::array<std::string_view, kUnitVectors>, 4>
      kSpellings = {{
          {"\\mathbf{i}", "\\mathbf{j}", "\\mathbf{k}"},
          {"\\hat{i}", "\\hat{j}", "\\hat{k}"},
          {"\\hat{\\imath}", "\\hat{\\jmath}", "\\hat{k}"},
          {"\\vec{i}", "\\vec{j}", "\\vec{k}"},
      }};
  if (!name.starts_with('\\')) return kUnitVectors;
  for (const auto& spellings : kSpellings) {
    const auto* const found =
        std::find(spellings.begin(), spellings.end(), name);
    if (found != spellings.end()) {
      return static_cast<std::size_t>(found - spellings.begin());
    }
  }
  return kUnitVectors;
}

Value NumberOf(TermRef a) { return {{a}, 0, false, false}; }

class Calculator {
 public:
  explicit Calculator(Context* context) : context_(context) {}

  std::optional<TermRef> Run(TermRef a) {
    std::vector<Maybe> values(a.id + 1);
    for (const TermId id : TermsBelow(a)) {
      std::vector<Value> of;
      for (const TermId child : a.tree->ChildrenOf(id)) {
        of.push_back(*values[child]);
      }
      values[id] = Of({a.tree, id}, of);
      if (!values[id] || values[id]->entries.size() > kMaxElements) {
        return std::nullopt;
      }
    }
    return Term(*values[a.id]);
  }

 private:
  std::optional<TermRef> Term(const Value& value) {
    if (value.is_number()) return value.entries[0];
    const Kind kind = value.tuple ? Kind::kTuple : Kind::kMatrix;
    const auto term = MakeOf(context_, kind, value.entries);
    if (term && !value.tuple) {
      context_->made.back().terms.back().data =
          static_cast<std::uint32_t>(value.rows);
    }
    return term;
  }

  Maybe Of(TermRef a, const std::vector<Value>& of) {
    const Kind kind = KindOf(a);
    bool numbers = true;
    bool unchanged = true;
    for (const Value& value : of) {
      numbers = numbers && value.is_number();
      unchanged = unchanged && value.unchanged;
    }
    if (kind == Kind::kMatrix || kind == Kind::kTuple) {
      if (!numbers) return std::nullopt;
      return Entries(a, of);
    }
    if (unchanged && IsScalarKind(kind)) return Value{{a}, 0, false, true};
    switch (kind) {
      case Kind::kSum:
        return Sum(of);
      case Kind::kNegate:
        return Each(Kind::kNegate, of[0], nullptr);
      case Kind::kDivide:
        if (!of[1].is_number()) return std::nullopt;
        return Each(Kind::kDivide, of[0], &of[1]);
      case Kind::kProduct:
        return Product(a, of);
      case Kind::kPower:
        return Power(a, of[0], of[1]);
      case Kind::kCall:
        if (NameOf(a) != "det" || of.size() != 1) return std::nullopt;
        return Determinant(of[0]);
      default:
        return std::nullopt;
    }
  }

  Maybe Entries(TermRef a, const std::vector<Value>& of) {
    Value value;
    value.tuple = KindOf(a) == Kind::kTuple;
    value.rows = value.tuple ? of.size() : a.tree->at(a.id).data;
    for (const Value& entry : of) {
      value.entries.push_back(Compact(context_, entry.entries[0]));
    }
    return value;
  }

  // `kind` of each entry, and of `other` where it is not null.
  Maybe Each(Kind kind, const Value& value, const Value* other) {
    Value out = value;
    out.unchanged = false;
    for (TermRef& entry : out.entries) {
      const auto made = other == nullptr
                            ? Make(context_, kind, {entry})
                            : Make(context_, kind, {entry, other->entries[0]});
      if (!made) return std::nullopt;
      entry = *made;
    }
    return out;
  }

  Maybe Sum(const std::vector<Value>& of) {
    Value out = of[0];
    out.unchanged = false;
    for (std::size_t i = 0; i < out.entries.size(); ++i) {
      std::vector<TermRef> terms;
      for (const Value& value : of) {
        if (!value.SameShape(of[0])) return std::nullopt;
        terms.push_back(value.entries[i]);
      }
      const auto made = MakeOf(context_, Kind::kSum, terms);
      if (!made) return std::nullopt;
      out.entries[i] = *made;
    }
    return out;
  }

  Maybe Product(TermRef a, const std::vector<Value>& of) {
    // P(1, 2) is a point with a name.
    const bool named =
        of.size() == 2 && of[1].tuple && KindOf(Child(a, 0)) == Kind::kSymbol &&
        NameOf(Child(a, 0))[0] >= 'A' && NameOf(Child(a, 0))[0] <= 'Z';
    if (named) return std::nullopt;
    Maybe out = of[0];
    for (std::size_t i = 1; out && i < of.size(); ++i) out = Times(*out, of[i]);
    return out;
  }

  Maybe Times(const Value& a, const Value& b) {
    if (a.is_number()) return Each(Kind::kProduct, b, &a);
    if (b.is_number()) return Each(Kind::kProduct, a, &b);
    if (a.tuple || b.tuple || a.columns() != b.rows) return std::nullopt;
    Value out;
    out.rows = a.rows;
    for (std::size_t i = 0; i < a.rows; ++i) {
      for (std::size_t j = 0; j < b.columns(); ++j) {
        std::vector<TermRef> terms;
        for (std::size_t k = 0; k < b.rows; ++k) {
          const auto term = Make(
              context_, Kind::kProduct,
              {a.entries[i * a.columns() + k], b.entries[k * b.columns() + j]});
          if (!term) return std::nullopt;
          terms.push_back(*term);
        }
        const auto sum =
            terms.size() == 1 ? terms[0] : MakeOf(context_, Kind::kSum, terms);
        if (!sum) return std::nullopt;
        out.entries.push_back(*sum);
      }
    }
    return out;
  }

  Maybe Power(TermRef a, const Value& base, const Value& exponent) {
    if (base.is_number() || !exponent.unchanged) return std::nullopt;
    const TermRef raised = Child(a, 1);
    if (KindOf(raised) == Kind::kSymbol && NameOf(raised) == "T") {
      return Transposed(base);
    }
    if (KindOf(raised) != Kind::kNumber || base.tuple) return std::nullopt;
    const auto times = raised.tree->LiteralOf(raised.id).value.AsLong();
    if (!times || *times < 1 || *times > kMaxMatrixPower) return std::nullopt;
    Maybe out = base;
    for (long i = 1; out && i < *times; ++i) out = Times(*out, base);
    return out;
  }

  // A tuple is a vector that neither stands nor lies.
  static Value Transposed(const Value& value) {
    if (value.tuple) return value;
    Value out;
    out.rows = value.columns();
    for (std::size_t j = 0; j < value.columns(); ++j) {
      for (std::size_t i = 0; i < value.rows; ++i) {
        out.entries.push_back(value.entries[i * value.columns() + j]);
      }
    }
    return out;
  }

  Maybe Determinant(const Value& value) {
    if (value.is_number() || value.tuple || value.rows != value.columns() ||
        value.rows > kMaxDeterminant) {
      return std::nullopt;
    }
    if (value.rows == 1) return NumberOf(value.entries[0]);
    const auto product = [&](std::initializer_list<TermRef> of, bool negate) {
      const auto made = Make(context_, Kind::kProduct, of);
      return made && negate ? Make(context_, Kind::kNegate, {*made}) : made;
    };
    const auto at = [&](std::size_t i, std::size_t j) {
      return value.entries[i * value.rows + j];
    };
    std::vector<std::optional<TermRef>> terms;
    if (value.rows == 2) {
      terms = {product({at(0, 0), at(1, 1)}, false),
               product({at(0, 1), at(1, 0)}, true)};
    } else {
      for (std::size_t j = 0; j < kMaxDeterminant; ++j) {
        const std::size_t next = (j + 1) % kMaxDeterminant;
        const std::size_t after = (j + 2) % kMaxDeterminant;
        terms.push_back(product({at(0, j), at(1, next), at(2, after)}, false));
        terms.push_back(product({at(0, j), at(1, after), at(2, next)}, true));
      }
    }
    std::vector<TermRef> made;
    for (const auto& term : terms) {
      if (!term) return std::nullopt;
      made.push_back(*term);
    }
    const auto sum = MakeOf(context_, Kind::kSum, made);
    return sum ? Maybe(NumberOf(*sum)) : std::nullopt;
  }

  Context* context_;
};

}  // namespace

bool IsVectorCalculation(TermRef a) {
  if (!IsScalarKind(KindOf(a))) return false;
  const std::vector<TermId> below = TermsBelow(a);
  return std::any_of(below.begin(), below.end(), [&](TermId id) {
    const Kind kind = a.tree->at(id).kind;
    return kind == Kind::kMatrix || kind == Kind::kTuple ||
           (kind == Kind::kSymbol &&
            UnitVector(a.tree->NameOf(id)) < kUnitVectors);
  });
}

bool HoldsUnitVectors(TermRef a) {
  if (!IsScalarKind(KindOf(a))) return false;
  const std::vector<std::string_view> names = SymbolsOf(a);
  return std::any_of(names.begin(), names.end(), [](std::string_view name) {
    return UnitVector(name) < kUnitVectors;
  });
}

std::optional<TermRef> WithUnitTuples(Context* context, TermRef a,
                                      std::size_t count) {
  if (count > kUnitVectors) return std::nullopt;
  std::optional<TermRef> out = a;
  for (const std::string_view name : SymbolsOf(a)) {
    const std::size_t unit = UnitVector(name);
    if (unit == kUnitVectors) continue;
    if (unit >= count) return std::nullopt;
    std::vector<TermRef> parts;
    for (std::size_t i = 0; i < count; ++i) {
      parts.push_back(MakeNumber(context, Rational(i == unit ? 1 : 0)));
    }
    const auto tuple = MakeOf(context, Kind::kTuple, parts);
    if (tuple) out = Substitute(context, *out, name, *tuple);
    if (!tuple || !out) return std::nullopt;
  }
  return out;
}

std::optional<TermRef> CalculateVectors(Context* context, TermRef a) {
  return Calculator(context).Run(a);
}

}  // namespace rewards::math
