// The side of the program that is judged: it is compiled with the program, and
// answers calls of what that defines; rewards/code/wire.h says how. Nothing here
// is secret or trusted: whatever it sends is an answer of the program's.
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigInteger;
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

final class AssayHost {
  private static final int MAX_BYTES = 16 << 20, MAX_NODES = 1 << 20, MAX_DEPTH = 200;
  private static FileInputStream in;
  private static FileOutputStream to;

  private static final class Refused extends Exception {
    Refused(String name) { super(name); }
  }
  private static Refused type() { return new Refused("ArgumentTypeError"); }
  private static Refused range() { return new Refused("ArgumentRangeError"); }

  // Frames.
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
  private static byte[] receive() throws IOException {
    return receiveBytes(sizeAt(receiveBytes(4), 0));
  }
  private static void putSize(ByteArrayOutputStream out, long size, int bytes) {
    for (int i = 0; i < bytes; ++i) out.write((int) (size >>> (8 * i)));
  }
  private static void send(ByteArrayOutputStream payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.size() + 4);
    putSize(frame, payload.size(), 4);
    payload.writeTo(frame);
    frame.writeTo(to);
  }
  private static void send(String letter) throws IOException {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.writeBytes(letter.getBytes(StandardCharsets.UTF_8));
    send(payload);
  }

  // What a frame holds: null, Boolean, BigInteger, Double, String, a list, or a
  // map from text.
  private static byte[] frame;
  private static int place;
  private static Object next() {
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

  // Arguments.
  private static BigInteger whole(Object value) throws Refused {
    if (value instanceof BigInteger) return (BigInteger) value;
    if (!(value instanceof Double)) throw type();
    double real = (Double) value;
    if (real != Math.rint(real) || Double.isInfinite(real)) throw type();
    return new java.math.BigDecimal(real).toBigInteger();
  }
  private static long whole(Object value, int bits) throws Refused {
    BigInteger number = whole(value);
    if (number.bitLength() >= bits) throw range();
    return number.longValue();
  }
  private static double real(Object value) throws Refused {
    if (value instanceof Double) return (Double) value;
    if (value instanceof BigInteger) return ((BigInteger) value).doubleValue();
    throw type();
  }
  private static String text(Object value) throws Refused {
    if (value instanceof String) return (String) value;
    throw type();
  }

  // As a field of no type: whole numbers are Long.
  private static Object any(Object value) throws Refused {
    if (value instanceof BigInteger) return whole(value, 64);
    if (value instanceof List) {
      List<Object> made = new ArrayList<>();
      for (Object item : (List<?>) value) made.add(any(item));
      return made;
    }
    if (value instanceof Map) {
      Map<Object, Object> made = new HashMap<>();
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        made.put(entry.getKey(), any(entry.getValue()));
      }
      return made;
    }
    return value;
  }

  private static Object scalar(Object value, Class<?> kind) throws Refused {
    if (kind == boolean.class || kind == Boolean.class) {
      if (value instanceof Boolean) return value;
      throw type();
    }
    if (kind == int.class || kind == Integer.class) return (int) whole(value, 32);
    if (kind == long.class || kind == Long.class) return whole(value, 64);
    if (kind == short.class || kind == Short.class) return (short) whole(value, 16);
    if (kind == byte.class || kind == Byte.class) return (byte) whole(value, 8);
    if (kind == double.class || kind == Double.class) {
      double number = real(value);
      if (Double.isInfinite(number)) throw range();
      return number;
    }
    if (kind == float.class || kind == Float.class) {
      float number = (float) real(value);
      if (Float.isInfinite(number)) throw range();
      return number;
    }
    if (kind == char.class || kind == Character.class) {
      if (text(value).length() != 1) throw range();
      return text(value).charAt(0);
    }
    if (kind == BigInteger.class) return whole(value);
    if (kind == String.class || kind == CharSequence.class) return text(value);
    if (kind == Object.class) return any(value);
    if (kind == Number.class) {
      real(value);
      return any(value);
    }
    throw type();
  }

  private static Collection<Object> collection(Class<?> kind) throws Refused {
    if (kind.isAssignableFrom(ArrayList.class)) return new ArrayList<>();
    if (kind.isAssignableFrom(LinkedList.class)) return new LinkedList<>();
    if (kind.isAssignableFrom(ArrayDeque.class)) return new ArrayDeque<>();
    if (kind.isAssignableFrom(HashSet.class)) return new HashSet<>();
    if (kind.isAssignableFrom(LinkedHashSet.class)) return new LinkedHashSet<>();
    if (kind.isAssignableFrom(TreeSet.class)) return new TreeSet<>();
    throw type();
  }
  private static Map<Object, Object> map(Class<?> kind) throws Refused {
    if (kind.isAssignableFrom(HashMap.class)) return new HashMap<>();
    if (kind.isAssignableFrom(LinkedHashMap.class)) return new LinkedHashMap<>();
    if (kind.isAssignableFrom(TreeMap.class)) return new TreeMap<>();
    throw type();
  }

  // The keys of JSON are text: a number is its digits.
  private static Object key(String key, Type kind) throws Refused {
    Class<?> raw = raw(kind);
    if (raw == Object.class || raw == String.class || raw == Character.class) {
      return made(key, kind);
    }
    try {
      return made(raw == Double.class || raw == Float.class ? (Object) Double.valueOf(key)
                                                            : new BigInteger(key), kind);
    } catch (NumberFormatException error) {
      throw type();
    }
  }

  private static Class<?> raw(Type kind) throws Refused {
    if (kind instanceof Class) return (Class<?>) kind;
    if (kind instanceof ParameterizedType) return (Class<?>) ((ParameterizedType) kind).getRawType();
    if (kind instanceof WildcardType) return raw(((WildcardType) kind).getUpperBounds()[0]);
    return Object.class;
  }
  // The `place`th of the types in < >.
  private static Type inner(Type kind, int place) {
    if (kind instanceof WildcardType) return inner(((WildcardType) kind).getUpperBounds()[0], place);
    if (!(kind instanceof ParameterizedType)) return Object.class;
    return ((ParameterizedType) kind).getActualTypeArguments()[place];
  }

  private static Object array(Object value, Type element) throws Refused {
    if (!(value instanceof List)) throw type();
    List<?> items = (List<?>) value;
    Object made = Array.newInstance(raw(element), items.size());
    for (int i = 0; i < items.size(); ++i) Array.set(made, i, made(items.get(i), element));
    return made;
  }

  // `value` as a value of type `kind`.
  private static Object made(Object value, Type kind) throws Refused {
    if (kind instanceof GenericArrayType) {
      return value == null ? null : array(value, ((GenericArrayType) kind).getGenericComponentType());
    }
    Class<?> raw = raw(kind);
    if (raw == Optional.class) {
      return value == null ? Optional.empty() : Optional.of(made(value, inner(kind, 0)));
    }
    if (value == null) {
      if (raw.isPrimitive()) throw type();
      return null;
    }
    if (raw.isArray()) return array(value, raw.getComponentType());
    if (raw.getName().startsWith("org.javatuples.")) return tuple(value, kind);
    if (Map.class.isAssignableFrom(raw)) {
      if (!(value instanceof Map)) throw type();
      Map<Object, Object> made = map(raw);
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        made.put(key((String) entry.getKey(), inner(kind, 0)), made(entry.getValue(), inner(kind, 1)));
      }
      return made;
    }
    if (raw == Iterable.class || Collection.class.isAssignableFrom(raw)) {
      if (!(value instanceof List)) throw type();
      Collection<Object> made = collection(raw);
      for (Object item : (List<?>) value) made.add(made(item, inner(kind, 0)));
      return made;
    }
    return scalar(value, raw);
  }

  private static Object tuple(Object value, Type kind) throws Refused {
    if (!(value instanceof List)) throw type();
    List<?> items = (List<?>) value;
    Object[] made = new Object[items.size()];
    for (Method method : raw(kind).getMethods()) {
      if (!method.getName().equals("with") || method.getParameterCount() != made.length) continue;
      for (int i = 0; i < made.length; ++i) made[i] = made(items.get(i), inner(kind, i));
      try {
        return method.invoke(null, made);
      } catch (ReflectiveOperationException error) {
        throw type();
      }
    }
    throw range();
  }

  // Results.
  private static int nodes;
  private static void putText(ByteArrayOutputStream out, char tag, byte[] bytes) {
    out.write(tag);
    putSize(out, bytes.length, 4);
    out.writeBytes(bytes);
  }
  private static void putOpaque(ByteArrayOutputStream out) {
    out.write('H');
    putSize(out, 0, 4);
  }
  private static void putString(ByteArrayOutputStream out, String text) {
    try {
      java.nio.ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      putText(out, 's', copy);
    } catch (CharacterCodingException error) {
      putOpaque(out);
    }
  }
  private static boolean isKey(Object value) {
    return value == null || value instanceof String || value instanceof Number
        || value instanceof Boolean || value instanceof Character;
  }
  private static void putItems(ByteArrayOutputStream out, char tag, Collection<?> items, int depth) {
    out.write(tag);
    putSize(out, items.size(), 4);
    for (Object item : items) {
      if (tag == 'S' && !isKey(item)) putOpaque(out);
      else put(out, item, depth);
    }
  }
  private static void put(ByteArrayOutputStream out, Object value, int depth) {
    if (++nodes > MAX_NODES || depth > MAX_DEPTH || out.size() > MAX_BYTES) {
      throw new IndexOutOfBoundsException("a value that is too large, too deep or a cycle");
    }
    if (value == null) {
      out.write('N');
    } else if (value instanceof Boolean) {
      out.write((Boolean) value ? 'T' : 'F');
    } else if (value instanceof Integer || value instanceof Long || value instanceof Short
        || value instanceof Byte) {
      putText(out, 'i', BigInteger.valueOf(((Number) value).longValue()).toString(16).getBytes());
    } else if (value.getClass() == BigInteger.class) {
      putText(out, 'i', ((BigInteger) value).toString(16).getBytes());
    } else if (value instanceof Double || value instanceof Float) {
      out.write('d');
      putSize(out, Double.doubleToRawLongBits(((Number) value).doubleValue()), 8);
    } else if (value instanceof String) {
      putString(out, (String) value);
    } else if (value instanceof Character) {
      putString(out, value.toString());
    } else if (value.getClass().isArray()) {
      int length = Array.getLength(value);
      out.write('l');
      putSize(out, length, 4);
      for (int i = 0; i < length; ++i) put(out, Array.get(value, i), depth + 1);
    } else {
      putObject(out, value, depth + 1);
    }
  }
  private static void putObject(ByteArrayOutputStream out, Object value, int depth) {
    String name = value.getClass().getName();
    if (name.startsWith("org.javatuples.") && value instanceof Iterable) {
      List<Object> items = new ArrayList<>();
      for (Object item : (Iterable<?>) value) items.add(item);
      putItems(out, 't', items, depth);
    } else if (!name.startsWith("java.util.")) {
      putOpaque(out);
    } else if (value instanceof Optional) {
      put(out, ((Optional<?>) value).orElse(null), depth);
    } else if (value instanceof Set) {
      putItems(out, 'S', (Set<?>) value, depth);
    } else if (value instanceof Collection) {
      putItems(out, 'l', (Collection<?>) value, depth);
    } else if (value instanceof Map) {
      Map<?, ?> map = (Map<?, ?>) value;
      out.write('D');
      putSize(out, map.size(), 4);
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        Object key = entry.getKey();
        if (key instanceof Number) putString(out, key.toString());
        else if (isKey(key)) put(out, key, depth);
        else putOpaque(out);
        put(out, entry.getValue(), depth);
      }
    } else {
      putOpaque(out);
    }
  }

  // Of the program's own, by what is behind their packages: "A.B".
  private static Map<String, Class<?>> classes() throws Exception {
    Map<String, Class<?>> classes = new TreeMap<>();
    try (ZipFile jar = new ZipFile("a.out")) {
      for (var entry : Collections.list(jar.entries())) {
        String name = entry.getName();
        if (!name.endsWith(".class") || name.startsWith("AssayHost")) continue;
        name = name.substring(0, name.length() - 6).replace('/', '.');
        Class<?> one = Class.forName(name);
        if (one.getCanonicalName() == null) continue;
        String behind = one.getPackageName();
        classes.put(one.getCanonicalName().substring(behind.isEmpty() ? 0 : behind.length() + 1), one);
      }
    }
    return classes;
  }

  private static List<Method> methods(Class<?> of, String name, int count) {
    List<Method> found = new ArrayList<>();
    for (Class<?> one = of; one != null && one != Object.class; one = one.getSuperclass()) {
      for (Method method : one.getDeclaredMethods()) {
        if (method.getName().equals(name) && method.getParameterCount() == count
            && !method.isBridge() && !Modifier.isPrivate(method.getModifiers())) {
          found.add(method);
        }
      }
      if (!found.isEmpty()) break;
    }
    return found;
  }

  private static Object call(Map<String, Class<?>> classes) throws Throwable {
    String path = (String) next();
    List<?> args = (List<?>) next();
    int dot = path.lastIndexOf('.');
    String name = path.substring(dot + 1);
    boolean object = dot > 1 && path.charAt(dot - 1) == ')';
    List<Method> methods = new ArrayList<>();
    if (dot < 0) {
      // Whichever class has it.
      for (Class<?> one : classes.values()) methods.addAll(methods(one, name, args.size()));
      object = methods.stream().noneMatch(one -> Modifier.isStatic(one.getModifiers()));
    } else {
      Class<?> holder = classes.get(path.substring(0, object ? dot - 2 : dot));
      if (holder == null) throw new Refused("ClassNotFound");
      methods = methods(holder, name, args.size());
    }
    Method chosen = null;
    Object[] values = null;
    Refused why = new Refused("MethodNotFound");
    for (Method method : methods) {
      if (!object && !Modifier.isStatic(method.getModifiers())) continue;
      Type[] kinds = method.getGenericParameterTypes();
      Object[] made = new Object[kinds.length];
      try {
        for (int i = 0; i < kinds.length; ++i) made[i] = made(args.get(i), kinds[i]);
      } catch (Refused error) {
        why = error;
        continue;
      }
      if (chosen != null) throw new Refused("SeveralMethods");
      chosen = method;
      values = made;
    }
    if (chosen == null) throw why;
    try {
      chosen.setAccessible(true);
      Object self = null;
      if (!Modifier.isStatic(chosen.getModifiers())) {
        Constructor<?> make = chosen.getDeclaringClass().getDeclaredConstructor();
        make.setAccessible(true);
        self = make.newInstance();
      }
      return chosen.invoke(self, values);
    } catch (InvocationTargetException error) {
      throw error.getCause();
    }
  }

  private static ByteArrayOutputStream raised(Throwable error) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write('e');
    putString(out, error instanceof Refused ? error.getMessage()
        : error instanceof OutOfMemoryError ? "MemoryError" : error.getClass().getName());
    putString(out, "");
    putString(out, "");
    return out;
  }

  public static void main(String[] args) throws Throwable {
    Constructor<FileDescriptor> make = FileDescriptor.class.getDeclaredConstructor(int.class);
    make.setAccessible(true);
    FileDescriptor channel = make.newInstance(3);
    in = new FileInputStream(channel);
    to = new FileOutputStream(channel);
    send("h");
    receive();
    Map<String, Class<?>> classes = classes();
    send("l");
    for (;;) {
      frame = receive();
      place = 1;
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try {
        Object value = call(classes);
        out.write('v');
        nodes = 0;
        put(out, value, 0);
        out.write('N');
      } catch (Throwable error) {
        out = raised(error);
      }
      send(out);
    }
  }
}
