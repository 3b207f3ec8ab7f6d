#include "verifier/cli/score_command.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

#include "verifier/cli/command_line.h"
#include "verifier/cli/config_command.h"
#include "verifier/cli/exit_code.h"
#include "verifier/cli/local_checkers.h"
#include "verifier/cli/progress_bar.h"
#include "verifier/cli/result_writer.h"
#include "verifier/cli/score_options.h"
#include "verifier/cli/score_run.h"
#include "verifier/cli/scorer.h"
#include "verifier/cli/summary.h"

namespace verifier::cli {
namespace {

using std::chrono::steady_clock;

// Complaints of one kind that are shown without --verbose.
constexpr std::size_t kMostComplaints = 20;

// An open file, or standard input.
class Input {
 public:
  explicit Input(const std::string& file)
      : name_(file == "-" ? "<stdin>" : file),
        fd_(file == "-" ? STDIN_FILENO
                        : open(file.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (fd_ < 0) {
      error_ = std::strerror(errno);
    } else if (fstat(fd_, &status_) == 0 && S_ISDIR(status_.st_mode)) {
      error_ = "is a directory";
    }
  }
  ~Input() {
    if (fd_ > STDERR_FILENO) close(fd_);
  }
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  [[nodiscard]] int fd() const { return fd_; }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& error() const { return error_; }

  // Bytes, where that is known before the end.
  [[nodiscard]] std::optional<std::uint64_t> size() const {
    if (!S_ISREG(status_.st_mode) || status_.st_size <= 0) return std::nullopt;
    return static_cast<std::uint64_t>(status_.st_size);
  }

  [[nodiscard]] bool Is(const std::string& path) const {
    struct stat other {};
    return S_ISREG(status_.st_mode) && stat(path.c_str(), &other) == 0 &&
           other.st_dev == status_.st_dev && other.st_ino == status_.st_ino;
  }

 private:
  std::string name_;
  int fd_;
  struct stat status_ {};
  std::string error_;
};

// One run of the command: what is shown while results come, and at the end.
class ScoreCommand {
 public:
  ScoreCommand(const ScoreOptions& options, const Input& input,
               const protocol::Limits& limits)
      : options_(options),
        input_(input),
        limits_(limits),
        plan_(PlanOutput(options, IsTerminal(STDOUT_FILENO))),
        color_(plan_.summary_fd >= 0 &&
               UseColor(options.color, plan_.summary_fd)),
        bar_(IsTerminal(STDERR_FILENO), TerminalColumns(STDERR_FILENO),
             steady_clock::now()) {}

  int Run(std::unique_ptr<Scorer> scorer, Wakeup& wakeup) {
    if (!plan_.results_path.empty()) {
      if (input_.Is(plan_.results_path)) {
        Complain(plan_.results_path +
                 " is the input; name another file with -o");
        return kExitUsage;
      }
      writer_.emplace(plan_.results_path);
      if (writer_->error() != 0) return WriteFailed();
    } else if (plan_.results_to_stdout) {
      writer_.emplace(STDOUT_FILENO);
    }
    protocol::Limits limits = limits_;
    // A response that is too long is for the scorer to say.
    if (!options_.server.empty()) {
      limits.response_bytes = ItemReader::kLineBytes;
    }
    ItemReader reader(input_.fd(), limits);
    ScoreRun run(reader, input_.fd(), *scorer, wakeup);
    const ScoreRun::Events events{
        [this](std::size_t line, const protocol::ScoreResult& result) {
          return Take(line, result);
        },
        [this](std::uint64_t bytes) { return Idle(bytes); }};
    const ScoreRun::End end = run.Run(options_.limit, events);
    Show(STDERR_FILENO, bar_.Clear());
    return Finish(end, run.error(), *scorer);
  }

 private:
  bool Take(std::size_t line, const protocol::ScoreResult& result) {
    summary_.Add(result);
    Report(line, result);
    if (!IsWanted(result, options_.only)) return true;
    if (options_.table && plan_.summary_fd >= 0) {
      const bool terminal = IsTerminal(plan_.summary_fd);
      const std::size_t columns =
          terminal ? TerminalColumns(plan_.summary_fd) : 160;
      rows_ += ResultRow(result, columns, color_) + "\n";
    }
    return !writer_ || writer_->Write(result);
  }

  // Says where an item is that has no number, and why.
  void Report(std::size_t line, const protocol::ScoreResult& result) {
    if (result.status == protocol::Status::kOk) return;
    const bool invalid = result.status == protocol::Status::kInvalid;
    std::size_t& count = invalid ? invalid_ : not_judged_;
    if (++count > kMostComplaints && !options_.verbose) return;
    std::string why;
    if (invalid && result.error) {
      const std::string& pointer = result.error->pointer;
      why = pointer + (pointer.empty() ? "" : ": ") + result.error->detail;
    } else {
      why = result.status == protocol::Status::kCancelled ? "cancelled"
                                                          : "not judged";
      for (const protocol::CheckResult& check : result.checks) {
        if (check.score) continue;
        why += ": " + check.checker + ": " + std::string(ReasonOf(check));
        break;
      }
    }
    Show(
        STDERR_FILENO,
        bar_.Clear() + fmt::format("{}:{}: {}\n", Printable(input_.name(), 200),
                                   line, Printable(why, 500)));
    if (count == kMostComplaints && !options_.verbose) {
      Show(STDERR_FILENO, fmt::format("... further {} items are counted, not "
                                      "shown (-v shows all)\n",
                                      invalid ? "invalid" : "unjudged"));
    }
  }

  bool Idle(std::uint64_t bytes) {
    if (writer_ && plan_.results_to_stdout && !writer_->Flush()) return false;
    if (!rows_.empty()) {
      Show(STDERR_FILENO, bar_.Clear());
      const int error = WriteAll(plan_.summary_fd, rows_);
      rows_.clear();
      if (error != 0) return sink_error_ = error, false;
    }
    if (options_.quiet || options_.no_progress) return true;
    // A bar in the midst of results on the same terminal helps nobody.
    if (plan_.results_to_stdout && IsTerminal(STDOUT_FILENO)) return true;
    Progress progress{summary_.items()};
    if (const auto size = input_.size()) {
      progress.fraction = std::min(
          1.0, static_cast<double>(bytes) / static_cast<double>(*size));
    }
    Show(STDERR_FILENO, bar_.Update(progress, steady_clock::now()));
    return true;
  }

  int Finish(ScoreRun::End end, const std::string& error,
             const Scorer& scorer) {
    switch (end) {
      case ScoreRun::End::kInterrupted:
        Complain(fmt::format("interrupted after {} items; {}", summary_.items(),
                             plan_.results_to_stdout
                                 ? "the results so far are out"
                                 : "no results were kept"));
        return kExitInterrupted;
      case ScoreRun::End::kReadFailed:
        Complain("cannot read " + input_.name() + ": " + error);
        return kExitBadInput;
      case ScoreRun::End::kServerFailed:
        Complain(fmt::format("the server was lost after {} items: {}",
                             summary_.items(), Printable(error, 500)));
        return kExitUnreachable;
      case ScoreRun::End::kSinkFailed:
        return WriteFailed();
      case ScoreRun::End::kDone:
        break;
    }
    if (writer_ && !writer_->Commit()) return WriteFailed();
    if (!ShowSummary(scorer)) return WriteFailed();
    if (summary_.invalid() > 0) return kExitBadInput;
    return summary_.not_judged() > 0 ? kExitNotJudged : kExitOk;
  }

  bool ShowSummary(const Scorer& scorer) {
    if (plan_.summary_fd < 0) return true;
    std::string text =
        fmt::format("scored {} {}, {} items\n", Printable(input_.name(), 200),
                    scorer.description(), summary_.items());
    text += summary_.Text(color_);
    const std::string& path = plan_.results_path;
    if (!path.empty()) {
      text += "results: " + Printable(path, 500);
      if (options_.file != "-") {
        text += "    wrong ones: assay score " + Printable(options_.file, 500) +
                " --only wrong --table";
      }
      text += "\n";
    } else if (!plan_.results_to_stdout) {
      text += "results: not kept (-o FILE keeps them)\n";
    }
    sink_error_ = WriteAll(plan_.summary_fd, text);
    return sink_error_ == 0;
  }

  int WriteFailed() {
    const int error =
        writer_ && writer_->error() != 0 ? writer_->error() : sink_error_;
    if (error == EPIPE) return kExitBrokenPipe;
    const std::string name =
        plan_.results_path.empty() ? "standard output" : plan_.results_path;
    Complain("cannot write " + name + ": " + std::strerror(error));
    const bool full = error == ENOSPC || error == EDQUOT;
    return full ? kExitResources : kExitUsage;
  }

  const ScoreOptions& options_;
  const Input& input_;
  const protocol::Limits limits_;
  OutputPlan plan_;
  bool color_;
  ProgressBar bar_;
  std::optional<ResultWriter> writer_;
  Summary summary_;
  std::string rows_;  // of --table, not yet written
  std::size_t invalid_ = 0;
  std::size_t not_judged_ = 0;
  int sink_error_ = 0;
};

int RunScore(const ScoreOptions& options, const CLI::App& command) {
  if (options.file.empty() ||
      (options.file == "-" && IsTerminal(STDIN_FILENO))) {
    return UsageWithHelp(command, "no items: name a FILE, or pipe items in");
  }
  const Input input(options.file);
  if (!input.error().empty()) {
    Complain("cannot read " + options.file + ": " + input.error());
    return kExitUsage;
  }
  Wakeup wakeup;
  std::unique_ptr<Scorer> scorer;
  protocol::Limits limits;
  if (options.server.empty()) {
    int exit_code = kExitOk;
    auto checkers = MakeLocalCheckers(options.config, exit_code);
    if (!checkers) return exit_code;
    limits = checkers->limits;
    engine::EngineOptions engine;
    engine.workers = options.workers;
    engine.slots = options.slots;
    scorer = MakeEngineScorer(std::move(checkers->registry), engine);
  } else {
    const auto endpoint = client::ParseEndpoint(options.server);
    if (!endpoint) {
      Complain(endpoint.error().detail);
      return kExitUsage;
    }
    auto made = MakeServerScorer(*endpoint);
    if (!made) {
      Complain(Printable(options.server, 200) + ": " +
               Printable(made.error().detail, 500));
      return kExitUnreachable;
    }
    scorer = std::move(*made);
  }
  wakeup.CatchInterrupt();
  ScoreCommand run(options, input, limits);
  return run.Run(std::move(scorer), wakeup);
}

}  // namespace

void AddScoreCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ScoreOptions>();
  CLI::App* command = app.add_subcommand(
      "score", "Score a file of items, one JSON object a line");
  command->add_option("FILE", options->file, "items (JSONL), or - for stdin");
  command->add_option("--server", options->server,
                      "score at this assayd, e.g. http://127.0.0.1:8790; "
                      "without it: in this process");
  AddConfigOption(*command, options->config);
  command->get_option("--config")->excludes("--server");
  command->add_option("-o,--output", options->output,
                      "write the results here; appears when it is whole");
  command->add_flag("--json", options->json,
                    "results on standard output, one object a line (what a "
                    "pipe gets without asking)");
  command->add_flag("--table", options->table,
                    "one readable row an item, and the summary");
  AddOnlyOption(*command, options->only);
  command->add_option("--limit", options->limit, "score the first N items only")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  command
      ->add_option("--workers", options->workers,
                   "threads that check answers (0: one a core)")
      ->check(CLI::Range(0, 1024))
      ->type_name("N");
  command
      ->add_option("--slots", options->slots,
                   "programs that run at once (0: one a core)")
      ->check(CLI::Range(0, 512))
      ->type_name("N");
  command->add_flag("--no-progress", options->no_progress,
                    "no progress on standard error");
  AddColorOption(*command, options->color);
  command->add_flag("-q,--quiet", options->quiet, "errors only");
  command->add_flag("-v,--verbose", options->verbose, "every complaint");
  command->footer(
      "Exit: 0 whatever the answers were, 5 something was not judged, 3 a line "
      "was\ninvalid (named as FILE:LINE), 4 the server cannot be reached.\n\n"
      "Examples:\n"
      "  assay score answers.jsonl\n"
      "  assay score answers.jsonl --only wrong,timeout --table\n"
      "  generate | assay score - --server http://127.0.0.1:8790 | jq "
      ".reward\n");
  command->callback([options, command, &exit_code] {
    exit_code = RunScore(*options, *command);
  });
}

}  // namespace verifier::cli
