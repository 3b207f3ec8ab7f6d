// MakeTarget, ParseTag and NearestTags: what a BCP 47 tag means here.

#include <algorithm>
#include <iterator>
#include <utility>

#include "rewards/language/language.h"

namespace rewards::language {
namespace {

struct Alias {
  std::string_view tag;
  std::string_view means;
};

// Other subtags of the same language, and those too close to tell apart.
constexpr Alias kAliases[] = {
    {"no", "nb"},  {"nn", "nb"},  {"nor", "nb"}, {"bs", "hr"},
    {"sh", "hr"},  {"in", "id"},  {"iw", "he"},  {"fil", "tl"},
    {"cmn", "zh"}, {"yue", "zh"}, {"ku", "ckb"},
};

constexpr Alias kRelated[] = {{"id", "ms"}};  // both ways

// How a script is written as a subtag.
struct ScriptName {
  std::string_view subtag;
  Script script;
};
constexpr ScriptName kScriptNames[] = {
    {"latn", Script::kLatin},    {"cyrl", Script::kCyrillic},
    {"arab", Script::kArabic},   {"deva", Script::kDevanagari},
    {"hans", Script::kHan},      {"hant", Script::kHan},
    {"hani", Script::kHan},      {"jpan", Script::kKana},
    {"kore", Script::kHangul},   {"hang", Script::kHangul},
    {"grek", Script::kGreek},    {"hebr", Script::kHebrew},
    {"thai", Script::kThai},     {"armn", Script::kArmenian},
    {"geor", Script::kGeorgian}, {"beng", Script::kBengali},
    {"guru", Script::kGurmukhi}, {"gujr", Script::kGujarati},
    {"taml", Script::kTamil},    {"telu", Script::kTelugu},
    {"knda", Script::kKannada},  {"mlym", Script::kMalayalam},
    {"sinh", Script::kSinhala},  {"khmr", Script::kKhmer},
    {"laoo", Script::kLao},      {"mymr", Script::kMyanmar},
    {"ethi", Script::kEthiopic}, {"tibt", Script::kTibetan},
};

constexpr std::size_t kMaxSubtag = 8;  // characters, by BCP 47

bool IsLetter(char c) { return c >= 'a' && c <= 'z'; }

bool IsSubtag(std::string_view text) {
  return !text.empty() && text.size() <= kMaxSubtag &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return IsLetter(c) || (c >= '0' && c <= '9');
         });
}

bool IsScript(std::string_view subtag) {
  return subtag.size() == 4 &&
         std::all_of(subtag.begin(), subtag.end(), IsLetter);
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::string_view Meant(std::string_view subtag) {
  for (const Alias& alias : kAliases) {
    if (alias.tag == subtag) return alias.means;
  }
  return subtag;
}

void Accept(Target& target, std::string_view tag) {
  target.accepted.set(static_cast<std::size_t>(*FindLanguage(tag)));
}

// The target for `language` written in the script of `subtag`.
std::optional<Target> InScript(Language language, std::string_view subtag,
                               bool group_related) {
  const auto* const found = std::find_if(
      std::begin(kScriptNames), std::end(kScriptNames),
      [subtag](const ScriptName& name) { return name.subtag == subtag; });
  if (found == std::end(kScriptNames)) return std::nullopt;
  if (ScriptOf(language) == found->script) {
    Target target = MakeTarget(language, group_related);
    if (TagOf(language) == "sr")
      target.accepted.reset(static_cast<std::size_t>(*FindLanguage("hr")));
    return target;
  }
  if (TagOf(language) == "sr" && found->script == Script::kLatin) {
    return MakeTarget(*FindLanguage("hr"), group_related);
  }
  return std::nullopt;
}

// Edits from `a` to `b`: letters put in, taken out or changed.
std::size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t corner = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min(
          {above + 1, row[j - 1] + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1)});
      corner = above;
    }
  }
  return row[b.size()];
}

}  // namespace

Target MakeTarget(Language language, bool group_related) {
  Target target;
  target.language = language;
  target.accepted.set(static_cast<std::size_t>(language));
  const std::string_view tag = TagOf(language);
  if (tag == "sr") Accept(target, "hr");  // the same language in Latin script
  if (!group_related) return target;
  for (const Alias& pair : kRelated) {
    if (pair.tag == tag) Accept(target, pair.means);
    if (pair.means == tag) Accept(target, pair.tag);
  }
  return target;
}

std::optional<Target> ParseTag(std::string_view tag, bool group_related) {
  const std::string lower = Lower(tag);
  std::string_view rest = lower;
  std::optional<Language> language;
  std::optional<Target> target;
  while (true) {
    const std::size_t dash = rest.find('-');
    const std::string_view subtag = rest.substr(0, dash);
    if (!IsSubtag(subtag)) return std::nullopt;
    if (!language) {
      language = FindLanguage(Meant(subtag));
      if (!language || *language == Language::kUndetermined) {
        return std::nullopt;
      }
      target = MakeTarget(*language, group_related);
    } else if (IsScript(subtag)) {
      target = InScript(*language, subtag, group_related);
      if (!target) return std::nullopt;
    }
    if (dash == std::string_view::npos) return target;
    rest.remove_prefix(dash + 1);
  }
}

std::vector<std::string_view> NearestTags(std::string_view tag) {
  constexpr std::size_t kLongest = 32;
  constexpr std::size_t kMost = 3;
  const std::string lower = Lower(tag.substr(0, kLongest));
  const std::string_view subtag =
      std::string_view(lower).substr(0, lower.find_first_of("-_"));
  std::vector<std::pair<std::size_t, std::string_view>> near;
  for (const LanguageInfo& info : Languages()) {
    if (info.script == Script::kNone) continue;
    const std::size_t by_name = Distance(lower, Lower(info.name));
    const std::size_t by_tag = Distance(subtag, info.tag);
    if (by_name <= 2) {
      near.emplace_back(by_name, info.tag);
    } else if (by_tag <= 1) {
      near.emplace_back(by_tag + 3, info.tag);
    }
  }
  std::stable_sort(near.begin(), near.end(), [](const auto& a, const auto& b) {
    return a.first < b.first;
  });
  if (near.size() > kMost) near.resize(kMost);
  std::vector<std::string_view> tags;
  for (const auto& [distance, found] : near) tags.push_back(found);
  return tags;
}

}  // namespace rewards::language
