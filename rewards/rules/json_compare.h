// CompareJson: an order of JSON values in which equal means what JSON Schema
// calls equal: 1 and 1.0 are, and objects are whatever their order. Pure.

#ifndef REWARDS_RULES_JSON_COMPARE_H_
#define REWARDS_RULES_JSON_COMPARE_H_

#include <boost/json/value.hpp>

namespace rewards::rules {

// Less than 0, 0 or more than 0. Exact for every number of Boost.JSON.
[[nodiscard]] int CompareNumbers(const boost::json::value& a,
                                 const boost::json::value& b);
[[nodiscard]] int CompareJson(const boost::json::value& a,
                              const boost::json::value& b);

}  // namespace rewards::rules

#endif  // REWARDS_RULES_JSON_COMPARE_H_
