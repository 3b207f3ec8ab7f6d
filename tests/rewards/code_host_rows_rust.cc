#include "tests/rewards/code_host_rows.h"

namespace rewards {
namespace {

constexpr std::string_view kTag = "rust";

}  // namespace

const std::vector<HostRow> kRustRows = {
    {"Right", kTag, "fn add(a: i32, b: i32) -> i32 { a + b }", kAdd, "AC"},
    {"Wrong", kTag, "fn add(a: i32, b: i32) -> i32 { a - b }", kAdd, "WA"},
    {"HasAMain", kTag,
     "#![allow(dead_code)]\n//! A crate.\nuse std::io;\npub fn add(a: i64, b: "
     "u8) -> i64 { a + b as i64 }\nfn main() { let mut s = String::new(); "
     "io::stdin().read_line(&mut s).unwrap(); }",
     kAdd, "AC"},
    {"AssociatedFunction", kTag,
     "struct Solution;\nimpl Solution { pub fn add(a: i32, b: i32) -> i32 { a "
     "+ "
     "b } }",
     R"j({"call":"Solution().add","args":[40,2],"returns":42})j", "AC"},
    {"OfAModule", kTag,
     "mod a { pub fn f() -> i32 { crate::three() } }\nfn three() -> i32 { 3 }",
     R"j({"call":"a.f","returns":3})j", "AC"},
    {"PrintsBeside", kTag,
     "fn add(a: i32, b: i32) -> i32 { println!(\"9\"); a + b }", kAdd, "AC"},
    {"Borrowed", kTag,
     "fn f<'a>(a: &'a str, b: &[&str], c: &mut Vec<String>, d: &Vec<char>) -> "
     "Vec<&'a str> { c.push(String::new()); if b.len() + c.len() + d.len() == "
     "4 "
     "{ vec![a] } else { vec![] } }",
     R"j({"call":"f","args":["x",["y"],["z"],["é"]],"returns":["x"]})j", "AC"},
    {"Collections", kTag,
     "use std::collections::*;\nfn f(a: Vec<(i64, f64)>, m: HashMap<i32, "
     "bool>, o: Option<String>, p: [u8; 2]) -> (BTreeMap<i64, Vec<f64>>, "
     "Option<i32>) { let mut r = BTreeMap::new(); r.insert(a[0].0, "
     "vec![a[0].1, "
     "if m[&5] { 1.0 } else { 0.0 }]); (r, o.map(|_| p[1] as i32)) }",
     R"j({"call":"f","args":[[[7,2.5]],{"5":true},null,[1,2]],"returns":[{"7":[2.5,1]},null]})j",
     "AC"},
    {"ASetIsNoList", kTag,
     "use std::collections::BTreeSet;\nfn f() -> BTreeSet<i32> { [1, "
     "2].into_iter().collect() }",
     kOneTwo, "WA"},
    {"FitsAtItsLimit", kTag, "fn f(a: i32) -> i32 { 3 }",
     R"j({"call":"f","args":[-2147483648],"returns":3})j", "AC"},
    {"DoesNotFit", kTag, "fn f(a: i32) -> i32 { 3 }",
     R"j({"call":"f","args":[2147483648],"returns":3})j", "RE", "",
     "raises ArgumentRangeError"},
    {"NoNegativeIsUnsigned", kTag, "fn f(a: usize) -> i32 { 3 }",
     R"j({"call":"f","args":[-1],"returns":3})j", "RE", "",
     "raises ArgumentRangeError"},
    {"LeastAndMost", kTag, "fn f(a: i64, b: u64) -> (i64, u64) { (a, b) }",
     R"j({"call":"f","args":[-9223372036854775808,18446744073709551615],"returns":[-9223372036854775808,18446744073709551615]})j",
     "AC"},
    {"AFractionIsNoInteger", kTag, "fn f(a: i32) -> i32 { 3 }",
     R"j({"call":"f","args":[3.5],"returns":3})j", "RE", "",
     "raises ArgumentTypeError"},
    {"AWholeFloatIsOne", kTag, "fn f(a: i32) -> i32 { a }",
     R"j({"call":"f","args":[3.0],"returns":3})j", "AC"},
    {"TextIsNoNumber", kTag, "fn f(a: i32) -> i32 { 3 }",
     R"j({"call":"f","args":["3"],"returns":3})j", "RE", "",
     "raises ArgumentTypeError"},
    {"ATupleHasItsLength", kTag, "fn f(a: (i32, i32)) -> i32 { 3 }",
     R"j({"call":"f","args":[[1]],"returns":3})j", "RE", "",
     "raises ArgumentRangeError"},
    {"SinglePrecision", kTag, "fn f(a: f32) -> f32 { a + 0.2 }",
     R"j({"call":"f","args":[0.1],"returns":0.3})j", "AC"},
    {"FloatIsExact", kTag, "fn f() -> f64 { 0.1 + 0.2 }",
     R"j({"call":"f","returns":0.3})j", "WA"},
    {"TrueIsNoNumber", kTag, "fn f() -> bool { true }",
     R"j({"call":"f","returns":1})j", "WA"},
    {"Nothing", kTag, "fn f() {}", kNull, "AC"},
    {"Raises", kTag, "fn add(a: i32, b: i32) -> i32 { panic!() }", kAdd, "RE"},
    {"Overflows", kTag, "fn add(a: u8, b: u8) -> u8 { [1, 2][a as usize] }",
     kAdd, "RE"},
    {"NoSuchName", kTag, "fn other() -> i32 { 42 }", kAdd, "CE"},
    {"TooManyParameters", kTag, "fn add(a: i32, b: i32, c: i32) -> i32 { 42 }",
     kAdd, "CE"},
    {"Generic", kTag,
     "fn add<T: std::ops::Add<Output = T>>(a: T, b: T) -> T { a + b }", kAdd,
     "CE"},
    {"Busy", kTag, "fn add(a: i32, b: i32) -> i32 { loop {} }", kAdd, "TLE",
     kShort},
    // Hacks.
    {"ExitsWhenCalled", kTag,
     "fn add(a: i32, b: i32) -> i32 { std::process::exit(0) }", kAdd, "RE"},
    {"StructOfItsOwn", kTag,
     "struct E;\nimpl PartialEq<i32> for E { fn eq(&self, _: &i32) -> bool { "
     "true } }\nfn add(a: i32, b: i32) -> E { E }",
     kAdd, "CE"},
    // It says its own answer, which is compared as any.
    {"SaysWhatItIs", kTag,
     "struct E;\nimpl assay_results::IntoValue for E { const KEY: bool = true; "
     "fn "
     "put(&self, out: &mut Vec<u8>) { out.extend_from_slice(b\"T\"); } }\nfn "
     "add(a: i32, b: i32) -> E { E }",
     kAdd, "WA"},
    {"KeysThatAreLists", kTag,
     "use std::collections::HashMap;\nfn f() -> HashMap<Vec<i32>, i32> { "
     "HashMap::from([(vec![1], 1)]) }",
     R"j({"call":"f","returns":{"1":1}})j", "WA"},
    {"RedefinesTheHost", kTag,
     "mod assay_host {}\nfn add(a: i32, b: i32) -> i32 { 42 }", kAdd, "CE"},
    {"RepliesTwice", kTag,
     "use std::io::Write;\nuse std::os::unix::io::FromRawFd;\nfn add(a: i32, "
     "b: "
     "i32) -> i32 { for i in 0..9 { let mut f = "
     "std::mem::ManuallyDrop::new(unsafe { std::fs::File::from_raw_fd(i) }); "
     "let _ = f.write(b\"\\x03\\0\\0\\0vTN\"); } 42 }",
     kAdd, "WA"},
    {"AThreadReplies", kTag,
     "use std::io::Write;\nuse std::os::unix::io::FromRawFd;\nfn add(a: i32, "
     "b: "
     "i32) -> i32 { std::thread::spawn(|| loop { let mut f = "
     "std::mem::ManuallyDrop::new(unsafe { std::fs::File::from_raw_fd(3) }); "
     "let _ = f.write(b\"\\x03\\0\\0\\0vTN\"); }); "
     "std::thread::sleep(std::time::Duration::from_millis(200)); 42 }",
     kAdd, kUnpaid},
};

}  // namespace rewards
