// `assay-train report`: a run as one page.

#ifndef TRAINER_CLI_REPORT_COMMAND_H_
#define TRAINER_CLI_REPORT_COMMAND_H_

#include <CLI/App.hpp>
#include <string>

namespace trainer::cli {

void AddReportCommand(CLI::App& app, int& exit_code);

// Writes the page of the run in `folder` to `path`. Throws RunError: kBadData
// names the file and the line, kResources where it cannot be written.
void WriteReport(const std::string& folder, const std::string& path);

}  // namespace trainer::cli

#endif  // TRAINER_CLI_REPORT_COMMAND_H_
