#include "verifier/engine/describe.h"

#include <array>
#include <boost/json/array.hpp>
#include <utility>

namespace verifier::engine {
namespace {

using protocol::Field;
using protocol::FieldType;

constexpr Field kBound{.type = FieldType::kNumber};
constexpr std::array kCheckerFields = {
    Field{.name = "name", .required = true},
    Field{.name = "version",
          .required = true,
          .help = "Changes whenever a verdict may change."},
    Field{.name = "summary", .required = true},
    Field{.name = "origin",
          .required = true,
          .help = "built_in; or of what an operator plugged in: plugin, a "
                  "program; http, a server; judge, a language model."},
    Field{.name = "score_range",
          .type = FieldType::kArray,
          .required = true,
          .least = 2,
          .most = 2,
          .entries = &kBound},
    Field{
        .name = "runs_programs", .type = FieldType::kBoolean, .required = true},
    Field{.name = "schema",
          .type = FieldType::kObject,
          .required = true,
          .help = "JSON Schema of a check's fields."}};
constexpr protocol::ObjectType kChecker{.name = "Checker",
                                        .fields = kCheckerFields};
constexpr Field kOne{.type = FieldType::kObject, .object = &kChecker};
constexpr std::array kListFields = {Field{.name = "checkers",
                                          .type = FieldType::kArray,
                                          .required = true,
                                          .entries = &kOne}};
constexpr protocol::ObjectType kList{.name = "CheckerList",
                                     .fields = kListFields};

}  // namespace

const protocol::ObjectType& CheckersType() { return kList; }

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
