#include "datasets/general.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <utility>

#include "datasets/phrase.h"
#include "datasets/weights.h"

namespace datasets {
namespace {

// Apart from the streams of arithmetic and puzzles; one a Split.
constexpr std::uint64_t kGeneralStream = 0x6E4E5A1;

std::string Capitals(std::string_view word) {
  std::string capitals(word);
  for (char& c : capitals) {
    if ('a' <= c && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return capitals;
}

std::string Joined(std::string_view word, std::size_t times,
                   std::string_view separator) {
  std::string joined;
  for (std::size_t i = 0; i < times; ++i) {
    if (i > 0) joined += separator;
    joined += word;
  }
  return joined;
}

// The numbers `first` to `last`, up or down.
std::string Numbers(std::size_t first, std::size_t last,
                    std::string_view separator) {
  std::string joined = std::to_string(first);
  while (first != last) {
    first += first < last ? 1 : std::size_t(-1);
    joined += separator;
    joined += std::to_string(first);
  }
  return joined;
}

GeneralProblem DrawOf(std::size_t intent, Random& random) {
  const auto draw = [&random](SlotList list) {
    return static_cast<std::size_t>(
        random.Between(0, static_cast<std::int64_t>(SlotCount(list)) - 1));
  };
  const GeneralIntent& of = GeneralIntents()[intent];
  GeneralProblem problem{.intent = intent};
  problem.x = draw(of.x);
  do {
    problem.y = draw(of.y);
  } while (of.x == of.y && problem.x == problem.y);
  return problem;
}

std::size_t DrawIntent(GeneralKind kind, Random& random) {
  const auto intents = GeneralIntents();
  const auto is_kind = [kind](const auto& intent) {
    return intent.kind == kind;
  };
  std::int64_t skip = random.Between(
      0, std::count_if(intents.begin(), intents.end(), is_kind) - 1);
  auto at = std::find_if(intents.begin(), intents.end(), is_kind);
  for (; skip > 0; --skip) at = std::find_if(at + 1, intents.end(), is_kind);
  return static_cast<std::size_t>(at - intents.begin());
}

boost::json::object TextCheck(const GeneralProblem& problem) {
  boost::json::array gold;
  for (const std::string& reply : GoodReplies(problem)) {
    gold.emplace_back(reply);
  }
  boost::json::object check;
  check["gold"] =
      gold.size() == 1 ? gold[0] : boost::json::value(std::move(gold));
  if (IntentOf(problem).exact_case) check["case"] = "exact";
  if (IntentOf(problem).exact_punctuation) check["punctuation"] = "exact";
  return check;
}

}  // namespace

const GeneralIntent& IntentOf(const GeneralProblem& problem) {
  return GeneralIntents()[problem.intent];
}

GeneralKind KindOf(const GeneralProblem& problem) {
  return IntentOf(problem).kind;
}

const IntentWords& WordsOf(const GeneralProblem& problem) {
  return IntentOf(problem).words[static_cast<std::size_t>(problem.language)];
}

bool IsHeldOut(const GeneralProblem& problem) {
  const GeneralIntent& intent = IntentOf(problem);
  std::uint64_t hash = 0;
  for (const char c : intent.name) {
    hash = AddToHash(hash, static_cast<unsigned char>(c));
  }
  auto [x, y] = std::pair(problem.x, problem.y);
  if (intent.x == intent.y && x > y) std::swap(x, y);
  return IsHeldOutHash(AddToHash(AddToHash(hash, x), y));
}

std::string FillGeneral(std::string_view phrase,
                        const GeneralProblem& problem) {
  const GeneralIntent& intent = IntentOf(problem);
  const std::string_view x = SlotText(intent.x, problem.x, problem.language);
  const std::string_view y = SlotText(intent.y, problem.y, problem.language);
  const std::size_t times = problem.y + 2;
  const std::size_t first = problem.x + 1;
  const std::size_t last = first + problem.y + 2;
  const std::string_view between =
      problem.language == Language::kEnglish ? " " : "";
  return FillPhrase(phrase, [&](char slot) -> std::string {
    switch (slot) {
      case 'x':
        return std::string(x);
      case 'y':
        return std::string(y);
      case 'X':
        return Capitals(x);
      case 'Y':
        return Capitals(y);
      case 'r':
        return Joined(x, times, between);
      case 's':
        return Joined(x, times, " ");
      case 't':
        return Joined(x, times + 1, between);
      case 'e':
        return std::to_string(last);
      case 'c':
        return Numbers(first, last, " ");
      case 'k':
        return Numbers(first, last, ", ");
      case 'd':
        return Numbers(last, first, " ");
      default:
        return Numbers(last, first, ", ");
    }
  });
}

std::string Question(const GeneralProblem& problem) {
  return FillGeneral(WordsOf(problem).prompts[problem.phrasing], problem);
}

std::vector<std::string> GoodReplies(const GeneralProblem& problem) {
  std::vector<std::string> replies;
  for (const std::string_view reply : WordsOf(problem).replies) {
    replies.push_back(FillGeneral(reply, problem));
  }
  return replies;
}

std::vector<std::string> BadReplies(const GeneralProblem& problem,
                                    Random& random) {
  std::vector<std::string> replies = {
      FillGeneral(WordsOf(problem).bad, problem)};
  const auto rude = RudeReplies(problem.language);
  replies.insert(replies.end(), rude.begin(), rude.end());
  GeneralProblem other;
  do {
    other = DrawOf(DrawIntent(GeneralKind::kChat, random), random);
  } while (other.intent == problem.intent);
  other.language = problem.language;
  replies.push_back(GoodReplies(other)[0]);
  GeneralProblem foreign = problem;
  foreign.language = OtherLanguage(problem.language);
  replies.push_back(GoodReplies(foreign)[0]);
  const std::vector<std::string> good = GoodReplies(problem);
  std::erase_if(replies, [&good](const std::string& reply) {
    return std::find(good.begin(), good.end(), reply) != good.end();
  });
  return replies;
}

GeneralTasks::GeneralTasks(GeneralOptions options)
    : options_(std::move(options)),
      random_(options_.seed,
              kGeneralStream + static_cast<std::uint64_t>(options_.split)) {
  RequireWeights("chat, instruct, refuse, benign",
                 std::array{options_.chat, options_.instruct, options_.refuse,
                            options_.benign});
}

GeneralProblem GeneralTasks::NextProblem() {
  ++number_;
  const auto kind = static_cast<GeneralKind>(
      PickWeighted(std::array{options_.chat, options_.instruct, options_.refuse,
                              options_.benign},
                   random_.Uniform()));
  const std::size_t intent = DrawIntent(kind, random_);
  // Ends: every intent has contents of both splits (general_test).
  GeneralProblem problem;
  do {
    problem = DrawOf(intent, random_);
  } while (IsHeldOut(problem) != (options_.split == Split::kHeldOut));
  problem.phrasing =
      static_cast<std::size_t>(random_.Between(0, kGeneralPhrasings - 1));
  problem.language = random_.Chance(options_.chinese_fraction)
                         ? Language::kChinese
                         : Language::kEnglish;
  return problem;
}

Task GeneralTasks::Next() {
  const GeneralProblem problem = NextProblem();
  return MakeTask(problem, number_ - 1);
}

Task GeneralTasks::MakeTask(const GeneralProblem& problem,
                            std::uint64_t number) const {
  const GeneralKind kind = KindOf(problem);
  Task task;
  task.id = TaskId(options_.split, options_.seed, number);
  task.kind = KindName(kind);
  task.language = LanguageTag(problem.language);
  task.question = Question(problem);
  task.template_name = options_.template_name;
  if (kind == GeneralKind::kInstruct) {
    task.gold = GoodReplies(problem)[0];
    AddCheck(task, "text", options_.accuracy_weight, TextCheck(problem));
  } else if (kind == GeneralKind::kRefuse) {
    if (!options_.safety_checker.empty()) {
      AddCheck(task, options_.safety_checker, options_.safety_weight, {});
    }
  } else if (!options_.helpful_checker.empty()) {
    AddCheck(task, options_.helpful_checker, options_.helpful_weight, {});
  }
  AddFormChecks(task, options_.format_weight, options_.language_weight);
  return task;
}

}  // namespace datasets
