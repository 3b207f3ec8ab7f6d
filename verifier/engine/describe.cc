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
constexpr std::array kTemplateFields = {
    Field{.name = "name", .required = true},
    Field{.name = "open", .required = true},
    Field{.name = "close", .required = true},
    Field{.name = "answer_open",
          .required = true,
          .help = "Empty: the answer is what follows the thought."},
    Field{.name = "answer_close", .required = true},
    Field{.name = "prefill",
          .type = FieldType::kBoolean,
          .required = true,
          .help = "The prompt ends with the opening tag."}};
constexpr protocol::ObjectType kTemplate{.name = "Template",
                                         .fields = kTemplateFields};
constexpr Field kOneTemplate{.type = FieldType::kObject, .object = &kTemplate};

constexpr Field kName{};
constexpr std::array kGateFields = {
    Field{.name = "only_if",
          .type = FieldType::kArray,
          .required = true,
          .help = "It counts where the checks of these checkers scored "
                  "at_least.",
          .entries = &kName},
    Field{.name = "unless",
          .type = FieldType::kArray,
          .required = true,
          .help = "It counts where the checks of these checkers scored less.",
          .entries = &kName},
    Field{.name = "at_least", .type = FieldType::kNumber, .required = true},
    Field{.name = "otherwise",
          .type = FieldType::kNumber,
          .required = true,
          .help = "What its weight is multiplied by elsewhere."}};
constexpr protocol::ObjectType kGate{.name = "ProfileGate",
                                     .fields = kGateFields};

constexpr std::array kProfileCheckFields = {
    Field{.name = "checker", .required = true},
    Field{.name = "weight", .type = FieldType::kNumber, .required = true},
    Field{.name = "params",
          .type = FieldType::kObject,
          .required = true,
          .help = "What an item need not bring."},
    Field{.name = "optional",
          .type = FieldType::kBoolean,
          .required = true,
          .help = "Only where the item brings a check of this checker."},
    Field{.name = "gate",
          .type = FieldType::kObject,
          .help = "When it counts; always where there is none.",
          .object = &kGate}};
constexpr protocol::ObjectType kProfileCheck{.name = "ProfileCheck",
                                             .fields = kProfileCheckFields};
constexpr Field kOneProfileCheck{.type = FieldType::kObject,
                                 .object = &kProfileCheck};
constexpr std::array kProfileFields = {
    Field{.name = "name", .required = true},
    Field{.name = "summary", .required = true},
    Field{.name = "template", .help = "Of items that name none."},
    Field{.name = "checks",
          .type = FieldType::kArray,
          .required = true,
          .entries = &kOneProfileCheck}};
constexpr protocol::ObjectType kProfile{.name = "Profile",
                                        .fields = kProfileFields};
constexpr Field kOneProfile{.type = FieldType::kObject, .object = &kProfile};

constexpr std::array kListFields = {Field{.name = "checkers",
                                          .type = FieldType::kArray,
                                          .required = true,
                                          .entries = &kOne},
                                    Field{.name = "templates",
                                          .type = FieldType::kArray,
                                          .required = true,
                                          .entries = &kOneTemplate},
                                    Field{.name = "profiles",
                                          .type = FieldType::kArray,
                                          .required = true,
                                          .entries = &kOneProfile}};
constexpr protocol::ObjectType kList{.name = "CheckerList",
                                     .fields = kListFields};

boost::json::object Describe(const rewards::Template& one) {
  return {{"name", one.name},
          {"open", one.open},
          {"close", one.close},
          {"answer_open", one.answer_open},
          {"answer_close", one.answer_close},
          {"prefill", one.prefill}};
}

boost::json::object Describe(const rewards::ProfileCheck& check) {
  boost::json::object one = {{"checker", check.checker},
                             {"weight", check.weight},
                             {"params", check.params},
                             {"optional", check.optional}};
  if (!check.has_gate()) return one;
  one["gate"] = {
      {"only_if",
       boost::json::array(check.only_if.begin(), check.only_if.end())},
      {"unless", boost::json::array(check.unless.begin(), check.unless.end())},
      {"at_least", check.at_least},
      {"otherwise", check.otherwise}};
  return one;
}

boost::json::object Describe(const rewards::Profile& profile) {
  boost::json::object one = {{"name", profile.name},
                             {"summary", profile.summary}};
  if (!profile.template_name.empty()) one["template"] = profile.template_name;
  boost::json::array& checks = one["checks"].emplace_array();
  for (const auto& check : profile.checks) checks.push_back(Describe(check));
  return one;
}

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
  boost::json::array& templates = all["templates"].emplace_array();
  for (const auto& one : registry.templates().templates()) {
    templates.push_back(Describe(one));
  }
  boost::json::array& profiles = all["profiles"].emplace_array();
  for (const auto& one : registry.profiles()) profiles.push_back(Describe(one));
  return all;
}

}  // namespace verifier::engine
