#include "rewards/math/syntax/signs.h"

#include <cstdint>

#include "rewards/math/syntax/tree.h"

namespace rewards::math::syntax {
namespace {

constexpr std::uint32_t Data(Sign sign) {
  return static_cast<std::uint32_t>(sign);
}

// Longer ones first.
constexpr PlainSign kSigns[] = {
    {"...", TokenKind::kDots},
    {"**", TokenKind::kPower},
    {"<=", TokenKind::kRelation, Data(Sign::kLessEqual)},
    {">=", TokenKind::kRelation, Data(Sign::kGreaterEqual)},
    {"!=", TokenKind::kRelation, Data(Sign::kNotEqual)},
    {"==", TokenKind::kRelation, Data(Sign::kEqual)},
    {":=", TokenKind::kRelation, Data(Sign::kEqual)},
    {"->", TokenKind::kRelation, Data(Sign::kTo)},
    {"+/-", TokenKind::kPlusMinus},
    {"+-", TokenKind::kPlusMinus},
    {"+", TokenKind::kPlus},
    {"-", TokenKind::kMinus},
    {"*", TokenKind::kTimes},
    {"/", TokenKind::kDivide},
    {"^", TokenKind::kPower},
    {"_", TokenKind::kSubscript},
    {"'", TokenKind::kPrime},
    {"!", TokenKind::kBang},
    {"%", TokenKind::kPercent},
    {"(", TokenKind::kOpen},
    {")", TokenKind::kClose},
    {"[", TokenKind::kOpenBracket},
    {"]", TokenKind::kCloseBracket},
    {"|", TokenKind::kBar},
    {"&", TokenKind::kCell},
    {"=", TokenKind::kRelation, Data(Sign::kEqual)},
    {"<", TokenKind::kRelation, Data(Sign::kLess)},
    {">", TokenKind::kRelation, Data(Sign::kGreater)},
    {":", TokenKind::kColon},
    {",", TokenKind::kComma},
    {";", TokenKind::kSemicolon},
    {".", TokenKind::kPeriod},
};

}  // namespace

const PlainSign* PlainSignAt(std::string_view text, std::size_t pos) {
  for (const PlainSign& sign : kSigns) {
    if (text.substr(pos).starts_with(sign.text)) return &sign;
  }
  return nullptr;
}

}  // namespace rewards::math::syntax
