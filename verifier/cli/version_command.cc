#include "verifier/cli/version_command.h"

#include <flint/flint.h>
#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/version.hpp>
#include <memory>

#include "verifier/cli/command_line.h"
#include "verifier/cli/exit_code.h"
#include "verifier/protocol/json_text.h"

namespace verifier::cli {
namespace {

#if defined(__clang__)
constexpr const char* kCompiler = "clang " __clang_version__;
#else
constexpr const char* kCompiler = "gcc " __VERSION__;
#endif

std::string BoostVersion() {
  return fmt::format("{}.{}.{}", BOOST_VERSION / 100'000,
                     BOOST_VERSION / 100 % 1'000, BOOST_VERSION % 100);
}

}  // namespace

std::string VersionLine() {
  const std::string commit = ASSAY_GIT_COMMIT;
  return fmt::format("assay {} ({}{}{}, boost {}, flint {})", ASSAY_VERSION,
                     commit, commit.empty() ? "" : ", ", kCompiler,
                     BoostVersion(), FLINT_VERSION);
}

void AddVersionCommand(CLI::App& app, int& exit_code) {
  auto json = std::make_shared<bool>(false);
  CLI::App* command =
      app.add_subcommand("version", "Say what this build is made of");
  command->add_flag("--json", *json, "as one JSON object");
  command->footer("Example:\n  assay version --json\n");
  command->callback([json, &exit_code] {
    if (!*json) {
      exit_code = Print(VersionLine() + "\n", kExitOk);
      return;
    }
    boost::json::object object;
    object["version"] = ASSAY_VERSION;
    const std::string commit = ASSAY_GIT_COMMIT;
    object["commit"] = commit.empty() ? boost::json::value(nullptr)
                                      : boost::json::value(commit);
    object["compiler"] = kCompiler;
    object["boost"] = BoostVersion();
    object["flint"] = FLINT_VERSION;
    exit_code = Print(protocol::JsonText(object) + "\n", kExitOk);
  });
}

}  // namespace verifier::cli
