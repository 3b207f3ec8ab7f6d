#include "rewards/code/python_host.h"

#include <algorithm>
#include <string>
#include <string_view>

// The files of python/, as they are.
asm(".pushsection .rodata\n"
    "assay_wire_begin:\n"
    ".incbin \"" ASSAY_PYTHON
    "/wire.py\"\n"
    "assay_wire_end:\n"
    "assay_serve_begin:\n"
    ".incbin \"" ASSAY_PYTHON
    "/serve.py\"\n"
    "assay_serve_end:\n"
    "assay_drive_begin:\n"
    ".incbin \"" ASSAY_PYTHON
    "/drive.py\"\n"
    "assay_drive_end:\n"
    "assay_beside_begin:\n"
    ".incbin \"" ASSAY_PYTHON
    "/beside.py\"\n"
    "assay_beside_end:\n"
    ".popsection\n");
extern "C" const char assay_wire_begin[];
extern "C" const char assay_wire_end[];
extern "C" const char assay_serve_begin[];
extern "C" const char assay_serve_end[];
extern "C" const char assay_drive_begin[];
extern "C" const char assay_drive_end[];
extern "C" const char assay_beside_begin[];
extern "C" const char assay_beside_end[];

namespace rewards::code {
namespace {

constexpr std::string_view kMain = "main.py";

std::string Text(const char* begin, const char* end) { return {begin, end}; }

std::string Wire() { return Text(assay_wire_begin, assay_wire_end); }

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

sandbox::Program PythonHost(const Candidate& candidate) {
  static const std::string kHost =
      Wire() + Text(assay_serve_begin, assay_serve_end);
  return InPlaceOf(candidate, kHost);
}

sandbox::Program PythonDriver() {
  static const std::string kDriver =
      Wire() + Text(assay_drive_begin, assay_drive_end);
  return sandbox::PythonProgram(kDriver);
}

sandbox::Program PythonBeside(const Candidate& candidate) {
  static const std::string kBeside =
      Wire() + Text(assay_beside_begin, assay_beside_end);
  return InPlaceOf(candidate, kBeside);
}

}  // namespace rewards::code
