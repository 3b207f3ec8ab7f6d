#include "verifier/cli/config/profile_tables.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <utility>

#include "verifier/cli/config/profile_check.h"
#include "verifier/cli/terminal.h"

namespace verifier::cli::config {
namespace {

constexpr std::array<PluginKey, 3> kKeys = {{
    {"summary", "a string of up to 1024 bytes", "\"\"", "what it is for"},
    {"template", "the name of a template, or \"\"", "\"\"",
     "of items that name none; \"\": r1"},
    {"checks", "an array of 1 to 16 tables",
     "[{checker = \"math\"}, {checker = \"format\", weight = 0.5}]",
     "checks as items write them: the parameters that an item need not bring, "
     "which win where it does; weight; optional = true, only where the item "
     "brings one; and gate = {only_if = [\"format\"], unless = [], at_least = "
     "1.0, otherwise = 0.0}, which lets it count only where other checks "
     "scored "
     "so",
     true},
}};

std::string CheckPath(const std::string& profile, std::size_t i) {
  return profile + ".checks[" + std::to_string(i) + "]";
}

std::vector<std::string_view> KeyNames() {
  std::vector<std::string_view> names;
  for (const PluginKey& key : kKeys) names.push_back(key.name);
  return names;
}

}  // namespace

std::span<const PluginKey> ProfileKeys() noexcept { return kKeys; }

boost::json::value ProfileJson(std::string_view key, const Profile& profile) {
  if (key == "summary") return boost::json::value(profile.summary);
  if (key == "template") return boost::json::value(profile.template_name);
  boost::json::array checks;
  for (const auto& check : profile.checks) {
    checks.push_back(ProfileCheckJson(check));
  }
  return checks;
}

bool SameProfiles(const std::vector<Profile>& a,
                  const std::vector<Profile>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Profile& one, const Profile& other) {
                      return one.name == other.name &&
                             std::all_of(kKeys.begin(), kKeys.end(),
                                         [&](const PluginKey& key) {
                                           return ProfileJson(key.name, one) ==
                                                  ProfileJson(key.name, other);
                                         });
                    });
}

void ProfileTables::Read(const Node& section, ErrorList& errors) {
  if (!section.is_table) {
    return errors.Add(section.value,
                      "profiles: expected tables [profiles.NAME], got " +
                          Shown(section.given));
  }
  for (const Node& table : section.members) ReadOne(table, errors);
}

void ProfileTables::ReadOne(const Node& table, ErrorList& errors) {
  const std::string shown = "profiles." + Printable(table.name, 80);
  if (!table.is_table) {
    return errors.Add(table.value,
                      shown + ": expected a table [profiles.NAME], got " +
                          Shown(table.given));
  }
  const std::string problem = CheckerNameProblem(table.name, {}, "profile");
  if (!problem.empty()) return errors.Add(table.key, shown + ": " + problem);
  Profile& profile = profiles_[table.name];
  profile.name = table.name;
  first_.emplace(table.name, errors.TextOf(table.key));
  for (const Node& node : table.members) ReadKey(node, profile, errors);
}

void ProfileTables::ReadKey(const Node& node, Profile& profile,
                            ErrorList& errors) {
  const std::string path = profile.name + "." + node.name;
  const std::string shown = "profiles." + Printable(path, 160);
  const auto key = std::find_if(
      kKeys.begin(), kKeys.end(),
      [&node](const PluginKey& one) { return one.name == node.name; });
  if (key == kKeys.end()) {
    return errors.Add(node.key, UnknownKey("profiles." + profile.name,
                                           node.name, KeyNames()));
  }
  origins_[path] = errors.TextOf(node.value);
  Given given = node.given;
  if (node.is_table) given.text = "a table";
  bool good = false;
  if (node.name == "checks") {
    good = ReadChecks(node, profile, errors);
  } else if (given.type == Given::Type::kString &&
             given.text.size() <= kSummaryBytes) {
    (node.name == "summary" ? profile.summary : profile.template_name) =
        given.text;
    good = true;
  }
  if (good) return;
  errors.Add(node.value, shown + ": expected " + std::string(key->allowed) +
                             ", got " + Shown(given));
}

// False where `node` is no array of checks; what is wrong in one is said.
bool ProfileTables::ReadChecks(const Node& node, Profile& profile,
                               ErrorList& errors) {
  if (node.is_table || node.members.empty() ||
      node.members.size() > rewards::kMostProfileChecks) {
    return false;
  }
  profile.checks.clear();
  std::erase_if(places_, [&profile](const auto& place) {
    return place.first.starts_with(profile.name + ".checks[");
  });
  for (const Node& check : node.members) {
    const std::string at = CheckPath(profile.name, profile.checks.size());
    places_[at] = errors.TextOf(check.value);
    for (const Node& member : check.members) {
      places_[at + "." + member.name] = errors.TextOf(member.value);
    }
    profile.checks.push_back(ReadProfileCheck(check, "profiles." + at, errors));
  }
  return true;
}

// Where `key` of a check, or of the profile itself, stands; as near as it can
// be said.
std::string ProfileTables::PlaceOf(const std::string& profile,
                                   const std::string& check,
                                   const std::string& key) const {
  for (const std::string& at :
       {check + "." + key, check + ".gate", check, profile + "." + key}) {
    for (const Origins* places : {&places_, &origins_}) {
      const auto place = places->find(at);
      if (place != places->end()) return place->second;
    }
  }
  return first_.at(profile);
}

std::vector<Profile> ProfileTables::Finish(
    const std::vector<Template>& templates,
    const std::vector<std::string>& others, ErrorList& errors) {
  std::vector<Profile> list;
  const bool whole = errors.empty();  // else what follows may be wrong
  for (auto& [name, profile] : profiles_) {
    if (!origins_.contains(name + ".checks")) {
      errors.Add(first_[name], "profiles." + name + " has no checks");
    }
    if (whole) {
      for (const auto& one :
           engine::ProfileProblems(profile, templates, others)) {
        const std::string check =
            one.check ? CheckPath(name, *one.check) : name;
        errors.Add(PlaceOf(name, check, one.key),
                   "profiles." + check + "." + one.key + ": " + one.detail);
      }
    }
    list.push_back(std::move(profile));
  }
  if (list.size() > kMostProfiles) {
    errors.Add(std::string(kProfiles), std::to_string(list.size()) +
                                           " profiles; at most " +
                                           std::to_string(kMostProfiles));
  }
  return list;
}

}  // namespace verifier::cli::config
