#include "rewards/code/host_program.h"

#include <array>
#include <cstddef>
#include <string>

namespace rewards::code {
namespace {

sandbox::Program Beside(const CallHost& host, const Candidate& candidate) {
  sandbox::Program program = candidate.program;
  program.files.push_back(
      {.name = std::string(host.file), .content = std::string(host.source)});
  program.argv.insert(program.argv.end() - 1, std::string(host.file));
  return program;
}

// `program` with its stream as descriptor 3.
sandbox::Program Moved(sandbox::Program program) {
  static const std::array<std::string, 4> kMoved = {
      "/bin/sh", "-c", "exec \"$@\" 3<&0 </dev/null", "sh"};
  program.argv.insert(program.argv.begin(), kMoved.begin(), kMoved.end());
  for (std::size_t& word : program.limit_words) word += kMoved.size();
  return program;
}

}  // namespace

sandbox::Program HostProgram(const CallHost& host, const Candidate& candidate) {
  return Moved(Beside(host, candidate));
}

sandbox::Program CompiledHostProgram(const CallHost& /*host*/,
                                     const Candidate& candidate) {
  return Moved(candidate.program);
}

sandbox::Program StandardHostProgram(const CallHost& host,
                                     const Candidate& candidate) {
  sandbox::Program program = Beside(host, candidate);
  program.answers_on_stream = true;
  return program;
}

}  // namespace rewards::code
