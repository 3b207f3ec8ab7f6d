#include "rewards/code/python_host.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "rewards/code/host_source.h"

namespace rewards::code {
namespace {

constexpr std::string_view kMain = "main.py";

// `program` in place of the candidate's own main file, whose other files stay
// beside it.
sandbox::Program InPlaceOf(const Candidate& candidate, std::string program) {
  // A Python that has it already is taken for programs that say so.
  if (candidate.source.find("numpy") != std::string::npos) {
    program += "# numpy\n";
  }
  sandbox::Program host = sandbox::PythonProgram(std::move(program));
  for (const sandbox::ProgramFile& file : candidate.program.files) {
    if (file.name != kMain) host.files.push_back(file);
  }
  return host;
}

}  // namespace

sandbox::Program PythonHost(const CallHost& host, const Candidate& candidate) {
  return InPlaceOf(candidate, std::string(host.source));
}

sandbox::Program PythonDriver() {
  return sandbox::PythonProgram(std::string(PythonDrive()));
}

sandbox::Program PythonBeside(const Candidate& candidate) {
  return InPlaceOf(candidate, std::string(PythonBesideTest()));
}

}  // namespace rewards::code
