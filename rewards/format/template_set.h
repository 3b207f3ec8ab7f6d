// TemplateSet: the templates that an item may name: the built-in ones, and
// those that an operator declares. Immutable once made; any thread.

#ifndef REWARDS_FORMAT_TEMPLATE_SET_H_
#define REWARDS_FORMAT_TEMPLATE_SET_H_

#include <string_view>
#include <vector>

#include "rewards/format/template.h"

namespace rewards::format {

class TemplateSet {
 public:
  // The built-in templates, then `declared`. Requires: TemplateProblem is empty
  // for each, and the names differ and are no built-in one's.
  explicit TemplateSet(std::vector<Template> declared = {});

  // The set without declared ones. Lives as long as the process.
  [[nodiscard]] static const TemplateSet& BuiltIn();

  // The template of that name, or nullptr. Owned by the set.
  [[nodiscard]] const Template* Find(std::string_view name) const noexcept;

  // Built-in ones first.
  [[nodiscard]] const std::vector<Template>& templates() const noexcept {
    return templates_;
  }
  [[nodiscard]] std::vector<std::string_view> names() const;

 private:
  std::vector<Template> templates_;
};

}  // namespace rewards::format

#endif  // REWARDS_FORMAT_TEMPLATE_SET_H_
