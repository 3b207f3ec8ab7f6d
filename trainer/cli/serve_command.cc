#include "trainer/cli/serve_command.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "trainer/cli/machine.h"
#include "trainer/cli/signals.h"
#include "trainer/serve/listen_address.h"
#include "trainer/serve/reward_model_backend.h"
#include "trainer/serve/server.h"
#include "trainer/serve/text_model.h"
#include "trainer/stages/run_error.h"

namespace trainer::cli {
namespace {

using serve::ServeOptions;

// How often the main thread looks for a signal.
constexpr std::chrono::milliseconds kSignalLook{50};

constexpr const char* kAbout =
    "models over HTTP: POST /v1/reward/NAME for an assayd, and OpenAI's POST "
    "/v1/completions and /v1/chat/completions";
constexpr const char* kFooter =
    "A folder need not be there yet: a model is read at its first request (503 "
    "until\nthere is one), and anew when its model.safetensors changes.\n\n"
    "When ready, the first line on standard error is\n"
    "  assay-train serving on http://127.0.0.1:PORT\n"
    "SIGTERM or SIGINT: answer what is in flight, then exit 0; a second one: "
    "stop at\nonce. An error that comes from a limit names it.";

struct ServeArguments {
  std::string listen = "127.0.0.1:0";
  std::vector<std::string> models{};   // [NAME=]DIR
  std::vector<std::string> rewards{};  // NAME=DIR
  MachineOptions machine{};
  ServeOptions options{};
};

struct NamedFolder {
  std::string name;
  std::string folder;
};

RunError Usage(const std::string& what) { return {ExitCode::kUsage, what}; }

// "NAME=DIR"; or "DIR", whose last part is the name, where `bare` allows it.
NamedFolder ParseFolder(const std::string& option, const std::string& text,
                        bool bare) {
  const std::size_t equals = text.find('=');
  NamedFolder one{text.substr(0, equals), text};
  if (equals != std::string::npos) {
    one.folder = text.substr(equals + 1);
  } else if (bare) {
    auto path = std::filesystem::path(text).lexically_normal();
    if (!path.has_filename()) path = path.parent_path();
    one.name = path.filename().string();
  } else {
    throw Usage(option + ' ' + text + ": must be NAME=DIR");
  }
  const bool plain = one.name.find_first_not_of(
                         "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0"
                         "123456789._-") == std::string::npos;
  if (one.name.empty() || !plain || one.folder.empty()) {
    throw Usage(option + ' ' + text +
                ": a name has letters, digits, '.', '_' and '-', and a folder "
                "follows it");
  }
  return one;
}

serve::Backends MakeBackends(const ServeArguments& arguments) {
  const serve::ModelMachine machine{
      arguments.machine.device,
      [machine = arguments.machine](std::int64_t parameters) {
        SetThreads(machine, parameters);
      }};
  const auto max_tokens =
      static_cast<std::int64_t>(arguments.options.max_tokens);
  serve::Backends backends;
  for (const std::string& text : arguments.models) {
    const NamedFolder one = ParseFolder("--model", text, true);
    if (backends.texts.contains(one.name)) {
      throw Usage("--model " + text + ": there is a model of this name");
    }
    backends.texts[one.name] =
        std::make_unique<serve::TextModel>(one.folder, machine, max_tokens);
  }
  for (const std::string& text : arguments.rewards) {
    const NamedFolder one = ParseFolder("--reward", text, false);
    if (backends.rewards.contains(one.name)) {
      throw Usage("--reward " + text + ": there is a reward of this name");
    }
    backends.rewards[one.name] = serve::MakeRewardModel(one.folder, machine);
  }
  if (backends.texts.empty() && backends.rewards.empty()) {
    throw Usage("nothing to serve: name a --model or a --reward");
  }
  return backends;
}

int Serve(ServeArguments& arguments) {
  const auto listen = serve::ParseListenAddress(arguments.listen);
  if (!listen) {
    throw Usage("--listen " + arguments.listen +
                ": must be an address and a port, e.g. 127.0.0.1:8000");
  }
  arguments.options.address = listen->address;
  arguments.options.port = listen->port;
  serve::Server server(MakeBackends(arguments), arguments.options);
  if (const auto error = server.Start()) {
    throw RunError(
        ExitCode::kUnreachable,
        "cannot listen on " + arguments.listen + ": " + error.message());
  }
  const auto endpoint = server.endpoint();
  fmt::print(
      stderr, "assay-train serving on http://{}\n",
      serve::ToString({endpoint.address().to_string(), endpoint.port()}));
  while (CaughtSignal() == 0) std::this_thread::sleep_for(kSignalLook);
  return server.Drain() ? 0 : 128 + CaughtSignal();
}

void AddLimits(CLI::App& command, ServeOptions& options) {
  const auto add = [&](const std::string& flag, auto& value,
                       const std::string& help, double most) {
    command.add_option(flag, value, help)
        ->check(CLI::Range(1.0, most))
        ->capture_default_str()
        ->group("Limits");
  };
  constexpr double kMany = 1e6;
  constexpr double kBytes = 4e9;
  add("--connections", options.connections, "open at once", kMany);
  add("--header-bytes", options.header_bytes, "of a request's head", 1e9);
  add("--body-bytes", options.body_bytes, "of a request's body", kBytes);
  add("--held-bytes", options.held_bytes, "of all bodies", 1e15);
  add("--queue", options.queue, "requests that wait for the models", kMany);
  add("--batch", options.batch, "rewards or completions of one call", kMany);
  add("--choices", options.choices, "completions of a request", kMany);
  add("--max-tokens", options.max_tokens, "of a completion", kMany);
  const auto add_time = [&](const std::string& flag, auto& value,
                            const std::string& help) {
    command
        .add_option_function<std::int64_t>(
            flag,
            [&value](std::int64_t ms) {
              value = std::chrono::milliseconds(ms);
            },
            help + ", ms")
        ->check(CLI::Range(1, 86'400'000))
        ->default_str(std::to_string(value.count()))
        ->group("Limits");
  };
  add_time("--header-timeout", options.header_timeout, "for a head");
  add_time("--idle-timeout", options.idle_timeout, "between requests");
  add_time("--transfer-timeout", options.transfer_timeout,
           "for a body, and each write");
  add_time("--drain-timeout", options.drain_timeout,
           "for what is in flight, at the end");
}

}  // namespace

void AddServeCommand(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("serve", kAbout);
  command->footer(kFooter);
  const auto a = std::make_shared<ServeArguments>();
  command
      ->add_option("--listen", a->listen,
                   "ADDR:PORT; port 0 picks one. There is no token: another "
                   "address than loopback is open to its network")
      ->capture_default_str();
  command
      ->add_option("--model", a->models,
                   "[NAME=]DIR: a text model's folder; again for more")
      ->allow_extra_args(false);
  command
      ->add_option("--reward", a->rewards,
                   "NAME=DIR: a reward model's folder; again for more")
      ->allow_extra_args(false);
  AddMachineOptions(*command, a->machine);
  AddLimits(*command, a->options);
  command->callback([a, &exit_code] { exit_code = Serve(*a); });
}

}  // namespace trainer::cli
