// `assay doctor`: what works on this machine, and what would help.

#ifndef VERIFIER_CLI_DOCTOR_COMMAND_H_
#define VERIFIER_CLI_DOCTOR_COMMAND_H_

#include <CLI/App.hpp>

namespace verifier::cli {

// Adds the command to `app`. When it was run, `exit_code` holds its exit code.
void AddDoctorCommand(CLI::App& app, int& exit_code);

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_DOCTOR_COMMAND_H_
