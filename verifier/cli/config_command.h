// `assay config`: what assayd is configured to do, and what it could be; and
// what other commands need to take the same files.

#ifndef VERIFIER_CLI_CONFIG_COMMAND_H_
#define VERIFIER_CLI_CONFIG_COMMAND_H_

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "verifier/cli/config/errors.h"

namespace verifier::cli {

// Adds the command to `app`. When it was run, `exit_code` holds its exit code.
void AddConfigCommand(CLI::App& app, int& exit_code);

// --config FILE, again and again.
void AddConfigOption(CLI::App& command, std::vector<std::string>& files);

// The errors of a configuration on standard error. Returns kExitUsage.
int ConfigError(const config::ConfigErrors& errors);

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_CONFIG_COMMAND_H_
