#include "tests/rewards/code_host_rows.h"

namespace rewards {
namespace {

constexpr std::string_view kTag = "bash";

}  // namespace

const std::vector<HostRow> kBashRows = {
    {"Right", kTag, "add() { echo $(($1 + $2)); }", kAdd, "AC"},
    {"Wrong", kTag, "add() { echo $(($1 - $2)); }", kAdd, "WA"},
    {"Words", kTag, "f() { printf \"%s|\" \"$@\"; }",
     R"j({"call":"f","args":["a b","","*",3,-2.5,true,null],"returns":"a b||*|3|-2.5|true||"})j",
     "AC"},
    {"Lines", kTag, "f() { printf \"a\\nb\\n\\n\"; }",
     R"j({"call":"f","returns":"a\nb"})j", "AC"},
    {"NumbersAreMetByTheirText", kTag, "f() { echo 3.0; }", kThree, "AC"},
    {"TextIsExact", kTag, "f() { echo 3.0; }",
     R"j({"call":"f","returns":"3"})j", "WA"},
    {"TrueIsAWord", kTag, "f() { echo true; }", kTrue, "AC"},
    {"OneIsNotTrue", kTag, "f() { echo 1; }", kTrue, "WA"},
    {"ErrorsDoNotCount", kTag,
     "set -euo pipefail\nadd() { false; echo $(($1 + $2)); }", kAdd, "AC"},
    {"ItsStatusDoesNotCount", kTag,
     "set -e\nadd() { echo $(($1 + $2)); return 3; }", kAdd, "AC"},
    {"PrintsBeside", kTag, "echo 42\nadd() { echo 42 >&2; echo $(($1 + $2)); }",
     kAdd, "AC"},
    {"ReadsNothing", kTag, "read x\nadd() { read y; echo $(($1 + $2))$x$y; }",
     kAdd, "AC"},
    {"RunsTools", kTag,
     "add() { echo \"$1 $2\" | awk \"{ print \\$1 + \\$2 }\"; }", kAdd, "AC"},
    {"NoSuchName", kTag, "other() { :; }", kAdd, "RE"},
    {"NoProgramOfTheMachine", kTag, "declare() { :; }",
     R"j({"call":"echo","args":["42"],"returns":42})j", "RE"},
    {"DoesNotParse", kTag, "add() {", kAdd, "RE"},
    // RE where each process has the time (below L3), TLE where all have it.
    {"Busy", kTag, "add() { while :; do :; done; }", kAdd, kUnpaid, kShort},
    // It said nothing, which is no answer.
    {"BusyWhereNothingIsExpected", kTag, "f() { while :; do :; done; }",
     R"j({"call":"f","returns":""})j", kUnpaid, kShort},
    // Hacks.
    {"ExitsZero", kTag, "exit 0", kAdd, "RE"},
    {"ExitsWhenCalled", kTag, "add() { exit 0; }", kAdd, "WA"},
    {"PatchesBuiltins", kTag,
     "printf() { builtin echo 42; }\nhead() { :; }\nadd() { echo $(($1 - $2)); "
     "}",
     kAdd, "WA"},
    {"DefinesWhatTheHostUses", kTag,
     "printf() { builtin echo 42; }\nhead() { :; }\nod() { :; }\ndeclare() { "
     "builtin echo 42; }\nadd() { echo $(($1 + $2)); }",
     kAdd, "AC"},
    {"WritesToTheStream", kTag,
     "add() { printf \"\\003\\000\\000\\000vTN\" >&3; }", kAdd, "WA"},
    {"AnswersOnTheStream", kTag,
     "add() { printf \"\\011\\000\\000\\000vs\\002\\000\\000\\00042N\" >&3; }",
     kAdd, "WA"},
    {"RepliesEarly", kTag,
     "printf \"\\002\\000\\000\\000vT\" >&3\nadd() { echo 42; }", kAdd, "RE"},
};

}  // namespace rewards
