#include "verifier/engine/prepare_item.h"

#include <map>
#include <string>
#include <utility>

#include "verifier/protocol/nearest_name.h"

namespace verifier::engine {
namespace {

using protocol::CheckSpec;
using protocol::FieldError;
using Names = std::vector<std::string_view>;

// "unknown WHAT; did you mean NAME?; this service has A, B".
std::string Unknown(const std::string& what, std::string_view name,
                    const Names& names) {
  std::string list;
  for (const std::string_view one : names) {
    list += (list.empty() ? "" : ", ") + std::string(one);
  }
  const std::string_view near = protocol::NearestName(name, names);
  return "unknown " + what +
         (near.empty() ? "" : "; did you mean " + std::string(near) + "?") +
         "; this service has " + (list.empty() ? "none" : list);
}

Names CheckerNames(const rewards::Registry& registry) {
  Names names;
  for (const auto& one : registry.checkers()) names.push_back(one->name());
  return names;
}

Names ProfileNames(const rewards::Registry& registry) {
  Names names;
  for (const auto& one : registry.profiles()) names.emplace_back(one.name);
  return names;
}

// A check of the profile with what the item brings for it; either may be null.
struct Merged {
  const rewards::ProfileCheck* rule = nullptr;
  const CheckSpec* spec = nullptr;
  std::string place{};  // of `spec`: "/checks/0"
};

std::string PlaceOf(std::size_t i) { return "/checks/" + std::to_string(i); }

std::vector<Merged> Merge(const rewards::Profile& profile,
                          const protocol::Item& item) {
  std::vector<Merged> merged;
  std::map<std::string_view, std::vector<std::size_t>> of_checker;
  for (std::size_t i = 0; i < profile.checks.size(); ++i) {
    merged.push_back({&profile.checks[i]});
    of_checker[profile.checks[i].checker].push_back(i);
  }
  std::map<std::string_view, std::size_t> used;
  for (std::size_t i = 0; i < item.checks.size(); ++i) {
    const CheckSpec& spec = item.checks[i];
    const auto places = of_checker.find(spec.checker);
    const std::size_t next = used[spec.checker]++;
    if (places != of_checker.end() && next < places->second.size()) {
      Merged& with = merged[places->second[next]];
      with.spec = &spec;
      with.place = PlaceOf(i);
    } else {
      merged.push_back({nullptr, &spec, PlaceOf(i)});
    }
  }
  std::erase_if(merged, [](const Merged& one) {
    return one.rule != nullptr && one.rule->optional && one.spec == nullptr;
  });
  return merged;
}

// The checks that `item` asks for; `profile` may be null.
std::vector<Merged> Asked(const rewards::Profile* profile,
                          const protocol::Item& item) {
  if (profile != nullptr) return Merge(*profile, item);
  std::vector<Merged> all;
  for (std::size_t i = 0; i < item.checks.size(); ++i) {
    all.push_back({nullptr, &item.checks[i], PlaceOf(i)});
  }
  return all;
}

boost::json::object ParamsOf(const Merged& one) {
  boost::json::object params = one.rule->params;
  if (one.spec == nullptr) return params;
  for (const auto& member : one.spec->params) {
    params[member.key()] = member.value();
  }
  return params;
}

// Where an error at `pointer` of the merged parameters is the item's.
bool IsOfItem(const Merged& one, std::string_view pointer) {
  if (one.spec == nullptr) return false;
  const std::string_view key =
      pointer.empty() ? pointer : pointer.substr(1, pointer.find('/', 1) - 1);
  return one.rule == nullptr || one.spec->params.contains(key) ||
         !one.rule->params.contains(key);
}

FieldError ErrorOf(const Merged& one, const std::string& profile,
                   const rewards::ParamError& error) {
  if (IsOfItem(one, error.pointer)) {
    return {one.place + error.pointer, error.detail};
  }
  return {"/profile", "the check " + one.rule->checker + " of the profile " +
                          profile + " cannot be used: " + error.pointer + ": " +
                          error.detail +
                          "; an item can bring what is missing in \"checks\""};
}

boost::system::result<PreparedCheck, FieldError> Prepare(
    const rewards::Registry& registry, const protocol::Item& item,
    const Merged& one) {
  const std::string& name =
      one.rule != nullptr ? one.rule->checker : one.spec->checker;
  PreparedCheck prepared;
  prepared.rule = one.rule;
  prepared.checker = registry.Find(name);
  if (prepared.checker == nullptr) {
    return FieldError(one.spec != nullptr ? one.place + "/checker" : "/profile",
                      Unknown("checker", name, CheckerNames(registry)));
  }
  auto check = one.rule == nullptr ? prepared.checker->Prepare(one.spec->params)
                                   : prepared.checker->Prepare(ParamsOf(one));
  if (!check) return ErrorOf(one, item.profile, check.error());
  prepared.check = std::move(*check);
  if (one.rule != nullptr) prepared.weight = one.rule->weight;
  if (one.spec != nullptr) {
    prepared.weight = one.spec->weight.value_or(prepared.weight);
  }
  return prepared;
}

}  // namespace

boost::system::result<PreparedItem, FieldError> PrepareItem(
    const rewards::Registry& registry, const protocol::Item& item) {
  PreparedItem prepared;
  const rewards::Profile* profile = nullptr;
  if (!item.profile.empty()) {
    profile = registry.FindProfile(item.profile);
    if (profile == nullptr) {
      return FieldError(
          "/profile", Unknown("profile", item.profile, ProfileNames(registry)));
    }
    if (!profile->template_name.empty()) {
      prepared.template_name = profile->template_name;
    }
  }
  if (item.template_name) prepared.template_name = *item.template_name;
  if (registry.templates().Find(prepared.template_name) == nullptr) {
    return FieldError("/template", Unknown("template", prepared.template_name,
                                           registry.templates().names()));
  }
  for (const Merged& one : Asked(profile, item)) {
    auto check = Prepare(registry, item, one);
    if (!check) return check.error();
    prepared.checks.push_back(*std::move(check));
  }
  if (prepared.checks.empty()) {
    return FieldError("/checks", "the profile " + item.profile +
                                     " has only checks that an item brings, "
                                     "and this one brings none");
  }
  return prepared;
}

const rewards::Checker* FirstChecker(const rewards::Registry& registry,
                                     const protocol::Item& item) {
  if (item.error) return nullptr;
  if (item.profile.empty()) {
    return item.checks.empty() ? nullptr
                               : registry.Find(item.checks.front().checker);
  }
  const std::vector<Merged> merged =
      Asked(registry.FindProfile(item.profile), item);
  if (merged.empty()) return nullptr;
  const Merged& first = merged.front();
  return registry.Find(first.rule != nullptr ? first.rule->checker
                                             : first.spec->checker);
}

}  // namespace verifier::engine
