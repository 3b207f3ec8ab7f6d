#include "sandbox/jail.h"

#include <algorithm>
#include <string>
#include <utility>

#include "sandbox/control_groups.h"
#include "sandbox/landlock.h"
#include "sandbox/language.h"
#include "sandbox/launch.h"
#include "sandbox/monitor.h"
#include "sandbox/run_counts.h"
#include "sandbox/slots.h"
#include "sandbox/spawner.h"
#include "sandbox/users.h"

namespace sandbox {
namespace {

RunResult Failure(std::string why) {
  RunResult result;
  result.failure = std::move(why);
  return result;
}

// What is wrong with the program as a description, or empty.
std::string Problem(const Program& program) {
  if (program.argv.empty() || !program.argv[0].starts_with('/')) {
    return "argv[0] must be an absolute path";
  }
  for (const std::string& word : program.argv) {
    if (word.find('\0') != std::string::npos) return "NUL in an argument";
  }
  for (const ProgramFile& file : program.files) {
    if (!IsFileName(file.name)) return "not a file name: " + file.name;
  }
  for (const std::string& name : program.wanted) {
    if (!IsFileName(name)) return "not a file name: " + name;
  }
  if (program.wanted.size() > kMaxWanted) return "too many files are wanted";
  if (program.answers_on_stream && program.stream < 0) {
    return "answers_on_stream without a stream";
  }
  return "";
}

// What `limits` come to with what the run time of the program needs.
RunLimits WithNeeds(RunLimits limits, const RuntimeNeeds& needs) {
  limits.memory_bytes += needs.memory_bytes;
  limits.processes = std::max(limits.processes, needs.processes);
  return limits;
}

boost::system::result<std::shared_ptr<const Jail>, JailError> Const(
    boost::system::result<std::shared_ptr<Jail>, JailError> jail) {
  if (!jail) return jail.error();
  return std::shared_ptr<const Jail>(std::move(*jail));
}

JailError TooWeak(Level least, Level reached) {
  return JailError("level " + std::string(LevelName(least)) +
                   " is required, and this process can reach " +
                   std::string(LevelName(reached)));
}

}  // namespace

boost::system::result<std::shared_ptr<const Jail>, JailError> Jail::Create(
    Level least, Level most) {
  boost::system::result<std::shared_ptr<const Jail>, JailError> jail =
      JailError();
  auto users = std::make_shared<Users>();
  const std::vector<Folder> folders = AtTheirPlaces(LanguageFolders());
  const auto level = ProbeLevel();
  if (!level) {
    jail = level.error();
  } else if (*level == Level::kL2) {
    jail = MakeForRoot(least, most, folders, users);
  } else if (*level < least) {
    return TooWeak(least, *level);
  } else {
    jail = Const(Make(*level, folders, users));
  }
  if (jail || least != Level::kL0) return jail;
  auto weak = Const(Make(Level::kL0, folders, std::move(users)));
  if (weak) return weak;
  return JailError(jail.error().message + "; " + weak.error().message);
}

boost::system::result<std::shared_ptr<const Jail>, JailError> Jail::MakeForRoot(
    Level least, Level most, const std::vector<Folder>& folders,
    const std::shared_ptr<Users>& users) {
  MissingGroups missing{"no level above L2 was asked for", ""};
  if (most == Level::kL3) {
    auto groups = ControlGroups::OfProcess();
    if (groups) {
      auto jail = Make(Level::kL3, folders, users, std::move(*groups));
      if (jail) return Const(std::move(jail));
      missing = {jail.error().message, ""};
    } else {
      missing = std::move(groups).error();
    }
  }
  if (least == Level::kL3) {
    JailError error = TooWeak(least, Level::kL2);
    error.message += ": " + missing.why;
    if (!missing.fix.empty()) error.message += "; " + missing.fix;
    return error;
  }
  auto jail = Make(Level::kL2, folders, users);
  if (jail) (*jail)->enforced_.missing_groups = std::move(missing);
  return Const(std::move(jail));
}

boost::system::result<std::shared_ptr<const Jail>, JailError> Jail::With(
    const std::vector<Folder>& folders) const {
  if (!enforced_.namespaces) {
    return JailError("without a tree of its own a jail has no more folders");
  }
  std::vector<Folder> all = AtTheirPlaces(LanguageFolders());
  all.insert(all.end(), folders.begin(), folders.end());
  return Const(Make(enforced_.level, all, users_, groups_));
}

boost::system::result<std::shared_ptr<Jail>, JailError> Jail::Make(
    Level level, const std::vector<Folder>& folders,
    std::shared_ptr<Users> users, std::shared_ptr<ControlGroups> groups) {
  // In a user namespace of its own, each slot may have the same.
  if (HasOwnUsers(level) && !users->ok()) {
    return JailError("too many jails on this machine: no users are left");
  }
  auto spawner = Spawner::Start(level, folders);
  if (!spawner) return spawner.error();
  std::shared_ptr<Jail> jail(new Jail);
  jail->users_ = std::move(users);
  jail->groups_ = std::move(groups);
  jail->slots_ =
      std::make_unique<Slots>(std::move(*spawner), jail->users_, jail->groups_);
  jail->enforced_ = {
      .level = level,
      .namespaces = level != Level::kL0,
      .user_namespace = level == Level::kL1,
      .own_user = HasOwnUsers(level),
      .system_call_filter = true,
      .landlock = LandlockAbi() > 0,
      .missing_groups = {"only root's jails have them (L3)", "run as root"}};
  if (jail->groups_ != nullptr) jail->SayGroups();
  Program trial;
  trial.argv = {"/usr/bin/true"};
  const RunResult result = jail->RunUncounted(trial, RunLimits{}, nullptr);
  if (result.ending != Ending::kExited || result.exit_code != 0) {
    return JailError(
        "this machine refuses a jail of level " +
        std::string(LevelName(level)) + ": " +
        (result.failure.empty() ? "the trial run failed" : result.failure));
  }
  return jail;
}

void Jail::SayGroups() {
  const bool first = groups_->version() == 1;
  enforced_.control_groups = true;
  enforced_.missing_groups = {};
  enforced_.cpu_source = first ? "rusage+cpuacct" : "rusage+cpu.stat";
  enforced_.memory_source =
      first ? "rlimit_data+memory.limit_in_bytes" : "rlimit_data+memory.max";
}

Jail::Jail() = default;
Jail::~Jail() = default;

RunResult Jail::Run(const Program& program, const RunLimits& limits,
                    const Cancel* cancel) const {
  RunResult result = RunUncounted(program, limits, cancel);
  if (result.refused_to_execute && program.argv[0].starts_with("/w/")) {
    // What it holds is its author's doing.
    result.ending = Ending::kExited;
    result.exit_code = kCannotExecute;
    result.err = std::exchange(result.failure, {}) + "\n";
  }
  if (cancel == nullptr || !cancel->is_set()) {
    RunCounts::OfProcess().Add(program.language, RunVerdict(result));
  }
  return result;
}

RunResult Jail::RunIn(Slot* slot, const Program& program,
                      const RunLimits& limits, const Cancel* cancel) const {
  auto run = LaunchIn(slot, program, limits, enforced_.level);
  if (!run) return Failure(run.error().message);
  RunResult result =
      Monitor(slot, std::move(*run), limits, program.wanted, cancel).Watch();
  // It may have made files without number: the next run would have to wait
  // until all are removed. The keeper does that when its slot ends.
  const bool made_files = limits.processes > 1 || !program.wanted.empty();
  if (enforced_.level == Level::kL0 && made_files) slot->Retire();
  return result;
}

RunResult Jail::RunUncounted(const Program& program, const RunLimits& limits,
                             const Cancel* cancel) const {
  const std::string_view field = OutOfRange(limits);
  if (!field.empty()) return Failure(std::string(field) + " is out of range");
  std::string problem = Problem(program);
  if (!problem.empty()) return Failure(std::move(problem));
  auto slot = slots_->Take();
  if (!slot) return Failure(slot.error().message);
  RunResult result =
      RunIn(slot->get(), program, WithNeeds(limits, program.needs), cancel);
  slots_->GiveBack(std::move(*slot));
  return result;
}

}  // namespace sandbox
