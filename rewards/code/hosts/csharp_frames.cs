// The side of the program that is judged: it is compiled with the program, and
// answers calls of what that defines; rewards/code/wire.h says how. Nothing here
// is secret or trusted: whatever it sends is an answer of the program's.
//
// All of it is in a namespace of its own, so that a program may have types of the
// names that it uses.
namespace AssayHost {
using System;
using System.Collections.Generic;
using System.IO;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

static class Frames {
  // Descriptors are none of Mono's.
  [DllImport("libc", EntryPoint = "read")]
  static extern IntPtr Read(int fd, IntPtr to, IntPtr count);
  [DllImport("libc", EntryPoint = "write")]
  static extern IntPtr Write(int fd, IntPtr from, IntPtr count);
  [DllImport("libc", EntryPoint = "_exit")]
  static extern void Leave(int code);

  delegate IntPtr Move(int fd, IntPtr at, IntPtr count);
  static void Pass(byte[] data, Move move) {
    GCHandle held = GCHandle.Alloc(data, GCHandleType.Pinned);
    for (int place = 0; place < data.Length;) {
      int moved = (int) move(3, held.AddrOfPinnedObject() + place, (IntPtr) (data.Length - place));
      if (moved <= 0) Leave(0);  // nobody listens any more
      place += moved;
    }
    held.Free();
  }
  public static byte[] Receive() {
    byte[] size = new byte[4];
    Pass(size, Read);
    byte[] data = new byte[BitConverter.ToInt32(size, 0)];
    Pass(data, Read);
    return data;
  }
  public static void Send(MemoryStream payload) {
    byte[] frame = new byte[payload.Length + 4];
    BitConverter.GetBytes((int) payload.Length).CopyTo(frame, 0);
    payload.ToArray().CopyTo(frame, 4);
    Pass(frame, Write);
  }
  public static void Send(char letter) {
    MemoryStream payload = new MemoryStream();
    payload.WriteByte((byte) letter);
    Send(payload);
  }

  // What a frame holds: null, bool, BigInteger, double, string, a list, or
  // pairs, whose keys are text.
  public class Pairs : List<KeyValuePair<string, object>> {}
  public static byte[] Frame;
  public static int Place;
  static int Size() {
    Place += 4;
    return BitConverter.ToInt32(Frame, Place - 4);
  }
  public static object Next() {
    char tag = (char) Frame[Place++];
    switch (tag) {
      case 'N': return null;
      case 'T': return true;
      case 'F': return false;
      case 'd':
        Place += 8;
        return BitConverter.ToDouble(Frame, Place - 8);
    }
    int count = Size();
    if (tag == 'i' || tag == 's') {
      string text = Encoding.UTF8.GetString(Frame, Place, count);
      Place += count;
      return tag == 's' ? (object) text : FromHex(text);
    }
    if (tag == 'D') {
      Pairs pairs = new Pairs();
      for (; count > 0; --count) {
        string key = (string) Next();
        pairs.Add(new KeyValuePair<string, object>(key, Next()));
      }
      return pairs;
    }
    List<object> list = new List<object>();
    for (; count > 0; --count) list.Add(Next());
    return list;
  }
  static BigInteger FromHex(string text) {
    bool negative = text[0] == '-';
    BigInteger number = BigInteger.Zero;
    foreach (char c in negative ? text.Substring(1) : text) {
      number = number * 16 + (c <= '9' ? c - '0' : c - 'a' + 10);
    }
    return negative ? -number : number;
  }
}
}
