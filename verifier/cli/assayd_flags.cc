#include "verifier/cli/assayd_flags.h"

#include <CLI/CLI.hpp>
#include <cstddef>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/cli/config/given.h"
#include "verifier/cli/config/keys.h"
#include "verifier/cli/config/show.h"
#include "verifier/cli/exit_code.h"

namespace verifier::cli {
namespace {

constexpr const char* kAbout =
    "assayd: scores model outputs over HTTP (POST /v1/score).\n"
    "Also POST /v1/equal, /v1/execute, GET /v1/checkers, /livez, /readyz.\n";

constexpr const char* kFooter =
    "Sizes are bytes or 64K, 256M, 1G; times milliseconds or 250ms, 4s, 10m.\n"
    "A request over a limit is refused with an error that names the limit, "
    "its\n"
    "value and its unit.\n"
    "\n"
    "A flag wins over its variable (in brackets), a variable over a file, a\n"
    "later --config over an earlier one. Without --config: the file that\n"
    "ASSAY_CONFIG names, else /etc/assay/assayd.toml where it is there.\n"
    "`assay config schema` says more of every key, `assay config show "
    "--origin`\n"
    "where each value comes from.\n"
    "\n"
    "When ready, the first line on standard error is\n"
    "  assayd ready on http://127.0.0.1:PORT\n"
    "SIGTERM or SIGINT: finish what is in flight, then exit 0; a second one:\n"
    "stop at once. SIGHUP: read the configuration anew, all of it or nothing.\n"
    "Exit: 0 ok, 2 usage or configuration, 4 the address cannot be had, 7 out\n"
    "of resources, 130 or 143 stopped by a second signal.\n"
    "\n"
    "Try it:\n"
    "  assayd --listen 127.0.0.1:8790 &\n"
    "  curl -s -H 'Content-Type: application/json' -d "
    "'{\"items\":[{\"id\":\"a\",\n"
    "    \"response\":\"\\\\boxed{42}\",\"checks\":[{\"checker\":\"math\",\n"
    "    \"gold\":\"42\"}]}]}' http://127.0.0.1:8790/v1/score";

const char* TypeName(config::Kind kind) {
  switch (kind) {
    case config::Kind::kBytes:
      return "BYTES";
    case config::Kind::kMilliseconds:
      return "MS";
    case config::Kind::kWord:
      return "WORD";
    case config::Kind::kAddress:
      return "ADDR:PORT";
    case config::Kind::kCount:
      break;
  }
  return "N";
}

std::string HelpOf(const config::Key& key) {
  std::string text(key.help);
  if (!key.words.empty()) text += ": " + config::AllowedText(key).substr(7);
  return text + " [" + config::VariableOf(key) + "]";
}

// A flag a key; `texts` gets what was said.
void AddKeys(CLI::App& app, std::vector<std::string>& texts) {
  const auto keys = config::Keys();
  texts.resize(keys.size());
  for (const config::Section& section : config::Sections()) {
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (keys[i].section != section.name) continue;
      app.add_option(std::string(keys[i].flag), texts[i], HelpOf(keys[i]))
          ->default_str(config::TextOf(keys[i], config::Settings{}))
          ->type_name(TypeName(keys[i].kind))
          ->group(std::string(section.title));
    }
  }
}

std::string UnknownFlag(const CLI::App& app, const std::string& message) {
  const std::size_t start = message.find("--");
  if (start == std::string::npos) return message;
  const std::string word =
      message.substr(start, message.find_first_of(" =", start) - start);
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      names.push_back("--" + name);
    }
  }
  return message + config::DidYouMean(word, {names.begin(), names.end()});
}

int Refuse(const std::string& why) {
  std::cerr << "assayd: " << why << "\nassayd --help lists every flag\n";
  return kExitUsage;
}

int Refuse(const config::ConfigErrors& errors) {
  for (const std::string& line : errors.lines) std::cerr << line << "\n";
  const std::size_t count = errors.lines.size();
  std::cerr << "assayd: " << count << (count == 1 ? " error" : " errors")
            << ", nothing was started; all keys: assay config schema\n";
  return kExitUsage;
}

}  // namespace

std::optional<int> ParseAssaydFlags(int argc, const char* const* argv,
                                    AssaydFlags& flags) {
  CLI::App app(kAbout, "assayd");
  std::vector<std::string> texts;
  bool check = false;
  bool print = false;
  app.set_help_flag("-h,--help", "print this and exit");
  app.set_version_flag("--version", "assayd " ASSAY_VERSION,
                       "print the version and exit");
  app.add_option("--config", flags.sources.files,
                 "a configuration file; again: later ones win [ASSAY_CONFIG]")
      ->allow_extra_args(false)
      ->type_name("FILE");
  app.add_flag("--check-config", check,
               "say whether the configuration is good, and exit 0 or 2");
  app.add_flag("--print-config", print,
               "print the configuration in effect and where each value comes "
               "from, and exit");
  AddKeys(app, texts);
  app.footer(kFooter);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ExtrasError& error) {
    return Refuse(UnknownFlag(app, error.what()));
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    return Refuse(error.what());
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string flag(config::Keys()[i].flag);
    if (app.count(flag) != 0) flags.sources.flags.emplace_back(flag, texts[i]);
  }
  flags.sources.variables = config::AssayVariables();
  auto loaded = config::Load(flags.sources);
  if (!loaded) return Refuse(loaded.error());
  flags.config = *std::move(loaded);
  if (print) std::cout << config::EffectiveToml(flags.config, true);
  if (check && !print) {
    std::cout << "assayd: the configuration is good: "
              << config::Tally(flags.config) << "\n";
  }
  if (print || check) return kExitOk;
  return std::nullopt;
}

}  // namespace verifier::cli
