#include "rewards/math/syntax/unit_words.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

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
    {"gbp", "sterling"},
    {"sterling", "sterling"},
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
    {"cup", "cup"},
    {"tablespoon", "tablespoon"},
    {"tbsp", "tablespoon"},
    {"teaspoon", "teaspoon"},
    {"tsp", "teaspoon"},
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
    {"时", "hour"},
    {"公顷", "hectare"},
    {"天", "day"},
    {"日", "day"},
    {"周", "week"},
    {"年", "year"},
    {"平方厘米", "cm^2"},
    {"平方米", "m^2"},
    {"平方分米", "dm^2"},
    {"平方千米", "km^2"},
    {"平方公里", "km^2"},
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

const Spelling* FindSpelling(std::string_view lower) {
  static const auto sorted = [] {
    std::array<const Spelling*, std::size(kSpellings)> all{};
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = &kSpellings[i];
    std::sort(all.begin(), all.end(), [](const Spelling* a, const Spelling* b) {
      return a->from < b->from;
    });
    return all;
  }();
  const auto* const found = std::lower_bound(
      sorted.begin(), sorted.end(), lower,
      [](const Spelling* s, std::string_view w) { return s->from < w; });
  return found != sorted.end() && (*found)->from == lower ? *found : nullptr;
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
    // "degs" is no degree: a singular that means something else stays.
    std::string singular = lower.substr(0, lower.size() - 1);
    if (MeaningOf(singular).kind == TokenKind::kWord) return singular;
  }
  return lower;
}

}  // namespace rewards::math::syntax
