#include "rewards/format/template_set.h"

#include <algorithm>
#include <utility>

namespace rewards::format {

TemplateSet::TemplateSet(std::vector<Template> declared) {
  for (const std::string_view name : TemplateNames()) {
    templates_.push_back(*FindTemplate(name));
  }
  for (Template& one : declared) templates_.push_back(std::move(one));
}

const TemplateSet& TemplateSet::BuiltIn() {
  static const TemplateSet built_in;
  return built_in;
}

const Template* TemplateSet::Find(std::string_view name) const noexcept {
  const auto found =
      std::find_if(templates_.begin(), templates_.end(),
                   [name](const Template& one) { return one.name == name; });
  return found == templates_.end() ? nullptr : &*found;
}

std::vector<std::string_view> TemplateSet::names() const {
  std::vector<std::string_view> names;
  for (const Template& one : templates_) names.emplace_back(one.name);
  return names;
}

}  // namespace rewards::format
