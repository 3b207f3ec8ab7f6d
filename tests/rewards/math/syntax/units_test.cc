#include "rewards/math/syntax/units.h"

#include <gtest/gtest.h>

namespace rewards::math {
namespace {

TEST(ValueOfUnit, ConvertsExactly) {
  const struct {
    std::string_view one;
    std::string_view factor;
    std::string_view other;
  } rows[] = {
      {"km", "1000", "m"},
      {"inch", "127/50", "cm"},
      {"foot", "12", "inch"},
      {"yard", "3", "foot"},
      {"mile", "5280", "foot"},
      {"hour", "60", "minute"},
      {"day", "24", "hour"},
      {"km/hour", "5/18", "m/s"},
      {"m^2", "10000", "cm^2"},
      {"L", "1000", "cm^3"},
      {"kg", "1000", "g"},
      {"dollar", "100", "cent"},
      {"N", "1", "kg*m/s^2"},
      {"J", "1", "N*m"},
      {"W", "1", "J/s"},
      {"pound", "16", "ounce"},
      {"gallon", "4", "quart"},
      {"quart", "2", "pint"},
      {"mL", "1", "cm^3"},
      {"kPa", "1000", "Pa"},
      {"byte", "8", "bit"},
      {"acre", "4840", "yard^2"},
      {"pint", "2", "cup"},
      {"cup", "16", "tablespoon"},
      {"tablespoon", "3", "teaspoon"},
      {"1/s", "60", "1/minute"},
  };
  for (const auto& row : rows) {
    const std::optional<UnitValue> one = ValueOfUnit(row.one);
    const std::optional<UnitValue> other = ValueOfUnit(row.other);
    ASSERT_TRUE(one && other) << row.one << " " << row.other;
    EXPECT_EQ(one->dimension, other->dimension) << row.one;
    EXPECT_EQ((one->factor / other->factor).ToString(), row.factor) << row.one;
  }
}

TEST(ValueOfUnit, KnowsWhatHasNone) {
  for (const std::string_view name :
       {"dog", "celsius", "right triangle", "m^0", "m^x", "kfoot", "unit"}) {
    EXPECT_FALSE(ValueOfUnit(name)) << name;
  }
}

TEST(ValueOfUnit, TellsDimensionsApart) {
  EXPECT_NE(ValueOfUnit("m")->dimension, ValueOfUnit("m^2")->dimension);
  EXPECT_NE(ValueOfUnit("m/s")->dimension, ValueOfUnit("m*s")->dimension);
}

}  // namespace
}  // namespace rewards::math
