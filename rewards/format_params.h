// FormatParams: the parameters of a format check (format_checker.h), read and
// described. Thread-safe: no state.

#ifndef REWARDS_FORMAT_PARAMS_H_
#define REWARDS_FORMAT_PARAMS_H_

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "rewards/format/peer_rule.h"
#include "rewards/format/template.h"
#include "rewards/format/template_set.h"
#include "rewards/params.h"

namespace rewards {

// What a response that is not right earns.
enum class FormatCredit {
  kNone,
  kTags,    // format::Finding::credit
  kLadder,  // format::Finding::ladder
};

struct FormatOptions {
  const format::PeerRule* rule = nullptr;  // decides, where it is set
  std::optional<format::Template> tmpl{};  // none: the item's
  std::vector<std::string> eos{};
  std::optional<bool> prefill{};  // none: as the template says
  std::optional<format::Whitespace> whitespace{};
  bool allow_text_after = false;
  bool allow_empty_think = false;
  FormatCredit credit = FormatCredit::kNone;
};

// Reads `params`; names of templates are those of `templates`.
[[nodiscard]] ParamResult<FormatOptions> ReadFormatParams(
    const boost::json::object& params, const format::TemplateSet& templates);

// Their JSON Schema.
[[nodiscard]] boost::json::object FormatSchema(
    const format::TemplateSet& templates);

}  // namespace rewards

#endif  // REWARDS_FORMAT_PARAMS_H_
