#include "rewards/math/decide/terms.h"

#include <algorithm>
#include <array>
#include <string>

namespace rewards::math {
namespace {

// What building a tree of `terms` costs, in units of Work.
bool Pay(Context* context, std::size_t terms) {
  constexpr std::size_t kTermsPerUnit = 8;
  return context->work->Spend(1 + terms / kTermsPerUnit);
}

TermId Copy(const Tree& from, TermId id, std::span<const TermId> of, Tree* to) {
  const Term& term = from.at(id);
  if (term.kind == Kind::kNumber) return to->AddNumber(from.LiteralOf(id));
  if (term.kind == Kind::kRelation) {
    return to->AddRelation(of, from.SignsOf(id));
  }
  return to->Add(term.kind, of, from.NameOf(id), term.data);
}

// In time linear in the tree, however often its terms are shared.
std::vector<TermId> AllBelow(TermRef a) {
  std::vector<bool> needed(a.id + 1, false);
  needed[a.id] = true;
  std::vector<TermId> below;
  for (TermId i = a.id + 1; i-- > 0;) {
    if (!needed[i]) continue;
    below.push_back(i);
    for (const TermId child : a.tree->ChildrenOf(i)) needed[child] = true;
  }
  std::reverse(below.begin(), below.end());
  return below;
}

}  // namespace

std::vector<TermRef> Children(TermRef a) {
  std::vector<TermRef> children;
  for (const TermId id : a.tree->ChildrenOf(a.id)) {
    children.push_back({a.tree, id});
  }
  return children;
}

std::vector<TermId> TermsBelow(TermRef a) {
  // A term that is shared is met more than once.
  std::vector<TermId> below{a.id};
  for (std::size_t next = 0; next < below.size(); ++next) {
    const auto children = a.tree->ChildrenOf(below[next]);
    if (below.size() + children.size() > a.id + 1) return AllBelow(a);
    below.insert(below.end(), children.begin(), children.end());
  }
  std::sort(below.begin(), below.end());
  below.erase(std::unique(below.begin(), below.end()), below.end());
  return below;
}

bool Holds(TermRef a, Kind kind) {
  if (CountOf(a) == 0) return KindOf(a) == kind;
  const std::vector<TermId> below = TermsBelow(a);
  return std::any_of(below.begin(), below.end(),
                     [&](TermId id) { return a.tree->at(id).kind == kind; });
}

bool IsScalar(TermRef a) {
  if (KindOf(a) == Kind::kNumber || KindOf(a) == Kind::kSymbol) return true;
  const std::vector<TermId> below = TermsBelow(a);
  return std::all_of(below.begin(), below.end(), [&](TermId id) {
    const Kind kind = a.tree->at(id).kind;
    // The bounds of a sum are relations: scalar.h reads them.
    if (kind == Kind::kRelation) return id != a.id;
    return IsScalarKind(kind) && kind != Kind::kPlusMinus &&
           kind != Kind::kMinusPlus && kind != Kind::kQuantity;
  });
}

std::uint64_t ShapeOf(TermRef a) {
  const auto mix = [](std::uint64_t hash, std::uint64_t value) {
    hash ^= value + 0x9e3779b97f4a7c15ULL + (hash << 6U) + (hash >> 2U);
    return hash * 0xff51afd7ed558ccdULL;
  };
  const std::vector<TermId> below = TermsBelow(a);
  std::vector<std::uint64_t> shapes;  // of `below`
  for (const TermId id : below) {
    const Term& term = a.tree->at(id);
    std::uint64_t shape = mix(1, static_cast<std::uint64_t>(term.kind));
    if (term.kind == Kind::kNumber) {
      shape =
          mix(shape,
              std::hash<std::string>()(a.tree->LiteralOf(id).value.ToString()));
    } else if (term.kind == Kind::kConstant) {
      shape = mix(shape, term.data);
    }
    shape = mix(shape, std::hash<std::string_view>()(a.tree->NameOf(id)));
    for (const TermId child : a.tree->ChildrenOf(id)) {
      const auto at = std::lower_bound(below.begin(), below.end(), child);
      shape = mix(shape, shapes[static_cast<std::size_t>(at - below.begin())]);
    }
    shapes.push_back(shape);
  }
  return shapes.back();
}

TermRef Compact(Context* context, TermRef a) {
  constexpr std::size_t kLarge = 64;
  constexpr std::size_t kPart = 4;
  if (a.id < kLarge || TermsBelow(a).size() * kPart > a.id) return a;
  const auto copy =
      Rebuild(context, a, [](TermId, std::span<const TermId>, Tree*) {
        return std::optional<TermId>();
      });
  return copy ? *copy : a;
}

std::vector<std::string_view> SymbolsOf(TermRef a) {
  std::vector<std::string_view> names;
  for (const TermId id : TermsBelow(a)) {
    if (a.tree->at(id).kind == Kind::kSymbol) {
      names.push_back(a.tree->NameOf(id));
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

bool IsOwnFunction(std::string_view name) {
  if (name.empty()) return false;
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  return !letter(name[0]) || name.size() == 1 || !letter(name[1]);
}

std::string_view LinedSegment(TermRef a) {
  constexpr std::string_view kLine = "\\overline{";
  constexpr std::size_t kLetters = 2;
  std::string_view name = NameOf(a);
  if (KindOf(a) != Kind::kSymbol || !name.starts_with(kLine) ||
      name.size() != kLine.size() + kLetters + 1) {
    return {};
  }
  name = name.substr(kLine.size(), kLetters);
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return capital(name[0]) && capital(name[1]) ? name : std::string_view();
}

int InfinityOf(TermRef a) {
  const bool negated = KindOf(a) == Kind::kNegate;
  if (negated) a = Child(a, 0);
  const bool infinite =
      KindOf(a) == Kind::kConstant &&
      a.tree->at(a.id).data == static_cast<std::uint32_t>(Constant::kInfinity);
  if (!infinite) return 0;
  return negated ? -1 : 1;
}

TermRef MakeNumber(Context* context, const Rational& value) {
  Tree& tree = context->made.emplace_back();
  return {&tree, tree.AddNumber({value})};
}

std::optional<TermRef> Make(Context* context, Kind kind,
                            std::initializer_list<TermRef> of) {
  return MakeOf(context, kind, std::span(of.begin(), of.size()));
}

std::optional<TermRef> MakeOf(Context* context, Kind kind,
                              std::span<const TermRef> of) {
  std::size_t size = 1;
  for (const TermRef child : of) size += child.id + 1;
  if (!Pay(context, size)) return std::nullopt;
  Tree& tree = context->made.emplace_back();
  std::vector<TermId> copies;
  for (const TermRef child : of) {
    copies.push_back(tree.AddCopy(*child.tree, child.id));
  }
  return TermRef{&tree, tree.Add(kind, copies)};
}

std::optional<TermRef> Rebuild(Context* context, TermRef a,
                               const Replace& replace) {
  const std::vector<TermId> below = TermsBelow(a);
  if (!Pay(context, below.size())) return std::nullopt;
  Tree& to = context->made.emplace_back();
  std::vector<TermId> place(a.id + 1, 0);
  std::vector<TermId> of;
  for (const TermId id : below) {
    of.clear();
    for (const TermId child : a.tree->ChildrenOf(id)) {
      of.push_back(place[child]);
    }
    const std::optional<TermId> other = replace(id, of, &to);
    place[id] = other ? *other : Copy(*a.tree, id, of, &to);
  }
  return TermRef{&to, place[a.id]};
}

std::optional<TermRef> Substitute(Context* context, TermRef a,
                                  std::string_view name, TermRef with) {
  std::optional<TermId> placed;  // once, and shared
  return Rebuild(
      context, a,
      [&](TermId id, std::span<const TermId>,
          Tree* to) -> std::optional<TermId> {
        if (a.tree->at(id).kind != Kind::kSymbol || a.tree->NameOf(id) != name)
          return std::nullopt;
        if (!placed) placed = to->AddCopy(*with.tree, with.id);
        return placed;
      });
}

std::optional<TermRef> Rename(
    Context* context, TermRef a,
    std::span<const std::pair<std::string_view, std::string_view>> names) {
  return Rebuild(context, a,
                 [&](TermId id, std::span<const TermId>,
                     Tree* to) -> std::optional<TermId> {
                   if (a.tree->at(id).kind != Kind::kSymbol)
                     return std::nullopt;
                   for (const auto& [from, other] : names) {
                     if (a.tree->NameOf(id) == from) {
                       return to->Add(Kind::kSymbol, {}, other);
                     }
                   }
                   return std::nullopt;
                 });
}

Open OpenSigns(TermRef a) {
  std::size_t plus = 0;
  std::size_t minus = 0;
  for (const TermId id : TermsBelow(a)) {
    const Kind kind = a.tree->at(id).kind;
    if (kind == Kind::kPlusMinus) ++plus;
    if (kind == Kind::kMinusPlus) ++minus;
  }
  if (plus + minus == 0) return Open::kNone;
  if (plus + minus == 1 || (plus > 0 && minus > 0)) return Open::kOnce;
  return Open::kUnclear;
}

std::optional<TermRef> TakeSign(Context* context, TermRef a, bool upper) {
  return Rebuild(context, a,
                 [&](TermId id, std::span<const TermId> of,
                     Tree* to) -> std::optional<TermId> {
                   const Kind kind = a.tree->at(id).kind;
                   if (kind != Kind::kPlusMinus && kind != Kind::kMinusPlus) {
                     return std::nullopt;
                   }
                   const bool plus = (kind == Kind::kPlusMinus) == upper;
                   TermId last = of.back();
                   if (!plus) last = to->Add(Kind::kNegate, std::array{last});
                   if (of.size() == 1) return last;
                   return to->Add(Kind::kSum, std::array{of[0], last});
                 });
}

}  // namespace rewards::math
