// `assay version`: what this build is made of.

#ifndef VERIFIER_CLI_VERSION_COMMAND_H_
#define VERIFIER_CLI_VERSION_COMMAND_H_

#include <CLI/App.hpp>
#include <string>

namespace verifier::cli {

// Adds the command to `app`. When it was run, `exit_code` holds its exit code.
void AddVersionCommand(CLI::App& app, int& exit_code);

// "assay 0.1.0 (a1b2c3d, gcc 12.2.0, boost 1.81.0, flint 2.9.0)"
[[nodiscard]] std::string VersionLine();

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_VERSION_COMMAND_H_
