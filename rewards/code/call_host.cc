#include "rewards/code/call_host.h"

#include <algorithm>

#include "rewards/code/host_program.h"
#include "rewards/code/host_source.h"
#include "rewards/code/python_host.h"

namespace rewards::code {
namespace {

constexpr Typing kOneNumber = {.booleans_are_numbers = false, .doubles = true};
constexpr Typing kApart = {.booleans_are_numbers = false};
constexpr Typing kArraysFrom0 = {.booleans_are_numbers = false,
                                 .first_place = 0};
constexpr Typing kArraysFrom1 = {.booleans_are_numbers = false,
                                 .first_place = 1};
constexpr Typing kSingles = {.booleans_are_numbers = false, .singles = true};
// Perl has no booleans, a shell has words alone.
constexpr Typing kScalars = {.yes = "1"};
constexpr Typing kWords = {
    .booleans_are_numbers = false, .yes = "true", .no = "false"};

const std::vector<CallHost>& Hosts() {
  static const std::vector<CallHost> kHosts = {
      {.language = "python",
       .source = PythonServe(),
       .program = PythonHost,
       .keywords = true,
       .driver = PythonDriver,
       .beside = PythonBeside},
      {.language = "javascript",
       .source = JavaScriptHost(),
       .file = ".host.js",
       .program = HostProgram,
       .typing = kOneNumber},
      {.language = "typescript",
       .source = JavaScriptHost(),
       .file = ".host.js",
       .program = HostProgram,
       .typing = kOneNumber},
      {.language = "ruby",
       .source = RubyHost(),
       .file = ".host.rb",
       .program = HostProgram,
       .typing = kApart,
       .keywords = true},
      {.language = "php",
       .source = PhpHost(),
       .file = ".host.php",
       .program = HostProgram,
       .typing = kArraysFrom0,
       .keywords = true},
      {.language = "perl",
       .source = PerlHost(),
       .file = ".host.pl",
       .program = HostProgram,
       .typing = kScalars},
      {.language = "lua",
       .source = LuaHost(),
       .file = ".host.lua",
       .program = StandardHostProgram,
       .typing = kArraysFrom1},
      {.language = "cpp",
       .source = CppHost(),
       .file = ".host.cc",
       .program_file = ".program.h",
       .program = CompiledHostProgram,
       .hosted = HostedCpp,
       .typing = kSingles},
      {.language = "cpp17",
       .source = CppHost(),
       .file = ".host.cc",
       .program_file = ".program.h",
       .program = CompiledHostProgram,
       .hosted = HostedCpp,
       .typing = kSingles},
      {.language = "java",
       .source = JavaHost(),
       .file = "AssayHost.java",
       .program = CompiledHostProgram,
       .hosted = HostedJava,
       .typing = kSingles},
      {.language = "csharp",
       .source = CSharpHost(),
       .file = "AssayHost.cs",
       .program = CompiledHostProgram,
       .hosted = HostedCSharp,
       .typing = kSingles},
      {.language = "go",
       .source = GoHost(),
       .file = "zz_assay_host.go",
       .program = CompiledHostProgram,
       .hosted = HostedGo,
       .typing = kSingles},
      {.language = "rust",
       .source = RustHost(),
       .file = "assay_host.rs",
       .program_file = ".program.rs",
       .program = CompiledHostProgram,
       .hosted = HostedRust,
       .typing = kSingles},
      {.language = "bash",
       .source = BashHost(),
       .file = ".host.sh",
       .program = HostProgram,
       .typing = kWords,
       .words = true},
  };
  return kHosts;
}

template <typename Has>
std::vector<std::string_view> NamesWhere(const Has& has) {
  std::vector<std::string_view> names;
  for (const CallHost& host : Hosts()) {
    if (has(host)) names.push_back(host.language);
  }
  return names;
}

}  // namespace

const CallHost* CallHostOf(const sandbox::Language& language) {
  const auto& hosts = Hosts();
  const auto found = std::find_if(
      hosts.begin(), hosts.end(),
      [&](const CallHost& host) { return host.language == language.name(); });
  return found == hosts.end() ? nullptr : &*found;
}

std::vector<std::string_view> CallFiles(const sandbox::Language& language) {
  const CallHost* const host = CallHostOf(language);
  if (host == nullptr) return {};
  std::vector<std::string_view> names = {host->file, host->program_file};
  std::erase(names, "");
  return names;
}

std::vector<std::string_view> CallLanguages() {
  return NamesWhere([](const CallHost&) { return true; });
}

std::vector<std::string_view> KeywordLanguages() {
  return NamesWhere([](const CallHost& host) { return host.keywords; });
}

std::vector<std::string_view> AssertLanguages() {
  return NamesWhere(
      [](const CallHost& host) { return host.driver != nullptr; });
}

}  // namespace rewards::code
