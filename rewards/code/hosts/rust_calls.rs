// How the program is called.
mod assay_host {
    use super::assay_arguments::{items, FromValue, Refused};
    use super::assay_frames::{next, receive, send, Node};
    use super::assay_results::{text, IntoValue};
    use std::panic::{catch_unwind, AssertUnwindSafe};
    use std::sync::Mutex;

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
