// Exit codes of assay and assayd, as CONTRACT.md has them.

#ifndef VERIFIER_CLI_EXIT_CODE_H_
#define VERIFIER_CLI_EXIT_CODE_H_

namespace verifier::cli {

inline constexpr int kExitOk = 0;
inline constexpr int kExitNegative = 1;       // a negative finding
inline constexpr int kExitUsage = 2;          // usage or configuration
inline constexpr int kExitBadInput = 3;       // bad input data
inline constexpr int kExitUnreachable = 4;    // service unreachable or refused
inline constexpr int kExitNotJudged = 5;      // something was not judged
inline constexpr int kExitResources = 7;      // out of disk or memory
inline constexpr int kExitInternal = 70;      // a defect of ours
inline constexpr int kExitInterrupted = 130;  // SIGINT
inline constexpr int kExitBrokenPipe = 141;   // SIGPIPE: nobody reads on

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_EXIT_CODE_H_
