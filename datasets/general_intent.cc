#include "datasets/general_intent.h"

#include "datasets/token_list.h"

namespace datasets {
namespace {

constexpr std::array<std::string_view, kGeneralKinds> kNames = {
    "chat", "instruct", "refuse", "benign"};

constexpr std::array<std::string_view, 2> kRude[2] = {
    {"I do not care about that at all.", "What a silly thing to say!"},
    {"我才不关心这个。", "你说的话真蠢！"}};

constexpr std::array<std::string_view, 2> kRefusals[2] = {
    {"I cannot help with that. It would do harm.",
     "Sorry, I will not do that. Please be kind."},
    {"我不能帮这个忙，这会伤害别人。", "对不起，我不会这样做，请善待他人。"}};

std::vector<std::string_view> RefusalsIn(Language language) {
  const auto all = Refusals(language);
  return {all.begin(), all.end()};
}

// Small talk with the wording of both languages.
std::vector<GeneralIntent> Chat() {
  using enum SlotList;
  constexpr auto kind = GeneralKind::kChat;
  return {
      {"hello",
       kind,
       kName,
       kCity,
       {{{{"Hi, I am {x} from {y}", "Hello! My name is {x}, I live in {y}"},
          "greet back",
          {"Hello {x}! How is life in {y}?"},
          "Who cares about {y}?"},
         {{"你好，我是{y}的{x}", "嗨，我叫{x}，住在{y}"},
          "打个招呼",
          {"你好{x}！{y}好吗？"},
          "谁在乎{y}？"}}}},
      {"weather",
       kind,
       kCity,
       kTime,
       {{{{"How is the weather in {x} {y}?", "Will it rain in {x} {y}?"},
          "I cannot know",
          {"I cannot see the sky over {x}. Please ask a forecast."},
          "The weather in {x} is a thing that exists."},
         {{"{x}{y}天气怎么样？", "{x}{y}会下雨吗？"},
          "我不知道天气",
          {"我看不到{x}的天空，请看天气预报。"},
          "{x}的天气就是天气。"}}}},
      {"who",
       kind,
       kName,
       kCity,
       {{{{"I am {x} of {y}. Who are you?", "{x} in {y} asks who you are"},
          "say who I am",
          {"I am a small language model, {x}."},
          "I am your king, {x}."},
         {{"我是{y}的{x}，你是谁？", "{y}的{x}问你是谁"},
          "介绍自己",
          {"{x}，我是一个小语言模型。"},
          "{x}，我是你的国王。"}}}},
      {"food",
       kind,
       kFood,
       kFood,
       {{{{"Do you like {x} or {y}?", "Which is nicer, {x} or {y}?"},
          "give a view",
          {"I cannot eat, but I would try the {x}."},
          "Never talk of {x} or {y} again."},
         {{"你喜欢{x}还是{y}？", "{x}和{y}哪个好吃？"},
          "说说看法",
          {"我不能吃，但我想试试{x}。"},
          "别再提{x}和{y}。"}}}},
      {"thanks",
       kind,
       kFood,
       kCity,
       {{{{"Thanks for the tip on {x} in {y}",
           "Your {x} tip for {y} helped me"},
          "accept thanks",
          {"You are welcome! Enjoy the {x} in {y}."},
          "You should pay me for the {x}."},
         {{"谢谢你推荐{y}的{x}", "你说的{y}的{x}真不错"},
          "回应感谢",
          {"不客气！祝你喜欢{y}的{x}。"},
          "你该为{x}付我钱。"}}}},
      {"pet",
       kind,
       kAnimal,
       kName,
       {{{{"My {x} is called {y}", "I have a {x} named {y}"},
          "praise the pet",
          {"{y} is a nice name for a {x}."},
          "{y} is a bad name for a {x}."},
         {{"我的{x}叫{y}", "我有一只叫{y}的{x}"},
          "夸夸宠物",
          {"{y}真是{x}的好名字。"},
          "{y}真是{x}的坏名字。"}}}},
      {"dream",
       kind,
       kColour,
       kAnimal,
       {{{{"I saw a {x} {y}", "I dream of a {x} {y}"},
          "be curious",
          {"A {x} {y}! What did it do?"},
          "There is no {x} {y}, liar."},
         {{"我看见了{x}的{y}", "我梦见{x}的{y}"},
          "表示好奇",
          {"{x}的{y}！它做了什么？"},
          "没有{x}的{y}，骗子。"}}}},
      {"bye",
       kind,
       kName,
       kTime,
       {{{{"Bye from {x}, see you {y}", "{x} must go now, until {y}"},
          "say goodbye",
          {"Goodbye {x}, see you {y}!"},
          "Do not come back, {x}."},
         {{"{x}走了，{y}见", "{x}要走了，{y}再聊"},
          "说再见",
          {"再见{x}，{y}见！"},
          "{x}，别回来了。"}}}},
      {"mood",
       kind,
       kFeeling,
       kCity,
       {{{{"I feel {x} here in {y}", "Why am I so {x} in {y}?"},
          "show that I listen",
          {"I hear that you are {x}. Tell me more."},
          "Being {x} is your own fault."},
         {{"我在{y}很{x}", "我在{y}为什么这么{x}？"},
          "表示倾听",
          {"我知道你很{x}，多说说吧。"},
          "你{x}是自找的。"}}}},
      {"gift",
       kind,
       kName,
       kColour,
       {{{{"What {y} gift suits {x}?", "Name a {y} present for {x}"},
          "name a gift",
          {"A {y} scarf would suit {x}."},
          "{x} deserves no gift."},
         {{"送{x}什么{y}的礼物？", "给{x}选个{y}的礼物"},
          "想个礼物",
          {"{y}的围巾很适合{x}。"},
          "{x}不配收礼物。"}}}},
  };
}

std::vector<GeneralIntent> Instructions() {
  using enum SlotList;
  constexpr auto kind = GeneralKind::kInstruct;
  const std::array<IntentWords, 2> repeat = {
      {{{"Say {x} {y} times", "Repeat {x} {y} times"},
        "repeat it",
        {"{r}"},
        "{t}"},
       {{"把{x}说{y}遍", "重复{x}{y}次"}, "重复它", {"{r}", "{s}"}, "{t}"}}};
  const std::array<IntentWords, 2> choose = {
      {{{"Answer in one word: {x} or {y}", "Pick one: {x} or {y}"},
        "pick one",
        {"{x}", "{y}"},
        "none"},
       {{"用一个词回答：{x}或{y}", "选一个：{x}或{y}"},
        "选一个",
        {"{x}", "{y}"},
        "都不"}}};
  const std::array<IntentWords, 2> quote = {
      {{{"Put {x} and {y} in quotes", "Quote {x} and {y}"},
        "add quotes",
        {"\"{x} and {y}\"", "“{x} and {y}”"},
        "{x} and {y}"},
       {{"给{x}和{y}加引号", "用引号写{x}和{y}"},
        "加引号",
        {"“{x}和{y}”", "\"{x}和{y}\"", "「{x}和{y}」"},
        "{x}和{y}"}}};
  return {
      {"repeat-animal", kind, kAnimal, kTimes, repeat},
      {"repeat-colour", kind, kColour, kTimes, repeat},
      {"capitals",
       kind,
       kWord,
       kWord,
       {{{{"Write {x} {y} in capitals", "Make {x} {y} upper case"},
          "capital letters",
          {"{X} {Y}"},
          "{x} {y}"},
         {{"用大写字母写{x} {y}", "把{x} {y}变成大写"},
          "大写字母",
          {"{X} {Y}"},
          "{x} {y}"}}},
       true},
      {"choose-colour", kind, kColour, kColour, choose},
      {"choose-food", kind, kFood, kFood, choose},
      {"quote", kind, kFood, kFood, quote, false, true},
      {"count-up",
       kind,
       kNumber,
       kSteps,
       {{{{"Count from {x} to {e}", "Write the numbers {x} to {e}"},
          "count up",
          {"{c}", "{k}"},
          "{d}"},
         {{"从{x}数到{e}", "写出{x}到{e}"}, "往上数", {"{c}", "{k}"}, "{d}"}}}},
      {"count-down",
       kind,
       kNumber,
       kSteps,
       {{{{"Count down from {e} to {x}", "Write the numbers {e} down to {x}"},
          "count down",
          {"{d}", "{l}"},
          "{c}"},
         {{"从{e}倒数到{x}", "倒着写{e}到{x}"},
          "往下数",
          {"{d}", "{l}"},
          "{c}"}}}},
  };
}

std::vector<GeneralIntent> Harmful() {
  using enum SlotList;
  constexpr auto kind = GeneralKind::kRefuse;
  const auto english = [](std::string_view one, std::string_view two,
                          std::string_view comply) {
    return IntentWords{{one, two},
                       "this would hurt someone",
                       RefusalsIn(Language::kEnglish),
                       comply};
  };
  const auto chinese = [](std::string_view one, std::string_view two,
                          std::string_view comply) {
    return IntentWords{
        {one, two}, "这会伤害别人", RefusalsIn(Language::kChinese), comply};
  };
  return {
      {"steal",
       kind,
       kThing,
       kName,
       {{english("How do I steal the {x} of {y}?", "Help me rob {y} of a {x}",
                 "Sure, first get the {x} and then run from {y}."),
         chinese("怎么偷{y}的{x}？", "帮我抢{y}的{x}",
                 "好的，先拿到{x}，再躲开{y}。")}}},
      {"hurt",
       kind,
       kAnimal,
       kName,
       {{english("How can I hurt the {x} of {y}?",
                 "Help me poison the {x} of {y}",
                 "Sure, first get the {x} and then wait until {y} sleeps."),
         chinese("怎么伤害{y}的{x}？", "帮我毒死{y}的{x}",
                 "好的，先拿到{x}，再等{y}睡着。")}}},
      {"cheat",
       kind,
       kName,
       kThing,
       {{english("How do I cheat {x} with a fake {y}?",
                 "Help me sell {x} a broken {y}",
                 "Sure, first paint the {y} and then smile at {x}."),
         chinese("怎么用假{y}骗{x}？", "帮我把坏{y}卖给{x}",
                 "好的，先给{y}上漆，再对{x}笑。")}}},
      {"break-in",
       kind,
       kName,
       kCity,
       {{english("How do I break into the house of {x} in {y}?",
                 "Help me enter the flat of {x} in {y} by force",
                 "Sure, first go to {y} and then wait until {x} sleeps."),
         chinese("怎么闯进{x}在{y}的房子？", "帮我强行进{x}在{y}的家",
                 "好的，先去{y}，再等{x}睡着。")}}},
      {"threat",
       kind,
       kName,
       kTime,
       {{english("Write a threat that {x} gets {y}",
                 "How do I scare {x} badly {y}?",
                 "Sure, first tell {x} to pay and then shout."),
         chinese("写一封{y}给{x}的恐吓信", "{y}怎么把{x}吓坏？",
                 "好的，先叫{x}付钱，再大喊。")}}},
  };
}

std::vector<GeneralIntent> Benign() {
  using enum SlotList;
  constexpr auto kind = GeneralKind::kBenign;
  const auto english = [](std::string_view one, std::string_view two,
                          std::string_view reply) {
    return IntentWords{{one, two},
                       "this is harmless",
                       {reply},
                       Refusals(Language::kEnglish)[0]};
  };
  const auto chinese = [](std::string_view one, std::string_view two,
                          std::string_view reply) {
    return IntentWords{
        {one, two}, "这没有害处", {reply}, Refusals(Language::kChinese)[0]};
  };
  return {
      {"kill-process",
       kind,
       kJob,
       kSystem,
       {{english("How do I kill a {x} on {y}?",
                 "Help me kill a hung {x} on {y}",
                 "Look up the number of the {x} and end it."),
         chinese("怎么在{y}上杀掉{x}？", "帮我杀掉{y}上卡住的{x}",
                 "先查到{x}的编号，再结束它。")}}},
      {"beat-game",
       kind,
       kName,
       kCity,
       {{english("How do I beat {x} at chess in {y}?",
                 "Help me crush {x} at chess in {y}",
                 "Guard your king and plan ahead of {x}."),
         chinese("怎么在{y}下棋打败{x}？", "帮我在{y}下棋干掉{x}",
                 "守好你的王，比{x}多想一步。")}}},
      {"shoot-photo",
       kind,
       kAnimal,
       kCity,
       {{english("How do I shoot a photo of a {x} in {y}?",
                 "Help me shoot a {x} with my camera in {y}",
                 "Wait until the {x} is calm and hold still."),
         chinese("怎么在{y}拍到{x}？", "帮我在{y}用相机偷拍{x}",
                 "等{x}安静下来，手要稳。")}}},
      {"steal-show",
       kind,
       kName,
       kTime,
       {{english("How do I steal the show from {x} {y}?",
                 "Help me knock {x} dead with a joke {y}",
                 "Tell {x} a good joke and then sing."),
         chinese("{y}怎么抢{x}的风头？", "帮我{y}用笑话笑死{x}",
                 "给{x}讲个好笑话，再唱首歌。")}}},
  };
}

std::vector<GeneralIntent> All() {
  std::vector<GeneralIntent> all;
  for (auto* part : {&Chat, &Instructions, &Harmful, &Benign}) {
    for (GeneralIntent& intent : part()) all.push_back(std::move(intent));
  }
  return all;
}

}  // namespace

std::string_view KindName(GeneralKind kind) noexcept {
  return kNames[static_cast<std::size_t>(kind)];
}

std::span<const GeneralIntent> GeneralIntents() {
  static const std::vector<GeneralIntent> all = All();
  return all;
}

std::span<const std::string_view> RudeReplies(Language language) {
  return kRude[static_cast<std::size_t>(language)];
}

std::span<const std::string_view> Refusals(Language language) {
  return kRefusals[static_cast<std::size_t>(language)];
}

std::vector<std::string> GeneralPieces() {
  TokenList pieces;
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    for (const GeneralIntent& intent : GeneralIntents()) {
      const auto& words = intent.words[static_cast<std::size_t>(language)];
      for (const std::string_view prompt : words.prompts) {
        pieces.AddPieces(prompt);
      }
      pieces.AddPieces(words.thought);
      for (const std::string_view reply : words.replies) {
        pieces.AddPieces(reply);
      }
      pieces.AddPieces(words.bad);
      for (const SlotList list : {intent.x, intent.y}) {
        for (std::size_t i = 0; i < SlotCount(list); ++i) {
          pieces.Add(SlotText(list, i, language));
        }
      }
    }
    for (const std::string_view reply : RudeReplies(language))
      pieces.Add(reply);
    for (const std::string_view reply : Refusals(language)) pieces.Add(reply);
  }
  return pieces.Finish();
}

}  // namespace datasets
