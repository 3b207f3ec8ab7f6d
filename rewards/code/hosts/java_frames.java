// The side of the program that is judged: it is compiled with the program, and
// answers calls of what that defines; rewards/code/wire.h says how. Nothing here
// is secret or trusted: whatever it sends is an answer of the program's.
//
// What is in java.lang is imported by name: a program may have classes of the
// same names, which lie in the host's package.
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.Boolean;
import java.lang.Byte;
import java.lang.CharSequence;
import java.lang.Character;
import java.lang.Class;
import java.lang.Double;
import java.lang.Exception;
import java.lang.Float;
import java.lang.IndexOutOfBoundsException;
import java.lang.Integer;
import java.lang.Iterable;
import java.lang.Long;
import java.lang.Math;
import java.lang.Number;
import java.lang.NumberFormatException;
import java.lang.Object;
import java.lang.OutOfMemoryError;
import java.lang.ReflectiveOperationException;
import java.lang.Runtime;
import java.lang.Short;
import java.lang.String;
import java.lang.Throwable;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipFile;

// Frames.
final class AssayHostFrames {
  private static FileInputStream in;
  private static FileOutputStream to;

  static void open() throws ReflectiveOperationException {
    Constructor<FileDescriptor> make = FileDescriptor.class.getDeclaredConstructor(int.class);
    make.setAccessible(true);
    FileDescriptor channel = make.newInstance(3);
    in = new FileInputStream(channel);
    to = new FileOutputStream(channel);
  }

  private static byte[] receiveBytes(int count) throws IOException {
    byte[] data = new byte[count];
    for (int at = 0; at < count;) {
      int got = in.read(data, at, count - at);
      if (got <= 0) Runtime.getRuntime().halt(0);  // nobody listens any more
      at += got;
    }
    return data;
  }
  private static int sizeAt(byte[] data, int at) {
    return data[at] & 255 | (data[at + 1] & 255) << 8 | (data[at + 2] & 255) << 16
        | (data[at + 3] & 255) << 24;
  }
  static byte[] receive() throws IOException {
    return receiveBytes(sizeAt(receiveBytes(4), 0));
  }
  static void putSize(ByteArrayOutputStream out, long size, int bytes) {
    for (int i = 0; i < bytes; ++i) out.write((int) (size >>> (8 * i)));
  }
  static void send(ByteArrayOutputStream payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.size() + 4);
    putSize(frame, payload.size(), 4);
    payload.writeTo(frame);
    frame.writeTo(to);
  }
  static void send(String letter) throws IOException {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.writeBytes(letter.getBytes(StandardCharsets.UTF_8));
    send(payload);
  }

  // What a frame holds: null, Boolean, BigInteger, Double, String, a list, or a
  // map from text.
  static byte[] frame;
  static int place;
  static Object next() {
    byte tag = frame[place++];
    switch (tag) {
      case 'N': return null;
      case 'T': return true;
      case 'F': return false;
      case 'd': {
        long bits = 0;
        for (int i = 8; i-- > 0;) bits = bits << 8 | frame[place + i] & 255;
        place += 8;
        return Double.longBitsToDouble(bits);
      }
      default: break;
    }
    int count = sizeAt(frame, place);
    place += 4;
    if (tag == 'i' || tag == 's') {
      String text = new String(frame, place, count, StandardCharsets.UTF_8);
      place += count;
      return tag == 's' ? text : new BigInteger(text, 16);
    }
    if (tag == 'D') {
      Map<String, Object> map = new LinkedHashMap<>();
      for (; count > 0; --count) {
        String key = (String) next();
        map.put(key, next());
      }
      return map;
    }
    List<Object> list = new ArrayList<>();
    for (; count > 0; --count) list.add(next());
    return list;
  }
}
