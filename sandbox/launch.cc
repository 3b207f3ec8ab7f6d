#include "sandbox/launch.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "sandbox/control_groups.h"

namespace sandbox {
namespace {

JailError SystemError(const char* call) {
  return JailError(std::string(call) + ": " +
                   std::system_category().message(errno));
}

// A file that holds `content`, to be read from its start and never changed.
boost::system::result<Fd, JailError> SealedFile(const char* name,
                                                std::string_view content) {
  Fd file(memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!file) return SystemError("memfd_create");
  for (std::size_t done = 0; done < content.size();) {
    const ssize_t wrote =
        write(file.get(), content.data() + done, content.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return SystemError("write a sealed file");
    done += static_cast<std::size_t>(wrote);
  }
  constexpr int kSeals =
      F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
  if (lseek(file.get(), 0, SEEK_SET) != 0 ||
      fcntl(file.get(), F_ADD_SEALS, kSeals) != 0) {
    return SystemError("seal a file");
  }
  return file;
}

struct Pipe {
  Fd read;
  Fd write;
};

boost::system::result<Pipe, JailError> OutputPipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return SystemError("pipe2");
  Pipe pipe{Fd(ends[0]), Fd(ends[1])};
  if (fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0) return SystemError("fcntl");
  return pipe;
}

// Messages on it carry the sender's PID as this process sees it.
boost::system::result<Pipe, JailError> StatusSocket() {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
    return SystemError("socketpair");
  }
  Pipe pair{Fd(ends[0]), Fd(ends[1])};
  const int on = 1;
  if (setsockopt(ends[0], SOL_SOCKET, SO_PASSCRED, &on, sizeof(on)) != 0) {
    return SystemError("setsockopt");
  }
  return pair;
}

std::string BundleOf(const Program& program) {
  std::string bundle;
  for (const std::string& word : program.argv) {
    bundle.append(word.c_str(), word.size() + 1);
  }
  for (const ProgramFile& file : program.files) {
    const std::string path = "/w/" + file.name;
    const FileHead head{.bytes = file.content.size(),
                        .path_bytes = static_cast<std::uint32_t>(path.size()),
                        .mode = file.executable ? 0755U : 0644U};
    bundle.append(reinterpret_cast<const char*>(&head), sizeof(head));
    bundle.append(path.c_str(), path.size() + 1);
    bundle.append(file.content);
  }
  return bundle;
}

// Of all processes that have the user of this one.
int ThreadsOfUser() {
  int threads = 0;
  std::error_code ignored;
  for (const auto& entry :
       std::filesystem::directory_iterator("/proc", ignored)) {
    struct stat status {};
    const std::string path = entry.path();
    if (std::isdigit(path.back()) == 0 || stat(path.c_str(), &status) != 0 ||
        status.st_uid != geteuid()) {
      continue;
    }
    // One is a folder for itself and its parent, the others for themselves.
    if (stat((path + "/task").c_str(), &status) == 0) {
      threads += static_cast<int>(status.st_nlink) - 2;
    }
  }
  return threads;
}

void AddLimits(const RunLimits& limits, const RuntimeNeeds& needs, Level level,
               RunOrder* order) {
  const auto add = [order](unsigned resource, std::int64_t wanted) {
    rlimit64 now{};
    getrlimit64(static_cast<__rlimit_resource>(resource), &now);
    const rlim64_t value =
        std::min(static_cast<rlim64_t>(wanted), now.rlim_max);
    order->limits.at(order->limit_count++) = {resource, {value, value}};
  };
  // Whole seconds: a back-stop for the deadline that the monitor holds.
  const auto seconds =
      std::chrono::ceil<std::chrono::seconds>(limits.cpu).count() + 1;
  add(RLIMIT_CPU, seconds);
  add(RLIMIT_DATA, limits.memory_bytes);
  add(RLIMIT_AS, limits.memory_bytes + needs.address_bytes);
  add(RLIMIT_STACK, std::min(kStackBytes, limits.memory_bytes));
  add(RLIMIT_FSIZE, limits.file_bytes);
  add(RLIMIT_NOFILE, kMaxOpenFiles);
  // Threads count. In a user namespace those that hold the slot have the same
  // user, and without one all that are not the run's.
  int others = 0;
  if (level == Level::kL1) others = kSlotProcesses;
  if (level == Level::kL0 && !HasOwnUsers(level)) others = ThreadsOfUser();
  add(RLIMIT_NPROC, limits.processes + needs.threads + others);
  add(RLIMIT_MEMLOCK, 0);
  add(RLIMIT_MSGQUEUE, 0);
  add(RLIMIT_SIGPENDING, kMaxSignals);
}

// A main file and no option of Node but the size of its heap.
bool IsForNode(const std::vector<std::string>& argv) {
  return argv.size() >= 3 && argv[0] == "/usr/bin/node" &&
         argv[1].starts_with("--max-old-space-size=") && IsFileName(argv[2]) &&
         !argv[2].starts_with("-");
}

// What can be forked from an interpreter that has started: of Python a lone
// main.py, as other modules of the program could have the names of those it has
// read.
Interpreter InterpreterOf(const Program& program) {
  const auto& argv = program.argv;
  if (program.fresh_interpreter || argv.size() < 2) return Interpreter::kNone;
  if (IsForNode(argv)) return Interpreter::kNode;
  if (argv[0] != "/usr/bin/python3" || argv[1] != "main.py") {
    return Interpreter::kNone;
  }
  const ProgramFile* main = nullptr;
  for (const ProgramFile& file : program.files) {
    if (!file.name.ends_with(".py")) continue;
    if (file.name != argv[1]) return Interpreter::kNone;
    main = &file;
  }
  if (main == nullptr) return Interpreter::kNone;
  const bool numpy = main->content.find("numpy") != std::string::npos;
  return numpy ? Interpreter::kNumpy : Interpreter::kPython;
}

RunOrder OrderFor(const Program& program, const RunLimits& limits,
                  Level level) {
  RunOrder order{.kind = RunOrder::Kind::kRun,
                 .fork = limits.processes > 1,
                 .hands_out_work = !program.wanted.empty(),
                 .interpreter = level == Level::kL0 ? Interpreter::kNone
                                                    : InterpreterOf(program),
                 .argc = static_cast<std::uint32_t>(program.argv.size()),
                 .files = static_cast<std::uint32_t>(program.files.size()),
                 .work_bytes = limits.file_bytes};
  // Its memory and files, all processes together.
  order.group_bytes = limits.memory_bytes + kGroupSlackBytes;
  order.group_tasks = limits.processes + program.needs.threads + kGroupTasks;
  AddLimits(limits, program.needs, level, &order);
  return order;
}

boost::system::result<Launched, JailError> Send(Slot* slot,
                                                const Program& program,
                                                const RunOrder& order, int in,
                                                int out, int err) {
  const auto bundle = SealedFile("bundle", BundleOf(program));
  if (!bundle) return bundle.error();
  auto status = StatusSocket();
  if (!status) return status.error();
  const int fds[kRunFds] = {in, out, err, status->write.get(), bundle->get()};
  if (!slot->Run(order, fds)) return SystemError("order a run of the slot");
  return Launched{Fd(), Fd(), std::move(status->read)};
}

}  // namespace

boost::system::result<Launched, JailError> LaunchIn(Slot* slot,
                                                    const Program& program,
                                                    const RunLimits& limits,
                                                    Level level) {
  boost::system::result<Fd, JailError> input{Fd()};
  if (program.stream < 0) input = SealedFile("input", program.input);
  if (!input) return input.error();
  boost::system::result<Pipe, JailError> out{Pipe{}};
  if (!program.answers_on_stream) out = OutputPipe();
  if (!out) return out.error();
  auto err = OutputPipe();
  if (!err) return err.error();
  auto launched =
      Send(slot, program, OrderFor(program, limits, level),
           program.stream < 0 ? input->get() : program.stream,
           program.answers_on_stream ? program.stream : out->write.get(),
           err->write.get());
  if (!launched) return launched;
  launched->out = std::move(out->read);
  launched->err = std::move(err->read);
  return launched;
}

boost::system::result<Launched, JailError> LaunchResidentIn(
    Slot* slot, const Program& program, const RunLimits& limits, Level level) {
  RunOrder order = OrderFor(program, limits, level);
  // Its lines leave it at once, whatever its author remembered.
  order.unbuffered = true;
  order.interpreter = Interpreter::kNone;
  rlimit64 now{};
  getrlimit64(RLIMIT_CPU, &now);
  order.limits.front() = {RLIMIT_CPU, {now.rlim_max, now.rlim_max}};
  return Send(slot, program, order, STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO);
}

}  // namespace sandbox
