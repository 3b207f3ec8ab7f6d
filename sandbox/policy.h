// Policy: which system calls a jailed program may make (x86-64).
//
// An immutable value that starts from "nothing": a call that no rule names
// fails with EPERM. It can be asked about a call without a kernel, and it is
// exported as a filter program that the child only has to install. Any thread.
//
//   const auto policy = PolicyBuilder().AllowProgram().Build();
//
// Whatever the rules say, a call of another architecture or of the x32 ABI
// kills the program.
//
// A program is held by two filters. The long one is that of the agent (agent.h)
// which starts it: installed once, and inherited for nothing. The short one is
// a lock: it is installed for each program and takes back what only the agent
// may do. Together they are what AllowProgram says, to the letter.

#ifndef SANDBOX_POLICY_H_
#define SANDBOX_POLICY_H_

#include <linux/filter.h>

#include <array>
#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

namespace sandbox {

struct Decision {
  enum class Action { kAllow, kErrno, kKill };
  Action action = Action::kErrno;
  int error = 0;  // kErrno: what errno the program sees

  friend bool operator==(const Decision&, const Decision&) = default;
};

// Holds where (argument & mask) == value. With `differs` it holds where they
// are not equal, and the mask has all bits.
struct ArgumentTest {
  unsigned index = 0;  // 0 to 5
  std::uint64_t mask = 0;
  std::uint64_t value = 0;
  bool differs = false;
};

// Opting in to something that weakens the jail takes naming one of these at the
// call site, so that every use can be found with grep.
//
// Fork: bombs are bounded by the number of processes only, and processor time
// is no longer exact.
struct WeakenWithFork {
  explicit WeakenWithFork() = default;
};

//
// Agent: what starts programs needs (users, capabilities, descriptors that are
// passed, PID namespaces). Only for a filter that a LockPolicy follows.
struct WeakenForAgent {
  explicit WeakenForAgent() = default;
};

struct PolicyError {
  explicit PolicyError(std::string message_in = {})
      : message(std::move(message_in)) {}
  std::string message;
};
[[noreturn]] void throw_exception_from_error(const PolicyError& error,
                                             const boost::source_location&);

class Policy {
 public:
  using Arguments = std::array<std::uint64_t, 6>;

  // What happens on a call of `number`. Never fails.
  [[nodiscard]] Decision Evaluate(int number,
                                  const Arguments& arguments = {}) const;

  // The same as a program for the kernel.
  [[nodiscard]] boost::system::result<std::vector<sock_filter>, PolicyError>
  Compile() const;

 private:
  friend class PolicyBuilder;
  friend Policy LockPolicy(bool fork, bool on_host);
  struct Rule {
    int number;
    std::vector<ArgumentTest> tests;  // all must hold
    Decision decision;
  };
  Policy() = default;

  std::vector<Rule> rules_;  // the first that holds decides
  Decision otherwise_{Decision::Action::kErrno, 1 /* EPERM */};
};

// What the program is refused of what its agent may do, and with `fork` false
// new processes; with `on_host`, where it is in no namespaces, what Landlock
// does not hold: modes and times of the host's files, and joining the process
// groups of others. Everything else is left to the filter before it.
[[nodiscard]] Policy LockPolicy(bool fork, bool on_host = false);

// What a call meets that is judged by `first` and then also by `second`, as
// the kernel has it: the stricter one, the later one of equals.
[[nodiscard]] Decision Together(const Decision& first, const Decision& second);

class PolicyBuilder {
 public:
  // What an ordinary program and an interpreter need: memory that is private
  // or of a file, descriptors, files below the root, time, signals, threads,
  // waiting, socketpair of AF_UNIX, and one's own limits and names. Threads
  // only: no fork. policy_rules.cc lists it call by call.
  PolicyBuilder& AllowProgram();

  // fork, vfork, and clone without new namespaces. Weakens the jail.
  PolicyBuilder& Allow(WeakenWithFork);

  // Weakens the jail; see the token.
  PolicyBuilder& Allow(WeakenForAgent);

  // `number` is allowed where every test holds.
  PolicyBuilder& AllowCall(int number,
                           std::initializer_list<ArgumentTest> tests = {});

  // Returns an error where a call is allowed that no policy may allow (it is
  // on the list of those that kill, or of those that answer an error).
  [[nodiscard]] boost::system::result<Policy, PolicyError> Build() const;

 private:
  std::vector<Policy::Rule> allowed_;
  bool agent_ = false;
};

}  // namespace sandbox

#endif  // SANDBOX_POLICY_H_
