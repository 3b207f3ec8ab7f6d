// The files that `assay plugin new` begins with: those of examples/plugins, as
// they were when this was built. Constant data; any thread.

#ifndef VERIFIER_CLI_PLUGIN_TEMPLATES_H_
#define VERIFIER_CLI_PLUGIN_TEMPLATES_H_

#include <string_view>

namespace verifier::cli {

// The name of their checker, which stands wherever the new one's is to stand.
inline constexpr std::string_view kTemplateName = "word_limit";

extern const std::string_view kPythonPlugin;
extern const std::string_view kCxxPlugin;

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_PLUGIN_TEMPLATES_H_
