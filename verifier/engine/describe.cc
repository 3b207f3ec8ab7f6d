#include "verifier/engine/describe.h"

#include <boost/json/array.hpp>
#include <utility>

namespace verifier::engine {

boost::json::object DescribeCheckers(const rewards::Registry& registry) {
  boost::json::object all;
  boost::json::array& list = all["checkers"].emplace_array();
  for (const auto& checker : registry.checkers()) {
    boost::json::object one;
    one["name"] = checker->name();
    one["version"] = checker->version();
    one["summary"] = checker->summary();
    one["origin"] = checker->origin();
    one["score_range"] = boost::json::array{0, 1};
    one["runs_programs"] = checker->runs_programs();
    one["schema"] = checker->schema();
    list.push_back(std::move(one));
  }
  return all;
}

}  // namespace verifier::engine
