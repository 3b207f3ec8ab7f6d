#include "verifier/engine/run_program.h"

#include <algorithm>
#include <array>

#include "sandbox/jail.h"
#include "sandbox/program.h"

namespace verifier::engine {
namespace {

constexpr std::array<std::string_view, 1> kLanguages = {"python"};

RunResult Failed(std::string failure) {
  RunResult result;
  result.failure = std::move(failure);
  return result;
}

}  // namespace

std::span<const std::string_view> ProgramLanguages() noexcept {
  return kLanguages;
}

RunResult RunProgram(const ProgramToRun& program, const RunLimits& limits) {
  if (program.language != "python") {
    return Failed("unknown language " + program.language);
  }
  const auto jail = sandbox::Jail::Create();
  if (!jail) return Failed(jail.error().message);
  sandbox::Program run = sandbox::PythonProgram(program.source, program.input);
  run.argv.insert(run.argv.end(), program.args.begin(), program.args.end());
  return (*jail)->Run(run, limits);
}

}  // namespace verifier::engine
