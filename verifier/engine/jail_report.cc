#include "verifier/engine/jail_report.h"

#include <unistd.h>

#include <fstream>

#include "sandbox/jail.h"
#include "sandbox/landlock.h"

namespace verifier::engine {
namespace {

// The first word of a file of the kernel; empty where there is none.
std::string FirstWord(const char* path) {
  std::string word;
  std::ifstream(path) >> word;
  return word;
}

// What an administrator may have switched off, in the order they are asked.
std::string FixFor(bool root) {
  if (FirstWord("/proc/sys/kernel/unprivileged_userns_clone") == "0") {
    return "sysctl -w kernel.unprivileged_userns_clone=1";
  }
  if (FirstWord("/proc/sys/user/max_user_namespaces") == "0") {
    return "sysctl -w user.max_user_namespaces=15000";
  }
  if (FirstWord("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") ==
      "1") {
    return "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0, or an "
           "AppArmor profile that allows userns";
  }
  if (access("/.dockerenv", F_OK) == 0) {
    return "docker run --cap-add SYS_ADMIN --security-opt seccomp=unconfined "
           "--security-opt apparmor=unconfined (a container is not the jail: "
           "the jail still holds every program)";
  }
  return root ? "run as root of this machine, with CAP_SYS_ADMIN"
              : "run as root, or let this user create user namespaces";
}

std::vector<JailLayer> LayersOf(const sandbox::Enforced& enforced) {
  std::vector<JailLayer> layers;
  if (enforced.namespaces) {
    layers.push_back({"namespaces", true,
                      "PID, mount, network, IPC, UTS and cgroup of its own"});
    layers.push_back({"file tree", true,
                      "pivot_root to a read-only tree with sized /w and /tmp"});
  } else {
    layers.push_back({"namespaces", false,
                      "L0: signals and files are held by Landlock alone",
                      FixFor(geteuid() == 0)});
    layers.push_back({"file tree", false,
                      "L0: names and sizes of the host's files can be seen, "
                      "and not their contents",
                      "as for namespaces"});
  }
  if (enforced.own_user) {
    layers.push_back({"user", true, "a user of its own for every run"});
  } else {
    layers.push_back({"user", enforced.user_namespace,
                      enforced.user_namespace
                          ? "a user namespace; runs share the outer user"
                          : "programs run as the user of this process",
                      "as root every run gets a user of its own (L2)"});
  }
  layers.push_back({"system calls", enforced.system_call_filter,
                    "a seccomp allow-list, no capability, no_new_privs"});
  layers.push_back({"resource limits", true,
                    "processor time, memory of a process, files, output"});
  layers.push_back(
      {"Landlock", enforced.landlock,
       "writes only in /w and /tmp; no signal beyond the run (ABI " +
           std::to_string(sandbox::LandlockAbi()) + "; 6 has all)",
       "boot with lsm=landlock,... in the kernel's command line"});
  layers.push_back(
      {"control groups", enforced.control_groups,
       enforced.control_groups
           ? "memory, processes and time of all of a run together"
           : enforced.missing_groups.why +
                 ": memory is limited for a process, not for a run",
       enforced.missing_groups.fix});
  for (JailLayer& layer : layers) {
    if (layer.on) layer.fix.clear();
  }
  return layers;
}

}  // namespace

JailReport ReportJail(std::string_view require) {
  JailReport report;
  const bool weakest = require == LevelName(sandbox::Level::kL0);
  const auto jail = sandbox::Jail::Create(weakest ? sandbox::Level::kL0
                                                  : sandbox::Level::kL1);
  if (!jail) {
    report.problem = jail.error().message;
    report.fix = FixFor(geteuid() == 0);
    if (!weakest && sandbox::LandlockAbi() >= sandbox::kScopeAbi) {
      report.fix +=
          "; or, weaker and without namespaces, jail.require = \"L0\"";
    }
    return report;
  }
  report.level = sandbox::LevelName((*jail)->enforced().level);
  report.layers = LayersOf((*jail)->enforced());
  return report;
}

}  // namespace verifier::engine
