#include "rewards/code/hosted_source.h"

#include <re2/re2.h>

#include <algorithm>
#include <cstddef>
#include <utility>

#include "rewards/code/call_host.h"

namespace rewards::code {
namespace {

using sandbox::ProgramFile;

constexpr std::string_view kObject = "().";

// `text` with `to` wherever `from` is.
std::string Filled(std::string text, std::string_view from,
                   std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// What a path is made of: "A.B().f" has the class "A.B" and the name "f".
struct Steps {
  std::string holder{};  // empty: there is none
  std::string name{};
  bool object = false;  // the holder is a class, of which one is made
};

Steps StepsOf(const std::string& path) {
  if (const auto at = path.find(kObject); at != std::string::npos) {
    return {path.substr(0, at), path.substr(at + kObject.size()), true};
  }
  const std::size_t dot = path.rfind('.');
  if (dot == std::string::npos) return {"", path};
  return {path.substr(0, dot), path.substr(dot + 1)};
}

// The host's file is the main one; the program's is called `name`, or what the
// item calls it, if that can be.
HostedSource Hosted(const CallHost& host, const Task& task, std::string text,
                    const std::string& name, const std::string& source) {
  HostedSource hosted{.language = *task.language, .files = task.files};
  hosted.language.main = host.file;
  hosted.files.push_back({.name = name, .content = source});
  // Last: in Go what initialises the program runs in this order.
  hosted.files.push_back(
      {.name = std::string(host.file), .content = std::move(text)});
  return hosted;
}

// The program's file where it is a source among others.
std::string SourceName(const Task& task, const std::string& name) {
  return task.entry.empty() ? name : task.entry;
}

// Puts `words` before the last of `command` that is `before`.
void Insert(std::string_view before, const std::vector<std::string>& words,
            std::vector<std::string>* command) {
  const auto at = std::find(command->begin(), command->end(), before);
  command->insert(at, words.begin(), words.end());
}

// A public class has the name of its file; where no file can have it there is
// the usual one, which the compiler then objects to.
std::string JavaFile(const CallHost& host, const Task& task,
                     const std::string& source) {
  static const RE2 kPublic(
      R"((?m)^public\s+(?:(?:abstract|final|sealed|strictfp)\s+)*)"
      R"((?:class|interface|enum|record)\s+([A-Za-z_$][\w$]*))");
  if (!task.entry.empty()) return task.entry;
  std::string name;
  if (!RE2::PartialMatch(source, kPublic, &name)) return task.language->main;
  name += ".java";
  const bool taken =
      name == host.file ||
      std::any_of(task.files.begin(), task.files.end(),
                  [&](const ProgramFile& file) { return file.name == name; });
  return taken || !sandbox::IsFileName(name) ? task.language->main : name;
}

// Attributes and documentation of a whole crate, which only its first file may
// have, as blanks: the lints that they change change nothing.
std::string WithoutCrateAttributes(std::string source) {
  static const RE2 kLeading(R"(^(?:\s*(?:#!\[[^\]\n]*\]|//[^\n]*))*)");
  static const RE2 kInner(R"((?m)#!\[[^\]\n]*\]|//![^\n]*)");
  re2::StringPiece rest(source);
  if (!RE2::Consume(&rest, kLeading)) return source;
  const std::size_t end = source.size() - rest.size();
  std::string head = source.substr(0, end);
  RE2::GlobalReplace(&head, kInner, "");
  return head + source.substr(end);
}

// "A0, A1" for two, each word with `before`.
std::string Numbered(std::size_t count, std::string_view before) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) {
    all += (i == 0 ? "" : ", ") + std::string(before) + std::to_string(i);
  }
  return all;
}

// Those of assay_pick for functions and methods of `count` parameters.
std::string CppPicks(std::size_t count) {
  const std::string types = Numbered(count, "A");
  const std::string classes =
      (count == 0 ? "" : ", ") + Numbered(count, "class A");
  const std::string head = "assay_host::Types<" + types + "> assay_pick(R (";
  std::string picks =
      "template <class R" + classes + ">\n" + head + "*)(" + types + "), int);";
  for (const std::string_view end : {"", " const"}) {
    picks += "\ntemplate <class C, class R" + classes + ">\n" + head +
             "C::*)(" + types + ")" + std::string(end) + ", int);";
  }
  return picks;
}

}  // namespace

HostedSource HostedCpp(const CallHost& host, const Task& task,
                       const std::string& source, const CallTest& call) {
  const Steps steps = StepsOf(call.path);
  const std::size_t count = call.args.items.size();
  const std::string holder =
      steps.holder.empty() ? "" : "::" + Filled(steps.holder, ".", "::");
  const std::string name = holder + "::" + steps.name;
  std::string text(host.source);
  text = Filled(std::move(text), "$PICKS", CppPicks(count));
  text = Filled(std::move(text), "$COUNT", std::to_string(count));
  text = Filled(std::move(text), "$PROGRAM", "#include \".program.h\"");
  text = Filled(std::move(text), "$NAME", name);
  text = Filled(std::move(text), "$CALL",
                steps.object ? "(new " + holder + "())->" + steps.name : name);
  // Not a source of its own: the host includes it.
  return Hosted(host, task, std::move(text), std::string(host.program_file),
                source);
}

HostedSource HostedJava(const CallHost& host, const Task& task,
                        const std::string& source, const CallTest& /*call*/) {
  HostedSource hosted = Hosted(host, task, std::string(host.source),
                               JavaFile(host, task, source), source);
  hosted.language.trial = "final class AssayHost {}\n";
  Insert("-cp", {"--add-opens", "java.base/java.io=ALL-UNNAMED"},
         &hosted.language.run);
  return hosted;
}

HostedSource HostedCSharp(const CallHost& host, const Task& task,
                          const std::string& source, const CallTest& /*call*/) {
  HostedSource hosted = Hosted(host, task, std::string(host.source),
                               SourceName(task, task.language->main), source);
  hosted.language.trial =
      "namespace AssayHost { class Host { static void Main() {} } }\n";
  Insert("{sources}", {"-main:AssayHost.Host", "-r:System.Numerics.dll"},
         &hosted.language.compile);
  return hosted;
}

HostedSource HostedGo(const CallHost& host, const Task& task,
                      const std::string& source, const CallTest& call) {
  static const RE2 kMain(R"((?m)^func\s+main\s*\()");
  const Steps steps = StepsOf(call.path);
  const std::string holder =
      steps.object ? "new(" + steps.holder + ")" : steps.holder;
  std::string text(host.source);
  text = Filled(std::move(text), "$NAME",
                holder.empty() ? steps.name : holder + "." + steps.name);
  text = Filled(std::move(text), "$MAIN",
                RE2::PartialMatch(source, kMain) ? "" : "func main() {}");
  return Hosted(host, task, std::move(text),
                SourceName(task, task.language->main), source);
}

HostedSource HostedRust(const CallHost& host, const Task& task,
                        const std::string& source, const CallTest& call) {
  const Steps steps = StepsOf(call.path);
  const std::string holder =
      steps.holder.empty() ? "" : Filled(steps.holder, ".", "::") + "::";
  std::string args;
  for (std::size_t i = 0; i < call.args.items.size(); ++i) {
    args += (i == 0 ? "assay_host::arg(" : ", assay_host::arg(") +
            std::to_string(i) + ")";
  }
  const std::string text =
      Filled(std::string(host.source), "$CALL",
             "self::" + holder + steps.name + "(" + args + ")");
  return Hosted(host, task, text, std::string(host.program_file),
                WithoutCrateAttributes(source));
}

bool IsHostedPath(std::string_view path) {
  const std::size_t at = path.find("()");
  return at == std::string_view::npos ||
         path.find('.', at + kObject.size()) == std::string_view::npos;
}

std::string HostedKey(const CallTest& call) {
  return call.path + " " + std::to_string(call.args.items.size());
}

}  // namespace rewards::code
