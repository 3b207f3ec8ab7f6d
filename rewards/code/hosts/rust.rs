// The side of the program that is judged: it is compiled with the program, and
// answers calls of what that defines; rewards/code/wire.h says how. Nothing here
// is secret or trusted: whatever it sends is an answer of the program's. The
// program lies in the same module, so that what is private is found, and its
// main is a function that nobody calls.
//
// Words that begin with $ are put in by hosted_source.cc.
#![no_main]

mod assay_host {
    use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
    use std::fs::File;
    use std::hash::Hash;
    use std::io::{Read, Write};
    use std::os::unix::io::FromRawFd;
    use std::panic::{catch_unwind, panic_any, AssertUnwindSafe};
    use std::process::exit;
    use std::sync::Mutex;

    // What a frame holds.
    #[derive(Clone)]
    pub enum Node {
        Null,
        Bool(bool),
        Whole(bool, String), // negative; hexadecimal digits
        Real(f64),
        Text(String),
        List(Vec<Node>),
        Pairs(Vec<(String, Node)>),
    }

    // An argument that is no value of its parameter's type.
    struct Refused(&'static str);
    fn refuse_type() -> ! {
        panic_any(Refused("ArgumentTypeError"))
    }
    fn refuse_range() -> ! {
        panic_any(Refused("ArgumentRangeError"))
    }

    // Frames.
    fn channel() -> std::mem::ManuallyDrop<File> {
        std::mem::ManuallyDrop::new(unsafe { File::from_raw_fd(3) })
    }
    fn receive_bytes(count: usize) -> Vec<u8> {
        let mut data = vec![0; count];
        if channel().read_exact(&mut data).is_err() {
            exit(0); // nobody listens any more
        }
        data
    }
    fn size_at(data: &[u8]) -> usize {
        u32::from_le_bytes([data[0], data[1], data[2], data[3]]) as usize
    }
    fn receive() -> Vec<u8> {
        receive_bytes(size_at(&receive_bytes(4)))
    }
    fn send(payload: &[u8]) {
        let mut data = (payload.len() as u32).to_le_bytes().to_vec();
        data.extend_from_slice(payload);
        if channel().write_all(&data).is_err() {
            exit(0);
        }
    }

    fn take<'a>(frame: &mut &'a [u8], count: usize) -> &'a [u8] {
        let (taken, rest) = frame.split_at(count);
        *frame = rest;
        taken
    }
    fn next(frame: &mut &[u8]) -> Node {
        let tag = take(frame, 1)[0];
        match tag {
            b'N' => return Node::Null,
            b'T' | b'F' => return Node::Bool(tag == b'T'),
            b'd' => {
                let mut bytes = [0; 8];
                bytes.copy_from_slice(take(frame, 8));
                return Node::Real(f64::from_le_bytes(bytes));
            }
            _ => {}
        }
        let count = size_at(take(frame, 4));
        match tag {
            b'i' | b's' => {
                let text = String::from_utf8_lossy(take(frame, count)).into_owned();
                if tag == b's' {
                    return Node::Text(text);
                }
                let digits = text.trim_start_matches('-').to_string();
                Node::Whole(text.starts_with('-'), digits)
            }
            b'D' => Node::Pairs(
                (0..count)
                    .map(|_| match next(frame) {
                        Node::Text(key) => (key, next(frame)),
                        _ => refuse_type(),
                    })
                    .collect(),
            ),
            _ => Node::List((0..count).map(|_| next(frame)).collect()),
        }
    }

    // Arguments.
    pub trait FromValue: Sized {
        fn from_value(node: Node) -> Self;
        // The keys of JSON are text: a number is its digits.
        fn from_key(key: String) -> Self {
            Self::from_value(Node::Text(key))
        }
    }

    macro_rules! whole {
        ($($kind:ty)*) => {$(
            impl FromValue for $kind {
                fn from_value(node: Node) -> Self {
                    match node {
                        Node::Whole(negative, digits) => {
                            let sign = if negative { "-" } else { "" };
                            <$kind>::from_str_radix(&format!("{}{}", sign, digits), 16)
                                .unwrap_or_else(|_| refuse_range())
                        }
                        Node::Real(real) => {
                            if real != real.trunc() {
                                refuse_type();
                            }
                            // What has no fraction has at most these digits.
                            format!("{:.0}", real).parse().unwrap_or_else(|_| refuse_range())
                        }
                        _ => refuse_type(),
                    }
                }
                fn from_key(key: String) -> Self {
                    match key.parse::<$kind>() {
                        Ok(number) if number.to_string() == key => number,
                        _ => refuse_type(),
                    }
                }
            }
            impl IntoValue for $kind {
                const KEY: bool = true;
                fn put(&self, out: &mut Vec<u8>) {
                    let wide = *self as i128;
                    let digits = if *self == 0 {
                        "0".to_string()
                    } else if wide < 0 && (0 as $kind).wrapping_sub(1).to_string() == "-1" {
                        format!("-{:x}", wide.unsigned_abs())
                    } else {
                        format!("{:x}", *self)
                    };
                    text(b'i', &digits, out);
                }
                fn put_key(&self, out: &mut Vec<u8>) {
                    text(b's', &self.to_string(), out);
                }
            }
        )*};
    }
    whole!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

    macro_rules! real {
        ($($kind:ty)*) => {$(
            impl FromValue for $kind {
                fn from_value(node: Node) -> Self {
                    let real = match node {
                        Node::Real(real) => real,
                        Node::Whole(negative, digits) => {
                            let number = u128::from_str_radix(&digits, 16)
                                .unwrap_or_else(|_| refuse_range()) as f64;
                            if negative { -number } else { number }
                        }
                        _ => refuse_type(),
                    };
                    let made = real as $kind;
                    if made.is_infinite() {
                        refuse_range();
                    }
                    made
                }
            }
            impl IntoValue for $kind {
                const KEY: bool = true;
                fn put(&self, out: &mut Vec<u8>) {
                    out.push(b'd');
                    out.extend_from_slice(&(*self as f64).to_le_bytes());
                }
            }
        )*};
    }
    real!(f32 f64);

    impl FromValue for bool {
        fn from_value(node: Node) -> Self {
            match node {
                Node::Bool(value) => value,
                _ => refuse_type(),
            }
        }
    }
    impl FromValue for String {
        fn from_value(node: Node) -> Self {
            match node {
                Node::Text(text) => text,
                _ => refuse_type(),
            }
        }
    }
    impl FromValue for char {
        fn from_value(node: Node) -> Self {
            let text = String::from_value(node);
            let mut all = text.chars();
            match (all.next(), all.next()) {
                (Some(one), None) => one,
                _ => refuse_range(),
            }
        }
    }
    impl FromValue for () {
        fn from_value(node: Node) -> Self {
            match node {
                Node::Null => (),
                _ => refuse_type(),
            }
        }
    }
    impl<T: FromValue> FromValue for Option<T> {
        fn from_value(node: Node) -> Self {
            match node {
                Node::Null => None,
                _ => Some(T::from_value(node)),
            }
        }
    }
    impl<T: FromValue> FromValue for Box<T> {
        fn from_value(node: Node) -> Self {
            Box::new(T::from_value(node))
        }
    }

    fn items(node: Node) -> Vec<Node> {
        match node {
            Node::List(items) => items,
            _ => refuse_type(),
        }
    }
    macro_rules! list {
        ($($kind:ident $(: $bound:ident + $other:ident)?),*) => {$(
            impl<T: FromValue $(+ $bound + $other)?> FromValue for $kind<T> {
                fn from_value(node: Node) -> Self {
                    items(node).into_iter().map(T::from_value).collect()
                }
            }
        )*};
    }
    list!(Vec, VecDeque, HashSet: Eq + Hash, BTreeSet: Eq + Ord);
    impl<T: FromValue, const COUNT: usize> FromValue for [T; COUNT] {
        fn from_value(node: Node) -> Self {
            let made: Vec<T> = Vec::from_value(node);
            made.try_into().unwrap_or_else(|_| refuse_range())
        }
    }

    fn pairs(node: Node) -> Vec<(String, Node)> {
        match node {
            Node::Pairs(pairs) => pairs,
            _ => refuse_type(),
        }
    }
    impl<K: FromValue + Eq + Hash, V: FromValue> FromValue for HashMap<K, V> {
        fn from_value(node: Node) -> Self {
            pairs(node).into_iter().map(|(k, v)| (K::from_key(k), V::from_value(v))).collect()
        }
    }
    impl<K: FromValue + Ord, V: FromValue> FromValue for BTreeMap<K, V> {
        fn from_value(node: Node) -> Self {
            pairs(node).into_iter().map(|(k, v)| (K::from_key(k), V::from_value(v))).collect()
        }
    }

    // What is borrowed lives as long as the process.
    impl<T: FromValue> FromValue for &'static T {
        fn from_value(node: Node) -> Self {
            Box::leak(Box::new(T::from_value(node)))
        }
    }
    impl<T: FromValue> FromValue for &'static mut T {
        fn from_value(node: Node) -> Self {
            Box::leak(Box::new(T::from_value(node)))
        }
    }
    impl<T: FromValue> FromValue for &'static [T] {
        fn from_value(node: Node) -> Self {
            Vec::leak(Vec::from_value(node))
        }
    }
    impl<T: FromValue> FromValue for &'static mut [T] {
        fn from_value(node: Node) -> Self {
            Vec::leak(Vec::from_value(node))
        }
    }
    impl FromValue for &'static str {
        fn from_value(node: Node) -> Self {
            Box::leak(String::from_value(node).into_boxed_str())
        }
    }

    // Results.
    pub trait IntoValue {
        // It can be a key of a frame.
        const KEY: bool;
        fn put(&self, out: &mut Vec<u8>);
        fn put_key(&self, out: &mut Vec<u8>) {
            if Self::KEY {
                self.put(out);
            } else {
                text(b'H', "", out);
            }
        }
    }

    fn size(count: usize, out: &mut Vec<u8>) {
        out.extend_from_slice(&(count as u32).to_le_bytes());
    }
    fn text(tag: u8, text: &str, out: &mut Vec<u8>) {
        out.push(tag);
        size(text.len(), out);
        out.extend_from_slice(text.as_bytes());
    }

    impl IntoValue for bool {
        const KEY: bool = true;
        fn put(&self, out: &mut Vec<u8>) {
            out.push(if *self { b'T' } else { b'F' });
        }
    }
    impl IntoValue for () {
        const KEY: bool = true;
        fn put(&self, out: &mut Vec<u8>) {
            out.push(b'N');
        }
    }
    impl IntoValue for str {
        const KEY: bool = true;
        fn put(&self, out: &mut Vec<u8>) {
            text(b's', self, out);
        }
    }
    impl IntoValue for String {
        const KEY: bool = true;
        fn put(&self, out: &mut Vec<u8>) {
            text(b's', self, out);
        }
    }
    impl IntoValue for char {
        const KEY: bool = true;
        fn put(&self, out: &mut Vec<u8>) {
            text(b's', &self.to_string(), out);
        }
    }
    impl<T: IntoValue> IntoValue for Option<T> {
        const KEY: bool = T::KEY;
        fn put(&self, out: &mut Vec<u8>) {
            match self {
                Some(value) => value.put(out),
                None => out.push(b'N'),
            }
        }
    }
    macro_rules! same {
        ($($kind:ty),*) => {$(
            impl<T: IntoValue + ?Sized> IntoValue for $kind {
                const KEY: bool = T::KEY;
                fn put(&self, out: &mut Vec<u8>) {
                    (**self).put(out);
                }
                fn put_key(&self, out: &mut Vec<u8>) {
                    (**self).put_key(out);
                }
            }
        )*};
    }
    same!(&T, &mut T, Box<T>);

    macro_rules! into_list {
        ($($kind:ty),*) => {$(
            impl<T: IntoValue> IntoValue for $kind {
                const KEY: bool = false;
                fn put(&self, out: &mut Vec<u8>) {
                    out.push(b'l');
                    size(self.len(), out);
                    for item in self.iter() {
                        item.put(out);
                    }
                }
            }
        )*};
    }
    into_list!([T], Vec<T>, VecDeque<T>);
    impl<T: IntoValue, const COUNT: usize> IntoValue for [T; COUNT] {
        const KEY: bool = false;
        fn put(&self, out: &mut Vec<u8>) {
            self[..].put(out);
        }
    }
    macro_rules! into_set {
        ($($kind:ty),*) => {$(
            impl<T: IntoValue> IntoValue for $kind {
                const KEY: bool = false;
                fn put(&self, out: &mut Vec<u8>) {
                    out.push(b'S');
                    size(self.len(), out);
                    for item in self.iter() {
                        if T::KEY {
                            item.put(out);
                        } else {
                            text(b'H', "", out);
                        }
                    }
                }
            }
        )*};
    }
    into_set!(HashSet<T>, BTreeSet<T>);
    macro_rules! into_map {
        ($($kind:ty),*) => {$(
            impl<K: IntoValue, V: IntoValue> IntoValue for $kind {
                const KEY: bool = false;
                fn put(&self, out: &mut Vec<u8>) {
                    out.push(b'D');
                    size(self.len(), out);
                    for (key, item) in self.iter() {
                        key.put_key(out);
                        item.put(out);
                    }
                }
            }
        )*};
    }
    into_map!(HashMap<K, V>, BTreeMap<K, V>);

    macro_rules! tuple {
        ($(($count:expr, $($kind:ident $place:tt)*))*) => {$(
            impl<$($kind: FromValue),*> FromValue for ($($kind,)*) {
                fn from_value(node: Node) -> Self {
                    let items = items(node);
                    if items.len() != $count {
                        refuse_range();
                    }
                    ($($kind::from_value(items[$place].clone()),)*)
                }
            }
            impl<$($kind: IntoValue),*> IntoValue for ($($kind,)*) {
                const KEY: bool = $($kind::KEY)&&*;
                fn put(&self, out: &mut Vec<u8>) {
                    out.push(b't');
                    size($count, out);
                    $(self.$place.put(out);)*
                }
            }
        )*};
    }
    tuple!((1, A 0) (2, A 0 B 1) (3, A 0 B 1 C 2) (4, A 0 B 1 C 2 D 3)
           (5, A 0 B 1 C 2 D 3 E 4) (6, A 0 B 1 C 2 D 3 E 4 F 5));

    // Of the question that is answered now.
    static ARGS: Mutex<Vec<Node>> = Mutex::new(Vec::new());

    pub fn arg<T: FromValue>(place: usize) -> T {
        let node = ARGS.lock().unwrap_or_else(|error| error.into_inner())[place].clone();
        T::from_value(node)
    }
    pub fn answer<T: IntoValue>(value: T) -> Vec<u8> {
        let mut out = b"v".to_vec();
        value.put(&mut out);
        out.push(b'N');
        out
    }

    fn raised(name: &str) -> Vec<u8> {
        let mut out = b"e".to_vec();
        for part in [name, "", ""] {
            text(b's', part, &mut out);
        }
        out
    }

    #[export_name = "main"]
    pub extern "C" fn assay_main() -> i32 {
        send(b"h");
        receive();
        send(b"l");
        loop {
            let frame = receive();
            let mut rest = &frame[1..];
            next(&mut rest); // the path
            *ARGS.lock().unwrap_or_else(|error| error.into_inner()) = items(next(&mut rest));
            let answer = catch_unwind(AssertUnwindSafe(super::assay_answer));
            send(&answer.unwrap_or_else(|error| match error.downcast_ref::<Refused>() {
                Some(refused) => raised(refused.0),
                None => raised("panic"),
            }));
        }
    }
}

include!(".program.rs");

fn assay_answer() -> ::std::vec::Vec<u8> {
    assay_host::answer($CALL)
}
