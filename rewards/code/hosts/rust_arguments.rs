// What a parameter of the program gets for an argument of a test.
mod assay_arguments {
    use super::assay_frames::Node;
    use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
    use std::hash::Hash;
    use std::panic::panic_any;

    // An argument that is no value of its parameter's type.
    pub struct Refused(pub &'static str);
    fn refuse_type() -> ! {
        panic_any(Refused("ArgumentTypeError"))
    }
    fn refuse_range() -> ! {
        panic_any(Refused("ArgumentRangeError"))
    }

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

    pub fn items(node: Node) -> Vec<Node> {
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
        )*};
    }
    tuple!((1, A 0) (2, A 0 B 1) (3, A 0 B 1 C 2) (4, A 0 B 1 C 2 D 3)
           (5, A 0 B 1 C 2 D 3 E 4) (6, A 0 B 1 C 2 D 3 E 4 F 5));
}
