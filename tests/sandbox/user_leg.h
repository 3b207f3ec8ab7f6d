// Runs a part of a test as another user: the jail must hold for root and for
// an ordinary user, and one test binary proves both.

#ifndef TESTS_SANDBOX_USER_LEG_H_
#define TESTS_SANDBOX_USER_LEG_H_

#include <functional>
#include <ostream>
#include <string>

namespace sandbox {

enum class Leg {
  kRoot,      // needs root: there is no other way to this leg
  kOrdinary,  // uid 65534 when the test is root; otherwise the test's own user
};

inline void PrintTo(Leg leg, std::ostream* os) {
  *os << (leg == Leg::kRoot ? "root" : "an ordinary user");
}

// Calls `body` as the user of `leg` and returns what it returned: what went
// wrong, or empty. As root, kOrdinary runs in a forked child that has given up
// every privilege; a child that dies returns a text that says so.
std::string RunLeg(Leg leg, const std::function<std::string()>& body);

// The same in a forked child of the same user.
std::string RunInChild(const std::function<std::string()>& body);

// The same, on a machine as a container with its usual filter is: no new
// namespaces, and no CAP_SYS_ADMIN for root.
std::string RunWithoutNamespaces(Leg leg,
                                 const std::function<std::string()>& body);

// True where this process can take the leg.
bool CanTake(Leg leg);

}  // namespace sandbox

#endif  // TESTS_SANDBOX_USER_LEG_H_
