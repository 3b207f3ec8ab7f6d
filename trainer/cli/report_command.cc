#include "trainer/cli/report_command.h"

#include <fmt/format.h>

#include <memory>
#include <string>

#include "trainer/checkpoint/files.h"
#include "trainer/report/html_report.h"
#include "trainer/report/run_reader.h"
#include "trainer/stages/run_error.h"

namespace trainer::cli {

void WriteReport(const std::string& folder, const std::string& path) {
  const auto input = ReadRun(folder);
  if (input.has_error()) {
    throw RunError(ExitCode::kBadData, input.error().text);
  }
  const std::string page = HtmlReport(*input);
  const auto written = ReplaceFile(RealFileSystem(), path, AsBytes(page));
  if (written.has_error()) {
    throw RunError(ExitCode::kResources, written.error().ToString());
  }
}

void AddReportCommand(CLI::App& app, int& exit_code) {
  CLI::App* command =
      app.add_subcommand("report", "a run as one page, also while it goes on");
  const auto folder = std::make_shared<std::string>();
  const auto path = std::make_shared<std::string>();
  command->add_option("run", *folder, "folder of the run")->required();
  command->add_option("-o,--output", *path, "default: RUN/report.html");
  command->callback([folder, path, &exit_code] {
    if (path->empty()) *path = *folder + "/report.html";
    WriteReport(*folder, *path);
    fmt::print("{}\n", *path);
    exit_code = 0;
  });
}

}  // namespace trainer::cli
