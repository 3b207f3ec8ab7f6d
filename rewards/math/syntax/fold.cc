#include "rewards/math/syntax/fold.h"

#include <algorithm>
#include <array>

#include "rewards/math/syntax/code_point.h"

namespace rewards::math::syntax {
namespace {

struct Sign {
  char32_t from;
  std::string_view to;
};

// Sorted by code point. A command ends in a space, so that no letter joins it.
constexpr Sign kSigns[] = {
    {0x00A0, " "},
    {0x00A2, "\\cent "},
    {0x00A3, "\\pound "},
    {0x00A5, "\\yen "},
    {0x00AC, "\\neg "},
    {0x00AD, ""},
    {0x00B0, "^\\circ "},
    {0x00B1, "\\pm "},
    {0x00B7, "\\cdot "},
    {0x00BA, "^\\circ "},  // the masculine ordinal
    {0x00BC, "\\frac{1}{4}"},
    {0x00BD, "\\frac{1}{2}"},
    {0x00BE, "\\frac{3}{4}"},
    {0x00D7, "\\times "},
    {0x00F7, "\\div "},
    {0x0391, "A"},
    {0x0392, "B"},
    {0x0393, "\\Gamma "},
    {0x0394, "\\Delta "},
    {0x0398, "\\Theta "},
    {0x039B, "\\Lambda "},
    {0x039E, "\\Xi "},
    {0x03A0, "\\Pi "},
    {0x03A3, "\\Sigma "},
    {0x03A6, "\\Phi "},
    {0x03A8, "\\Psi "},
    {0x03A9, "\\Omega "},
    {0x03B1, "\\alpha "},
    {0x03B2, "\\beta "},
    {0x03B3, "\\gamma "},
    {0x03B4, "\\delta "},
    {0x03B5, "\\varepsilon "},
    {0x03B6, "\\zeta "},
    {0x03B7, "\\eta "},
    {0x03B8, "\\theta "},
    {0x03B9, "\\iota "},
    {0x03BA, "\\kappa "},
    {0x03BB, "\\lambda "},
    {0x03BC, "\\mu "},
    {0x03BD, "\\nu "},
    {0x03BE, "\\xi "},
    {0x03C0, "\\pi "},
    {0x03C1, "\\rho "},
    {0x03C3, "\\sigma "},
    {0x03C4, "\\tau "},
    {0x03C5, "\\upsilon "},
    {0x03C6, "\\varphi "},
    {0x03C7, "\\chi "},
    {0x03C8, "\\psi "},
    {0x03C9, "\\omega "},
    {0x03D1, "\\vartheta "},
    {0x03D5, "\\phi "},
    {0x066A, "%"},
    {0x066B, "."},
    {0x066C, ","},
    {0x060C, ","},
    {0x2009, "\\,"},
    {0x200B, " "},
    {0x200E, " "},
    {0x200F, " "},
    {0x2010, "-"},
    {0x2011, "-"},
    {0x2013, "\\endash "},
    {0x2016, "\\|"},
    {0x2018, "'"},
    {0x2019, "'"},
    {0x2022, "\\cdot "},
    {0x2026, "\\dots "},
    {0x202F, "\\,"},
    {0x2032, "'"},
    {0x2033, "''"},
    {0x2044, "/"},
    {0x2060, " "},
    {0x20AC, "\\euro "},
    {0x20B9, "\\rupee "},
    {0x2102, "\\mathbb{C}"},
    {0x2103, "^\\circ\\text{C}"},
    {0x2109, "^\\circ\\text{F}"},
    {0x2115, "\\mathbb{N}"},
    {0x211A, "\\mathbb{Q}"},
    {0x211D, "\\mathbb{R}"},
    {0x2124, "\\mathbb{Z}"},
    {0x2126, "\\Omega "},
    {0x2153, "\\frac{1}{3}"},
    {0x2154, "\\frac{2}{3}"},
    {0x2155, "\\frac{1}{5}"},
    {0x2156, "\\frac{2}{5}"},
    {0x2157, "\\frac{3}{5}"},
    {0x2158, "\\frac{4}{5}"},
    {0x2159, "\\frac{1}{6}"},
    {0x215A, "\\frac{5}{6}"},
    {0x215B, "\\frac{1}{8}"},
    {0x215C, "\\frac{3}{8}"},
    {0x215D, "\\frac{5}{8}"},
    {0x215E, "\\frac{7}{8}"},
    {0x2192, "\\to "},
    {0x2205, "\\emptyset "},
    {0x2208, "\\in "},
    {0x2209, "\\notin "},
    {0x2212, "-"},
    {0x2213, "\\mp "},
    {0x2215, "/"},
    {0x2216, "\\setminus "},
    {0x2217, "*"},
    {0x2219, "\\cdot "},
    {0x221A, "\\usqrt "},
    {0x221B, "\\ucbrt "},
    {0x221E, "\\infty "},
    {0x2220, "\\angle "},
    {0x2223, "\\mid "},
    {0x2225, "\\parallel "},
    {0x2227, "\\land "},
    {0x2228, "\\lor "},
    {0x2229, "\\cap "},
    {0x222A, "\\cup "},
    {0x222B, "\\int "},
    {0x2211, "\\sum "},
    {0x220F, "\\prod "},
    {0x2236, ":"},
    {0x223C, "\\sim "},
    {0x2245, "\\cong "},
    {0x2248, "\\approx "},
    {0x2260, "\\ne "},
    {0x2261, "\\equiv "},
    {0x2264, "\\le "},
    {0x2265, "\\ge "},
    {0x2266, "\\le "},
    {0x2267, "\\ge "},
    {0x2282, "\\subset "},
    {0x2286, "\\subseteq "},
    {0x22A5, "\\perp "},
    {0x22C5, "\\cdot "},
    {0x22EF, "\\dots "},
    {0x2308, "\\lceil "},
    {0x2309, "\\rceil "},
    {0x230A, "\\lfloor "},
    {0x230B, "\\rfloor "},
    {0x25B3, "\\triangle "},
    {0x27E8, "\\langle "},
    {0x27E9, "\\rangle "},
    {0x2A7D, "\\le "},
    {0x2A7E, "\\ge "},
    {0x3000, " "},
    {0x3001, ","},
    {0x3002, " . "},
    {0x301C, "\\endash "},
    {0xFE63, "-"},
    {0xFEFF, " "},
    {0xFFE1, "\\pound "},
    {0xFFE5, "\\yen "},
};

// The table by code point, made once: the literals above stand in groups.
std::string_view Spelling(char32_t c) {
  static const auto sorted = [] {
    std::array<Sign, std::size(kSigns)> copy{};
    std::copy(std::begin(kSigns), std::end(kSigns), copy.begin());
    std::sort(copy.begin(), copy.end(),
              [](const Sign& a, const Sign& b) { return a.from < b.from; });
    return copy;
  }();
  const auto* sign =
      std::lower_bound(sorted.begin(), sorted.end(), c,
                       [](const Sign& s, char32_t v) { return s.from < v; });
  return sign != sorted.end() && sign->from == c ? sign->to
                                                 : std::string_view("\0", 1);
}

// The raised or lowered character in ASCII, or 0.
char Superscript(char32_t c) {
  if (c == 0x00B9) return '1';
  if (c == 0x00B2) return '2';
  if (c == 0x00B3) return '3';
  if (c == 0x2070 || (c >= 0x2074 && c <= 0x2079)) {
    return static_cast<char>('0' + (c - 0x2070));
  }
  switch (c) {
    case 0x207A:
      return '+';
    case 0x207B:
      return '-';
    case 0x207D:
      return '(';
    case 0x207E:
      return ')';
    case 0x207F:
      return 'n';
    case 0x2071:
      return 'i';
    case 0x02E3:
      return 'x';
    case 0x1D4F:
      return 'k';
    case 0x1D50:
      return 'm';
    default:
      return '\0';
  }
}

char Subscript(char32_t c) {
  if (c >= 0x2080 && c <= 0x2089) return static_cast<char>('0' + (c - 0x2080));
  switch (c) {
    case 0x208A:
      return '+';
    case 0x208B:
      return '-';
    case 0x2090:
      return 'a';
    case 0x2099:
      return 'n';
    case 0x2098:
      return 'm';
    case 0x2096:
      return 'k';
    case 0x1D62:
      return 'i';
    default:
      return '\0';
  }
}

// A letter of a mathematical alphabet (bold, italic, script ...) in ASCII.
char MathLetter(char32_t c) {
  if (c < 0x1D400 || c >= 0x1D6A4) return '\0';
  const auto at = (c - 0x1D400) % 52;
  return static_cast<char>(at < 26 ? 'A' + at : 'a' + (at - 26));
}

void AppendFolded(std::string_view bytes, char32_t c, std::string* out) {
  const std::string_view sign = Spelling(c);
  if (sign != std::string_view("\0", 1)) {
    *out += sign;
  } else if (const char digit = FoldDigit(c)) {
    out->push_back(digit);
  } else if (c >= 0x2460 && c <= 0x2468) {
    *out +=
        "\\textcircled{" + std::string(1, static_cast<char>(c - 0x242F)) + "}";
  } else if (const char letter = MathLetter(c)) {
    out->push_back(letter);
  } else if (c >= 0xFF01 && c <= 0xFF5E) {
    out->push_back(static_cast<char>(c - 0xFEE0));
  } else if (c >= 0x2000 && c <= 0x200A) {
    out->push_back(' ');
  } else {
    *out += bytes;
  }
}

// Commands whose backslash and first letter an escape turned into one control
// character, as in "\frac" of a careless JSON string.
struct Eaten {
  char control;
  std::string_view rest;
  std::string_view command;
};
constexpr Eaten kEaten[] = {
    {'\f', "rac", "\\frac"},   {'\n', "eq ", "\\neq "},
    {'\t', "ext{", "\\text{"}, {'\t', "imes", "\\times"},
    {'\t', "frac", "\\tfrac"}, {'\t', "heta", "\\theta"},
    {'\r', "ight", "\\right"}, {'\b', "egin", "\\begin"},
    {'\b', "inom", "\\binom"}, {'\b', "oxed", "\\boxed"},
};

const Eaten* EatenAt(std::string_view text, std::size_t pos) {
  for (const Eaten& eaten : kEaten) {
    if (text[pos] == eaten.control &&
        text.substr(pos + 1).starts_with(eaten.rest)) {
      return &eaten;
    }
  }
  return nullptr;
}

bool IsAsciiLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// True where every backslash seems to be written twice: "\\begin", or "\\frac"
// in a text without environments, where no new line can be meant.
bool HasDoubledBackslashes(std::string_view text) {
  if (text.find("\\\\begin") != std::string_view::npos) return true;
  if (text.find("\\begin") != std::string_view::npos) return false;
  for (std::size_t at = text.find("\\\\"); at != std::string_view::npos;
       at = text.find("\\\\", at + 1)) {
    if (at + 2 < text.size() && IsAsciiLetter(text[at + 2])) return true;
  }
  return false;
}

}  // namespace

std::string Fold(std::string_view text,
                 std::vector<std::string_view>* repairs) {
  std::string out;
  out.reserve(text.size() + 16);
  const bool doubled = HasDoubledBackslashes(text);
  if (doubled) repairs->push_back("doubled backslash read as one");
  char level = 0;  // '^' or '_' inside a run of raised or lowered signs
  for (std::size_t pos = 0; pos < text.size();) {
    const CodePoint c = DecodeAt(text, pos);
    const char raised = c.value < 0x80 ? '\0' : Superscript(c.value);
    const char lowered = c.value < 0x80 ? '\0' : Subscript(c.value);
    const char now = raised != 0 ? '^' : lowered != 0 ? '_' : '\0';
    if (now != level) {
      if (level != 0) out += '}';
      if (now != 0) {
        out += now;
        out += '{';
      }
      level = now;
    }
    if (now != 0) {
      out.push_back(raised != 0 ? raised : lowered);
    } else if (c.value >= 0x80) {
      AppendFolded(text.substr(pos, c.length), c.value, &out);
    } else if (const Eaten* eaten = EatenAt(text, pos)) {
      if (out.ends_with('\\')) out.pop_back();  // "\\\frac" in JSON
      out += eaten->command;
      repairs->push_back("control character read as a command");
      pos += 1 + eaten->rest.size();
      continue;
    } else {
      out.push_back(text[pos]);
      if (doubled && text.substr(pos).starts_with("\\\\")) ++pos;
    }
    pos += c.length;
  }
  if (level != 0) out.push_back('}');
  return out;
}

}  // namespace rewards::math::syntax
