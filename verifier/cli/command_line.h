// CommandLine: what the commands of assay share: messages, common options, and
// CLI11's errors turned into ours (exit 2, did you mean).

#ifndef VERIFIER_CLI_COMMAND_LINE_H_
#define VERIFIER_CLI_COMMAND_LINE_H_

#include <CLI/App.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/cli/terminal.h"

namespace verifier::cli {

// Writes to a descriptor; where that fails there is nobody to tell.
void Show(int fd, std::string_view text);

// "assay: MESSAGE" on standard error.
void Complain(std::string_view message);

// `message` and the help of `command` on standard error. Returns kExitUsage.
int UsageWithHelp(const CLI::App& command, std::string_view message);

// Writes to standard output. Returns `exit_code`, or why it could not.
[[nodiscard]] int Print(std::string_view text, int exit_code);

void AddColorOption(CLI::App& command, ColorMode& color);

// --only OUTCOMES: a list with commas, of known outcomes.
void AddOnlyOption(CLI::App& command, std::vector<std::string>& only);

// Parses the command line and runs the command it names. Returns kExitOk after
// help, kExitUsage after an error; else what the command left in `exit_code`.
int ParseAndRun(CLI::App& app, int argc, char** argv, const int& exit_code);

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_COMMAND_LINE_H_
