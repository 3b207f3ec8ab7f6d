#include "sandbox/step.h"

namespace sandbox {

const char* StepText(Step step) {
  switch (step) {
    case Step::kNone:
      return "nothing";
    case Step::kDescriptors:
      return "pass the descriptors";
    case Step::kSignals:
      return "reset the signals";
    case Step::kParent:
      return "follow the parent";
    case Step::kUserMap:
      return "map the user of the user namespace";
    case Step::kScope:
      return "hold signals back with Landlock";
    case Step::kWorkplace:
      return "make a working directory in /tmp";
    case Step::kPrivateMounts:
      return "make the mounts private";
    case Step::kRootMount:
      return "mount the root";
    case Step::kTree:
      return "build the tree";
    case Step::kReadOnly:
      return "make the root read-only";
    case Step::kPivot:
      return "enter the root";
    case Step::kHostName:
      return "name the host";
    case Step::kOrder:
      return "read what to run";
    case Step::kFresh:
      return "mount a fresh /w and /tmp";
    case Step::kFiles:
      return "write the program's files";
    case Step::kHandOut:
      return "hand out the working directory";
    case Step::kFork:
      return "fork";
    case Step::kOomScore:
      return "set the out-of-memory score";
    case Step::kGroup:
      return "use the control group";
    case Step::kLimits:
      return "set resource limit";
    case Step::kLandlock:
      return "restrict files with Landlock";
    case Step::kCapabilities:
      return "drop the capabilities";
    case Step::kUser:
      return "change the user";
    case Step::kSeccomp:
      return "install the filter";
    case Step::kExec:
      return "execute the program";
  }
  return "unknown";
}

}  // namespace sandbox
