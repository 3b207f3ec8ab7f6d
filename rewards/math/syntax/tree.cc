#include "rewards/math/syntax/tree.h"

#include <utility>

namespace rewards::math {
namespace {

std::uint32_t NameIndex(Tree* tree, std::string_view name) {
  for (std::size_t i = 0; i < tree->names.size(); ++i) {
    if (tree->names[i] == name) return static_cast<std::uint32_t>(i);
  }
  tree->names.emplace_back(name);
  return static_cast<std::uint32_t>(tree->names.size() - 1);
}

}  // namespace

TermId Tree::Add(Kind kind, std::span<const TermId> of, std::string_view name,
                 std::uint32_t data) {
  Term term;
  term.kind = kind;
  term.data = data;
  term.first_child = static_cast<std::uint32_t>(children.size());
  term.child_count = static_cast<std::uint32_t>(of.size());
  term.name = NameIndex(this, name);
  children.insert(children.end(), of.begin(), of.end());
  terms.push_back(term);
  return root();
}

TermId Tree::AddNumber(Literal literal) {
  literals.push_back(std::move(literal));
  return Add(Kind::kNumber, {}, {},
             static_cast<std::uint32_t>(literals.size() - 1));
}

TermId Tree::AddRelation(std::span<const TermId> sides,
                         std::span<const Sign> with) {
  const auto data = static_cast<std::uint32_t>(signs.size());
  signs.insert(signs.end(), with.begin(), with.end());
  return Add(Kind::kRelation, sides, {}, data);
}

TermId Tree::AddCopy(const Tree& from, TermId id) {
  // Which terms of `from` hang below `id`: parents come later, so one pass
  // down.
  std::vector<bool> needed(id + 1, false);
  needed[id] = true;
  for (TermId i = id + 1; i-- > 0;) {
    if (!needed[i]) continue;
    for (const TermId child : from.ChildrenOf(i)) needed[child] = true;
  }
  std::vector<TermId> place(id + 1, 0);
  for (TermId i = 0; i <= id; ++i) {
    if (!needed[i]) continue;
    const Term& term = from.at(i);
    std::vector<TermId> of;
    for (const TermId child : from.ChildrenOf(i)) of.push_back(place[child]);
    if (term.kind == Kind::kNumber) {
      place[i] = AddNumber(from.LiteralOf(i));
    } else if (term.kind == Kind::kRelation) {
      place[i] = AddRelation(of, from.SignsOf(i));
    } else {
      place[i] = Add(term.kind, of, from.NameOf(i), term.data);
    }
    terms[place[i]].begin = term.begin;
    terms[place[i]].end = term.end;
  }
  return place[id];
}

}  // namespace rewards::math
