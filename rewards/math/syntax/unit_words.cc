#include "rewards/math/syntax/unit_words.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "rewards/math/syntax/fold.h"
#include "rewards/math/syntax/units.h"
#include "rewards/math/syntax/words.h"

namespace rewards::math::syntax {
namespace {

struct Spelling {
  std::string_view from;
  std::string_view to;
};

// Spellings of units of measure, in small letters.
constexpr Spelling kSpellings[] = {
    {"meter", "m"},
    {"metre", "m"},
    {"inch", "inch"},
    {"inches", "inch"},
    {"in", "inch"},
    {"foot", "foot"},
    {"feet", "foot"},
    {"ft", "foot"},
    {"yard", "yard"},
    {"yd", "yard"},
    {"yds", "yard"},
    {"mile", "mile"},
    {"mi", "mile"},
    {"gram", "g"},
    {"gm", "g"},
    {"tonne", "tonne"},
    {"pound", "pound"},
    {"lb", "pound"},
    {"lbs", "pound"},
    {"ounce", "ounce"},
    {"oz", "ounce"},
    {"second", "s"},
    {"sec", "s"},
    {"secs", "s"},
    {"minute", "minute"},
    {"min", "minute"},
    {"mins", "minute"},
    {"hour", "hour"},
    {"hr", "hour"},
    {"hrs", "hour"},
    {"day", "day"},
    {"week", "week"},
    {"wk", "week"},
    {"month", "month"},
    {"year", "year"},
    {"yr", "year"},
    {"yrs", "year"},
    {"ampere", "A"},
    {"amp", "A"},
    {"kelvin", "K"},
    {"mole", "mol"},
    {"mol", "mol"},
    {"dollar", "dollar"},
    {"buck", "dollar"},
    {"usd", "dollar"},
    {"cent", "cent"},
    {"euro", "euro"},
    {"eur", "euro"},
    {"gbp", "pound sterling"},
    {"yuan", "yuan"},
    {"rmb", "yuan"},
    {"cny", "yuan"},
    {"yen", "yen"},
    {"rupee", "rupee"},
    {"bit", "bit"},
    {"byte", "byte"},
    {"hertz", "Hz"},
    {"hz", "Hz"},
    {"newton", "N"},
    {"pascal", "Pa"},
    {"pa", "Pa"},
    {"joule", "J"},
    {"watt", "W"},
    {"coulomb", "C"},
    {"volt", "V"},
    {"farad", "F"},
    {"ohm", "ohm"},
    {"tesla", "T"},
    {"liter", "L"},
    {"litre", "L"},
    {"hectare", "hectare"},
    {"ha", "hectare"},
    {"acre", "acre"},
    {"gallon", "gallon"},
    {"gal", "gallon"},
    {"quart", "quart"},
    {"qt", "quart"},
    {"pint", "pint"},
    {"ev", "eV"},
    {"erg", "erg"},
    {"dyne", "dyne"},
    {"atm", "atm"},
    {"bar", "bar"},
    {"radian", "rad"},
    {"rad", "rad"},
    {"angstrom", "angstrom"},
    {"celsius", "celsius"},
    {"fahrenheit", "fahrenheit"},
    {"mph", "mile/hour"},
    {"kph", "km/hour"},
    {"kmh", "km/hour"},
    {"unit", ""},
    {"mg", "mg"},
    {"kg", "kg"},
    {"km", "km"},
    {"cm", "cm"},
    {"mm", "mm"},
    {"dm", "dm"},
    {"nm", "nm"},
    {"ml", "mL"},
    {"dl", "dL"},
    {"cl", "cL"},
    {"kj", "kJ"},
    {"kw", "kW"},
    {"kwh", "kWh"},
    {"mhz", "MHz"},
    {"khz", "kHz"},
    {"ghz", "GHz"},
    {"ms", "ms"},
    {"ns", "ns"},
    {"kn", "kN"},
    {"kpa", "kPa"},
    {"mev", "MeV"},
    {"kev", "keV"},
    {"kv", "kV"},
    {"ma", "mA"},
    {"mv", "mV"},
    {"元", "yuan"},
    {"块", "yuan"},
    {"厘米", "cm"},
    {"米", "m"},
    {"千米", "km"},
    {"公里", "km"},
    {"分米", "dm"},
    {"毫米", "mm"},
    {"克", "g"},
    {"千克", "kg"},
    {"公斤", "kg"},
    {"吨", "tonne"},
    {"毫克", "mg"},
    {"升", "L"},
    {"毫升", "mL"},
    {"秒", "s"},
    {"分钟", "minute"},
    {"小时", "hour"},
    {"天", "day"},
    {"日", "day"},
    {"周", "week"},
    {"年", "year"},
    {"平方厘米", "cm^2"},
    {"平方米", "m^2"},
    {"平方分米", "dm^2"},
    {"平方千米", "km^2"},
    {"立方厘米", "cm^3"},
    {"立方米", "m^3"},
    {"立方分米", "dm^3"},
    {"美元", "dollar"},
};

// Plurals of what is counted.
constexpr Spelling kPlurals[] = {{"people", "person"}, {"children", "child"},
                                 {"men", "man"},       {"women", "woman"},
                                 {"mice", "mouse"},    {"geese", "goose"}};

constexpr Spelling kPrefixes[] = {
    {"kilo", "k"}, {"centi", "c"}, {"milli", "m"}, {"micro", "u"},
    {"nano", "n"}, {"mega", "M"},  {"giga", "G"},  {"deci", "d"},
    {"tera", "T"}, {"hecto", "h"}, {"pico", "p"},
};

constexpr std::string_view kTakesPrefix[] = {
    "m", "g", "s", "A", "K", "mol", "Hz",  "N",    "Pa",  "J",  "W",
    "C", "V", "F", "T", "L", "eV",  "bit", "byte", "ohm", "bar"};

// Words that no unit is made of: they change the number beside them, join two
// answers, or make a sentence.
constexpr std::string_view kNoNouns[] = {"hundred",
                                         "hundreds",
                                         "thousand",
                                         "thousands",
                                         "million",
                                         "millions",
                                         "billion",
                                         "billions",
                                         "trillion",
                                         "trillions",
                                         "dozen",
                                         "dozens",
                                         "percent",
                                         "squared",
                                         "cubed",
                                         "factorial",
                                         "times",
                                         "over",
                                         "minus",
                                         "plus",
                                         "half",
                                         "halves",
                                         "third",
                                         "thirds",
                                         "quarters",
                                         "fourths",
                                         "fifths",
                                         "sixths",
                                         "sevenths",
                                         "eighths",
                                         "ninths",
                                         "tenths",
                                         "hundredths",
                                         "modulo",
                                         "choose",

                                         "divided",
                                         "multiplied",
                                         "and",
                                         "or",
                                         "to",
                                         "pairs",
                                         "score",
                                         "power",
                                         "root",
                                         "infinity",
                                         "infinite",
                                         "percentile",
                                         "is",
                                         "are",
                                         "was",
                                         "be",
                                         "not",
                                         "no",
                                         "the",
                                         "a",
                                         "an",
                                         "of",
                                         "in",
                                         "on",
                                         "at",
                                         "if",
                                         "then",
                                         "but",
                                         "maybe",
                                         "more",
                                         "less",
                                         "than",
                                         "about",
                                         "with",
                                         "without",
                                         "each",
                                         "so",
                                         "we",
                                         "it",
                                         "this",
                                         "that",
                                         "these",
                                         "those",
                                         "which",
                                         "from",
                                         "for",
                                         "by",
                                         "as",
                                         "because",
                                         "either",
                                         "neither",
                                         "when",
                                         "where",
                                         "while",
                                         "wrong",
                                         "right answer",
                                         "correct",
                                         "incorrect",
                                         "answer",
                                         "true",
                                         "false",
                                         "versus",
                                         "nor",
                                         "between",
                                         "through",
                                         "until",
                                         "approximately",
                                         "roughly",
                                         "base",
                                         "remainder",
                                         "zero",
                                         "one",
                                         "two",
                                         "three",
                                         "four",
                                         "five",
                                         "six",
                                         "seven",
                                         "eight",
                                         "nine",
                                         "ten",
                                         "negative",
                                         "except",
                                         "since",
                                         "where",
                                         "such",
                                         "any",
                                         "all",
                                         "some",
                                         "every",
                                         "pm",
                                         "am"};

// Signs inside a word of another script that make it a number or a joint.
constexpr char32_t kForeignNumbers[] = {
    U'万', U'亿', U'億', U'萬', U'千', U'百', U'十', U'兆', U'半', U'倍',
    U'或', U'和', U'至', U'到', U'不', U'分', U'成', U'几', U'余', U'多',
    U'零', U'一', U'二', U'三', U'四', U'五', U'六', U'七', U'八', U'九',
    U'两', U'又', U'与', U'及', U'非', U'负', U'之', U'만', U'억'};

constexpr std::string_view kForeignNouns[] = {"分", "百分点", "人次"};

bool IsAscii(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80;
  });
}

const Spelling* FindSpelling(std::string_view lower) {
  const auto* found =
      std::find_if(std::begin(kSpellings), std::end(kSpellings),
                   [lower](const Spelling& s) { return s.from == lower; });
  return found == std::end(kSpellings) ? nullptr : found;
}

// The unit of measure in small letters that a word spells, with a plural s and
// a metric prefix in full; or null.
std::optional<std::string> Measure(std::string_view lower) {
  if (const Spelling* unit = FindSpelling(lower)) return std::string(unit->to);
  if (lower.size() > 3 && lower.ends_with('s')) {
    lower.remove_suffix(1);
    if (const Spelling* unit = FindSpelling(lower)) {
      return std::string(unit->to);
    }
  }
  for (const Spelling& prefix : kPrefixes) {
    if (!lower.starts_with(prefix.from)) continue;
    const Spelling* unit = FindSpelling(lower.substr(prefix.from.size()));
    if (unit == nullptr || !TakesPrefix(unit->to)) continue;
    return std::string(prefix.to) + std::string(unit->to);
  }
  return std::nullopt;
}

const Spelling* FindPlural(std::string_view lower) {
  const auto* found =
      std::find_if(std::begin(kPlurals), std::end(kPlurals),
                   [lower](const Spelling& s) { return s.from == lower; });
  return found == std::end(kPlurals) ? nullptr : found;
}

bool HasForeignNumber(std::string_view word) {
  if (std::find(std::begin(kForeignNouns), std::end(kForeignNouns), word) !=
      std::end(kForeignNouns)) {
    return false;
  }
  for (std::size_t pos = 0; pos < word.size();) {
    const CodePoint c = DecodeAt(word, pos);
    if (std::find(std::begin(kForeignNumbers), std::end(kForeignNumbers),
                  c.value) != std::end(kForeignNumbers)) {
      return true;
    }
    pos += c.length;
  }
  return false;
}

}  // namespace

long PrefixPower(char letter) {
  switch (letter) {
    case 'T':
      return 12;
    case 'G':
      return 9;
    case 'M':
      return 6;
    case 'k':
      return 3;
    case 'h':
      return 2;
    case 'd':
      return -1;
    case 'c':
      return -2;
    case 'm':
      return -3;
    case 'u':
      return -6;
    case 'n':
      return -9;
    case 'p':
      return -12;
    default:
      return 0;
  }
}

bool TakesPrefix(std::string_view name) {
  return std::find(std::begin(kTakesPrefix), std::end(kTakesPrefix), name) !=
         std::end(kTakesPrefix);
}

bool UnitLetter(std::string_view letter) {
  return letter.size() == 1 &&
         std::string_view("msghlLNJWVKACFT").find(letter[0]) !=
             std::string_view::npos;
}

bool IsMeasure(std::string_view word) {
  return Measure(Lower(word)).has_value();
}

bool IsKnownUnit(std::string_view word) {
  return IsMeasure(word) || FindPlural(Lower(word)) != nullptr;
}

std::string CanonicalUnit(std::string_view word) {
  if (word.size() == 1) {
    if (word == "h") return "hour";
    return word == "l" ? "L" : std::string(word);
  }
  std::string lower = Lower(word);
  if (std::optional<std::string> unit = Measure(lower)) return *unit;
  if (const Spelling* one = FindPlural(lower)) return std::string(one->to);
  if (lower.size() > 3 && lower.ends_with('s') && !lower.ends_with("ss")) {
    lower.pop_back();
  }
  return lower;
}

bool MayBeNoun(std::string_view word, bool in_text, bool spaced) {
  if (!IsAscii(word)) return !HasForeignNumber(word);
  const std::string lower = Lower(word);
  if (std::find(std::begin(kNoNouns), std::end(kNoNouns), lower) !=
          std::end(kNoNouns) ||
      MeaningOf(lower).kind != TokenKind::kWord || IsNumberWord(lower)) {
    return false;
  }
  if (in_text) return true;
  constexpr std::size_t kShortest = 4;
  return spaced && word.size() >= kShortest &&
         lower.find_first_of("aeiouy") != std::string::npos;
}

}  // namespace rewards::math::syntax
