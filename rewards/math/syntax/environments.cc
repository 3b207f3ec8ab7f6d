// Environments: matrices, systems, cases, aligned lines.

#include <algorithm>
#include <array>

#include "rewards/math/syntax/parser.h"

namespace rewards::math::syntax {
namespace {

using enum TokenKind;

bool IsMatrix(std::string_view name) {
  return name == "pmatrix" || name == "bmatrix" || name == "matrix" ||
         name == "vmatrix" || name == "Vmatrix" || name == "Bmatrix" ||
         name == "smallmatrix" || name == "array";
}
bool IsCases(std::string_view name) {
  return name == "cases" || name == "dcases" || name == "rcases";
}
bool IsLines(std::string_view name) {
  return name == "aligned" || name == "align" || name == "gathered" ||
         name == "split" || name == "equation" || name == "gather" ||
         name == "alignedat" || name == "eqnarray";
}

}  // namespace

void Parser::BeginEnvironment() {
  const std::string_view name = Here().text;
  if (!IsMatrix(name) && !IsCases(name) && !IsLines(name)) return Fail(Here());
  Open(Op::kEnvironment, kEndOf);
  stack_.back().name = name;
}

// The end of a cell, at & or before a row's end.
void Parser::Cell() {
  const Pending* frame = Frame();
  if (frame == nullptr || frame->op != Op::kEnvironment) return Fail(Here());
  if (IsLines(frame->name)) {  // x &= 2: only where the lines are aligned
    ++pos_;
    return;
  }
  if (IsCases(frame->name)) {  // x + 1 & x > 0
    if (Ahead().kind == kWhere) ++pos_;
    return Two(Op::kWhere);
  }
  Reduce(0);
  if (error_) return;
  Pending& open = stack_.back();
  ++open.count;
  ++open.column;
  ++pos_;
  need_operand_ = true;
}

void Parser::Row() {
  const Pending* frame = Frame();
  if (frame == nullptr) return Many(Op::kSemicolon);
  if (frame->op != Op::kEnvironment) return Fail(Here());
  Reduce(0);
  if (error_) return;
  Pending& open = stack_.back();
  ++open.count;
  if (open.columns == 0) open.columns = open.column + 1;
  if (open.columns != open.column + 1) return FailHere("rows of two lengths");
  open.column = 0;
  ++pos_;
  if (Next(kEndOf)) {
    --open.count;
    open.column = open.columns - 1;
    return;  // a new line after the last row
  }
  need_operand_ = true;
}

void Parser::EndEnvironment() {
  Reduce(0);
  if (error_) return;
  if (stack_.empty() || stack_.back().op != Op::kEnvironment ||
      stack_.back().name != Here().text) {
    return Fail(Here());
  }
  const Pending open = stack_.back();
  stack_.pop_back();
  --depth_;
  ++pos_;
  const std::uint32_t count = open.count + 1;
  const std::uint32_t columns =
      open.columns == 0 ? open.column + 1 : open.columns;
  if (open.column + 1 != columns) return FailHere("rows of two lengths");
  const std::span<const TermId> cells =
      std::span<const TermId>(values_).last(count);
  const bool conditions =
      std::any_of(cells.begin(), cells.end(), [this](TermId id) {
        const Kind kind = tree_.at(id).kind;
        return kind == Kind::kRelation || kind == Kind::kWhere;
      });
  if (conditions || !IsMatrix(open.name)) {
    if (count == 1) return;
    if (columns != 1) return FailHere("a system of several columns");
    return BuildMany(Kind::kAnd, count, false);
  }
  const TermId id = tree_.Add(Kind::kMatrix, cells, {}, count / columns);
  values_.resize(values_.size() - count);
  Push(id);
  if (open.name == "vmatrix" || open.name == "Vmatrix") {
    const std::array of = {Pop()};
    Push(tree_.Add(Kind::kCall, of, "det"));
  }
}

}  // namespace rewards::math::syntax
