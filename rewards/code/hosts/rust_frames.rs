// The side of the program that is judged: it is compiled with the program, and
// answers calls of what that defines; rewards/code/wire.h says how. Nothing here
// is secret or trusted: whatever it sends is an answer of the program's. The
// program lies in the same module, so that what is private is found, and its
// main is a function that nobody calls.
//
// Words that begin with $ are put in by hosted_source.cc.
#![no_main]

mod assay_frames {
    use std::fs::File;
    use std::io::{Read, Write};
    use std::os::unix::io::FromRawFd;
    use std::process::exit;

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
    pub fn receive() -> Vec<u8> {
        receive_bytes(size_at(&receive_bytes(4)))
    }
    pub fn send(payload: &[u8]) {
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
    pub fn next(frame: &mut &[u8]) -> Node {
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
                        _ => exit(0), // keys are text
                    })
                    .collect(),
            ),
            _ => Node::List((0..count).map(|_| next(frame)).collect()),
        }
    }
}
