// What a result of the program is in a frame.
mod assay_results {
    use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

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
    pub fn text(tag: u8, text: &str, out: &mut Vec<u8>) {
        out.push(tag);
        size(text.len(), out);
        out.extend_from_slice(text.as_bytes());
    }

    macro_rules! whole {
        ($($kind:ty)*) => {$(
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
}
