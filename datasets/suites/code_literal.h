// LiteralReader: the constants of published tests in other languages, as the
// JSON values that a call test holds. It reads constants alone and runs
// nothing: what is not one is refused. For one thread at a time; linear time;
// does not block.

#ifndef DATASETS_SUITES_CODE_LITERAL_H_
#define DATASETS_SUITES_CODE_LITERAL_H_

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace datasets {

// Whose constants.
enum class LiteralFamily {
  kJavaScript,  // and TypeScript: [1, "a"], {"a": 1}, undefined
  kPhp,         // array(1, "a"), array("a" => 1), null
  kShell,       // "a", with a backslash that only escapes " $ ` and itself
  kCpp,         // (std::vector<long>({(long)1})), std::make_tuple(1, "a")
  kJava,        // (new ArrayList<Long>(Arrays.asList((long)1l))), Pair.with(1l)
  kCSharp,      // (new List<long>(new long[]{(long)1L})), Tuple.Create(1L)
};

// Deepest nesting of brackets.
inline constexpr std::size_t kMaxLiteralDepth = 32;

// A place in a text, moved on by what is read. After a failure the place is
// anywhere. Every call skips white space before what it reads.
class LiteralReader {
 public:
  // Borrows `text`.
  LiteralReader(std::string_view text, LiteralFamily family) noexcept
      : text_(text), family_(family) {}

  // A constant. A list, a tuple and an array are an array; a map with keys of
  // text, and a map of PHP that is no list, an object; a value that is missing
  // is null; a whole number stays one, and every other is a double. Nothing
  // where there is no constant, or one that would lose something: a number out
  // of range, a map with other keys, text with what a shell or PHP would
  // replace.
  [[nodiscard]] std::optional<boost::json::value> Value();

  // Constants with commas between them, then `close`, which is read too.
  [[nodiscard]] std::optional<boost::json::array> List(std::string_view close);

  // Exactly `word`; nothing is read where it is not there.
  bool Take(std::string_view word);

  // A name: letters, digits, "_", and "." or "::" between them. Empty where
  // there is none.
  [[nodiscard]] std::string_view Name();

  [[nodiscard]] bool AtEnd();

 private:
  using Result = std::optional<boost::json::value>;

  void SkipSpace();
  [[nodiscard]] std::string_view PeekName() const;
  bool SkipTypeArguments();
  bool SkipCast(bool* to_float);
  Result Number();
  std::optional<std::string> Text();
  bool Escape(std::string* text);
  bool Digits(std::size_t most, unsigned base, unsigned* number);
  Result TextValue();
  Result Named();
  Result Constructor(std::string_view name);
  Result NewObject();
  Result Entries(std::string_view close, std::string_view arrow);
  Result BracedEntries();
  Result AlternatingEntries();
  Result PhpArray();

  std::string_view text_;
  LiteralFamily family_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
};

}  // namespace datasets

#endif  // DATASETS_SUITES_CODE_LITERAL_H_
