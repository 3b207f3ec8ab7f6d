#include "rewards/math/decide/terms.h"

#include <algorithm>
#include <array>

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

}  // namespace

std::vector<TermRef> Children(TermRef a) {
  std::vector<TermRef> children;
  for (const TermId id : a.tree->ChildrenOf(a.id)) {
    children.push_back({a.tree, id});
  }
  return children;
}

std::vector<TermId> TermsBelow(TermRef a) {
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

bool Holds(TermRef a, Kind kind) {
  const std::vector<TermId> below = TermsBelow(a);
  return std::any_of(below.begin(), below.end(),
                     [&](TermId id) { return a.tree->at(id).kind == kind; });
}

bool IsScalar(TermRef a) {
  const std::vector<TermId> below = TermsBelow(a);
  return std::all_of(below.begin(), below.end(), [&](TermId id) {
    const Kind kind = a.tree->at(id).kind;
    // The bounds of a sum are relations: scalar.h reads them.
    if (kind == Kind::kRelation) return id != a.id;
    return IsScalarKind(kind) && kind != Kind::kPlusMinus &&
           kind != Kind::kMinusPlus && kind != Kind::kQuantity;
  });
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
  if (!Pay(context, below.size() + a.id)) return std::nullopt;
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
