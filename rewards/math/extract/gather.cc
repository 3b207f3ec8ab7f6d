#include "rewards/math/extract/gather.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "rewards/math/decide/equal.h"
#include "rewards/math/extract/phrases.h"

namespace rewards::math {
namespace {

bool IsWords(const Reading& reading) {
  return reading.tree.at(reading.tree.root()).kind == Kind::kText;
}

// Conventions under which an answer that is said twice is said once. None that
// could let two different answers pass for one.
constexpr Policy SamePolicy() {
  Policy policy;
  policy.percent = false;
  policy.rounding = false;
  policy.equation_factor = false;
  return policy;
}

// Adds the elements of `from`, which are one or, where it is a list itself,
// several.
void AddElements(const Tree& from, Tree* list, std::vector<TermId>* elements) {
  const TermId root = from.root();
  if (from.at(root).kind != Kind::kList) {
    elements->push_back(list->AddCopy(from, root));
    return;
  }
  for (const TermId child : from.ChildrenOf(root)) {
    elements->push_back(list->AddCopy(from, child));
  }
}

// What was mended in `from`, once each.
void AddRepairs(const Tree& from, Tree* to) {
  for (const std::string_view repair : from.repairs) {
    const auto end = to->repairs.end();
    if (std::find(to->repairs.begin(), end, repair) == end) {
      to->repairs.push_back(repair);
    }
  }
}

}  // namespace

bool Gather::Same(const Tree& a, const Tree& b) {
  return Equal(a, b, SamePolicy(), &work_, nullptr).equality ==
         Equality::kEqual;
}

void Gather::Add(Reading next) {
  if (!next.readable()) {
    if (!unreadable_) unreadable_ = std::move(next);
    return;
  }
  differ_ = differ_ || (!kept_.empty() && !Same(kept_.front().tree, next.tree));
  kept_.push_back(std::move(next));
}

void Gather::AddAnnounced(Reading next) {
  if (next.readable() && !kept_.empty() &&
      IsWords(next) != IsWords(kept_.front())) {
    if (IsWords(next)) return;
    kept_.clear();
    differ_ = false;
  }
  Add(std::move(next));
}

std::optional<Reading> Gather::One() {
  if (unreadable_) return std::move(unreadable_);
  if (kept_.empty()) return std::nullopt;
  Reading last = std::move(kept_.back());
  if (differ_) {
    last.tree = Tree{};
    last.reason = "hedged: several different final answers";
  }
  return last;
}

std::optional<Reading> Gather::List() {
  if (!differ_) return One();
  if (unreadable_) return std::move(unreadable_);
  Reading list;
  std::vector<TermId> elements;
  for (const Reading& reading : kept_) {
    AddElements(reading.tree, &list.tree, &elements);
    AddRepairs(reading.tree, &list.tree);
    list.tree.approximate |= reading.tree.approximate;
  }
  list.tree.Add(Kind::kList, elements);
  list.extracted = Hull(kept_.front().extracted, kept_.back().extracted);
  return list;
}

}  // namespace rewards::math
