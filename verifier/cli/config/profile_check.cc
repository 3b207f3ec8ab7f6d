#include "verifier/cli/config/profile_check.h"

#include <boost/json/array.hpp>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include "verifier/cli/terminal.h"

namespace verifier::cli::config {
namespace {

namespace json = boost::json;

constexpr double kMostWeight = 1e6;

Given GivenOf(const Node& node) {
  Given given = node.given;
  if (node.is_table) given.text = "a table";
  return given;
}

// Reads the fields of one check, or of its gate.
class Reader {
 public:
  Reader(std::string path, ErrorList& errors)
      : path_(std::move(path)), errors_(errors) {}

  void Wrong(const Node& node, const std::string& expected) {
    errors_.Add(node.value, path_ + "." + Printable(node.name, 80) +
                                ": expected " + expected + ", got " +
                                Shown(GivenOf(node)));
  }

  void Number(const Node& node, double least, double most,
              const std::string& expected, double& number) {
    const bool good = node.json && node.json->is_number() &&
                      node.json->to_number<double>() >= least &&
                      node.json->to_number<double>() <= most;
    if (!good) return Wrong(node, expected);
    number = node.json->to_number<double>();
  }

  void Flag(const Node& node, bool& flag) {
    if (node.given.type != Given::Type::kBoolean) {
      return Wrong(node, "true or false");
    }
    flag = node.given.boolean;
  }

  void Names(const Node& node, std::vector<std::string>& names) {
    const std::string expected = "an array of up to " +
                                 std::to_string(rewards::kMostGateNames) +
                                 " names of checkers";
    if (node.given.type != Given::Type::kArray ||
        node.given.elements.size() > rewards::kMostGateNames) {
      return Wrong(node, expected);
    }
    std::vector<std::string> read;
    for (const Given& one : node.given.elements) {
      if (one.type != Given::Type::kString) return Wrong(node, expected);
      read.push_back(one.text);
    }
    names = std::move(read);
  }

  void Gate(const Node& node, engine::ProfileCheck& check) {
    if (!node.is_table) {
      return Wrong(node, "a table {only_if, unless, at_least, otherwise}");
    }
    Reader gate(path_ + ".gate", errors_);
    bool named = false;
    for (const Node& member : node.members) {
      gate.GateKey(member, check);
      named = named || member.name == "only_if" || member.name == "unless";
    }
    if (!named || (!check.has_gate() && errors_.empty())) {
      errors_.Add(node.value, path_ + ".gate has neither only_if nor unless");
    }
  }

 private:
  void GateKey(const Node& node, engine::ProfileCheck& check) {
    if (node.name == "only_if") return Names(node, check.only_if);
    if (node.name == "unless") return Names(node, check.unless);
    if (node.name == "at_least") {
      const double least = std::nextafter(0.0, 1.0);
      return Number(node, least, 1, "a number over 0, at most 1",
                    check.at_least);
    }
    if (node.name == "otherwise") {
      return Number(node, 0, 1, "a number from 0 to 1", check.otherwise);
    }
    const std::vector<std::string_view> names = {"only_if", "unless",
                                                 "at_least", "otherwise"};
    errors_.Add(node.key, UnknownKey(path_, node.name, names));
  }

  const std::string path_;
  ErrorList& errors_;
};

}  // namespace

engine::ProfileCheck ReadProfileCheck(const Node& node, const std::string& path,
                                      ErrorList& errors) {
  engine::ProfileCheck check;
  Reader reader(path, errors);
  for (const Node& member : node.members) {
    if (member.name == "checker") {
      if (member.given.type == Given::Type::kString) {
        check.checker = member.given.text;
      } else {
        reader.Wrong(member, "the name of a checker");
      }
    } else if (member.name == "weight") {
      reader.Number(member, -kMostWeight, kMostWeight,
                    "a number from -1000000 to 1000000", check.weight);
    } else if (member.name == "optional") {
      reader.Flag(member, check.optional);
    } else if (member.name == "gate") {
      reader.Gate(member, check);
    } else if (auto value = JsonOf(member)) {
      check.params[member.name] = *std::move(value);
    } else {
      reader.Wrong(member, "a value that JSON has, nested 32 levels at most");
    }
  }
  if (check.checker.empty() && errors.empty()) {
    errors.Add(node.value, path + " has no checker");
  }
  return check;
}

json::object ProfileCheckJson(const engine::ProfileCheck& check) {
  const engine::ProfileCheck plain;
  json::object one = {{"checker", check.checker}};
  if (check.weight != plain.weight) one["weight"] = check.weight;
  if (check.optional) one["optional"] = true;
  if (check.has_gate()) {
    json::object& gate = one["gate"].emplace_object();
    for (const auto& [key, names] : {std::pair{"only_if", &check.only_if},
                                     std::pair{"unless", &check.unless}}) {
      if (!names->empty())
        gate[key] = json::array(names->begin(), names->end());
    }
    if (check.at_least != plain.at_least) gate["at_least"] = check.at_least;
    if (check.otherwise != plain.otherwise) gate["otherwise"] = check.otherwise;
  }
  for (const auto& param : check.params) one[param.key()] = param.value();
  return one;
}

}  // namespace verifier::cli::config
