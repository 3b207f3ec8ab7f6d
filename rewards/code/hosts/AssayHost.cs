// The side of the program that is judged: it is compiled with the program, and
// answers calls of what that defines; rewards/code/wire.h says how. Nothing here
// is secret or trusted: whatever it sends is an answer of the program's.
using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

static class AssayHost {
  const int MaxBytes = 16 << 20, MaxNodes = 1 << 20, MaxDepth = 200;

  class Refused : Exception {
    public readonly string Name;
    public Refused(string name) { Name = name; }
  }
  static Refused WrongType() { return new Refused("ArgumentTypeError"); }
  static Refused WrongRange() { return new Refused("ArgumentRangeError"); }

  // Frames. Descriptors are none of Mono's.
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
  static byte[] Receive() {
    byte[] size = new byte[4];
    Pass(size, Read);
    byte[] data = new byte[BitConverter.ToInt32(size, 0)];
    Pass(data, Read);
    return data;
  }
  static void Send(MemoryStream payload) {
    byte[] frame = new byte[payload.Length + 4];
    BitConverter.GetBytes((int) payload.Length).CopyTo(frame, 0);
    payload.ToArray().CopyTo(frame, 4);
    Pass(frame, Write);
  }
  static void Send(char letter) {
    MemoryStream payload = new MemoryStream();
    payload.WriteByte((byte) letter);
    Send(payload);
  }

  // What a frame holds: null, bool, BigInteger, double, string, a list, or
  // pairs, whose keys are text.
  class Pairs : List<KeyValuePair<string, object>> {}
  static byte[] frame;
  static int place;
  static int Size() {
    place += 4;
    return BitConverter.ToInt32(frame, place - 4);
  }
  static object Next() {
    char tag = (char) frame[place++];
    switch (tag) {
      case 'N': return null;
      case 'T': return true;
      case 'F': return false;
      case 'd':
        place += 8;
        return BitConverter.ToDouble(frame, place - 8);
    }
    int count = Size();
    if (tag == 'i' || tag == 's') {
      string text = Encoding.UTF8.GetString(frame, place, count);
      place += count;
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

  // Arguments.
  static BigInteger Whole(object value) {
    if (value is BigInteger) return (BigInteger) value;
    if (!(value is double)) throw WrongType();
    double real = (double) value;
    if (real != Math.Floor(real) || double.IsInfinity(real)) throw WrongType();
    return new BigInteger(real);
  }
  static BigInteger Whole(object value, BigInteger least, BigInteger most) {
    BigInteger number = Whole(value);
    if (number < least || number > most) throw WrongRange();
    return number;
  }
  static double Real(object value) {
    if (value is double) return (double) value;
    if (value is BigInteger) return (double) (BigInteger) value;
    throw WrongType();
  }
  static string Text(object value) {
    if (value is string) return (string) value;
    throw WrongType();
  }

  // As an object: whole numbers are long where they fit.
  static object Any(object value) {
    if (value is BigInteger) return (long) Whole(value, long.MinValue, long.MaxValue);
    if (value is Pairs) {
      Dictionary<string, object> made = new Dictionary<string, object>();
      foreach (var pair in (Pairs) value) made[pair.Key] = Any(pair.Value);
      return made;
    }
    if (value is List<object>) return ((List<object>) value).Select(Any).ToList();
    return value;
  }

  static object Scalar(object value, Type kind) {
    if (kind == typeof(object)) return Any(value);
    if (kind == typeof(bool)) {
      if (value is bool) return value;
      throw WrongType();
    }
    if (kind == typeof(string)) return Text(value);
    if (kind == typeof(char)) {
      if (Text(value).Length != 1) throw WrongRange();
      return Text(value)[0];
    }
    if (kind == typeof(int)) return (int) Whole(value, int.MinValue, int.MaxValue);
    if (kind == typeof(long)) return (long) Whole(value, long.MinValue, long.MaxValue);
    if (kind == typeof(uint)) return (uint) Whole(value, uint.MinValue, uint.MaxValue);
    if (kind == typeof(ulong)) return (ulong) Whole(value, ulong.MinValue, ulong.MaxValue);
    if (kind == typeof(short)) return (short) Whole(value, short.MinValue, short.MaxValue);
    if (kind == typeof(ushort)) return (ushort) Whole(value, ushort.MinValue, ushort.MaxValue);
    if (kind == typeof(byte)) return (byte) Whole(value, byte.MinValue, byte.MaxValue);
    if (kind == typeof(sbyte)) return (sbyte) Whole(value, sbyte.MinValue, sbyte.MaxValue);
    if (kind == typeof(BigInteger)) return Whole(value);
    if (kind == typeof(double)) {
      double number = Real(value);
      if (double.IsInfinity(number)) throw WrongRange();
      return number;
    }
    if (kind == typeof(float)) {
      float number = (float) Real(value);
      if (float.IsInfinity(number)) throw WrongRange();
      return number;
    }
    throw WrongType();
  }

  // The keys of JSON are text: a number is its digits.
  static object Key(string key, Type kind) {
    if (kind == typeof(string) || kind == typeof(object) || kind == typeof(char)) {
      return Made(key, kind);
    }
    BigInteger whole;
    if (!BigInteger.TryParse(key, out whole) || whole.ToString() != key) throw WrongType();
    return Made(whole, kind);
  }

  static bool Is(Type kind, Type generic) {
    return kind.IsGenericType && kind.GetGenericTypeDefinition() == generic;
  }
  static bool IsTuple(Type kind) {
    string name = kind.IsGenericType ? kind.GetGenericTypeDefinition().FullName : "";
    return name.StartsWith("System.Tuple`") || name.StartsWith("System.ValueTuple`");
  }

  static IList Items(List<object> items, Type element) {
    IList made = (IList) Activator.CreateInstance(typeof(List<>).MakeGenericType(element));
    foreach (object item in items) made.Add(Made(item, element));
    return made;
  }

  // `value` as a value of type `kind`.
  static object Made(object value, Type kind) {
    Type inner = Nullable.GetUnderlyingType(kind);
    if (value == null) {
      if (kind.IsValueType && inner == null) throw WrongType();
      return null;
    }
    if (inner != null) return Made(value, inner);
    if (kind == typeof(object) || !(kind.IsGenericType || kind.IsArray)) return Scalar(value, kind);
    if (Is(kind, typeof(Dictionary<,>)) || Is(kind, typeof(IDictionary<,>))
        || Is(kind, typeof(SortedDictionary<,>))) {
      if (!(value is Pairs)) throw WrongType();
      Type[] types = kind.GetGenericArguments();
      Type made = kind.IsInterface ? typeof(Dictionary<,>).MakeGenericType(types) : kind;
      IDictionary map = (IDictionary) Activator.CreateInstance(made);
      foreach (var pair in (Pairs) value) map[Key(pair.Key, types[0])] = Made(pair.Value, types[1]);
      return map;
    }
    List<object> items = value as List<object>;
    if (items == null) throw WrongType();
    if (kind.IsArray) {
      if (kind.GetArrayRank() != 1) throw WrongType();
      Array array = Array.CreateInstance(kind.GetElementType(), items.Count);
      Items(items, kind.GetElementType()).CopyTo(array, 0);
      return array;
    }
    Type[] parts = kind.GetGenericArguments();
    if (IsTuple(kind)) {
      if (parts.Length != items.Count) throw WrongRange();
      return Activator.CreateInstance(kind, parts.Select((one, i) => Made(items[i], one)).ToArray());
    }
    if (parts.Length != 1) throw WrongType();
    IList list = Items(items, parts[0]);
    if (kind.IsInstanceOfType(list)) return list;
    // A set, a queue, a stack and the like are made of a list.
    if (kind.Namespace != "System.Collections.Generic") throw WrongType();
    Type concrete = kind.IsInterface ? typeof(HashSet<>).MakeGenericType(parts) : kind;
    if (!kind.IsAssignableFrom(concrete)) throw WrongType();
    return Activator.CreateInstance(concrete, list);
  }

  // Results.
  static int nodes;
  static void PutSize(MemoryStream to, int size) { to.Write(BitConverter.GetBytes(size), 0, 4); }
  static void PutBytes(MemoryStream to, char tag, byte[] bytes) {
    to.WriteByte((byte) tag);
    PutSize(to, bytes.Length);
    to.Write(bytes, 0, bytes.Length);
  }
  static void PutOpaque(MemoryStream to) {
    to.WriteByte((byte) 'H');
    PutSize(to, 0);
  }
  static void PutText(MemoryStream to, string text) {
    byte[] bytes;
    try {
      bytes = new UTF8Encoding(false, true).GetBytes(text);
    } catch (ArgumentException) {
      PutOpaque(to);
      return;
    }
    PutBytes(to, 's', bytes);
  }
  static void PutWhole(MemoryStream to, BigInteger number) {
    StringBuilder digits = new StringBuilder();
    string hex = BigInteger.Abs(number).ToString("x").TrimStart('0');
    if (number.Sign < 0) digits.Append('-');
    digits.Append(hex.Length == 0 ? "0" : hex);
    PutBytes(to, 'i', Encoding.ASCII.GetBytes(digits.ToString()));
  }
  static bool IsWhole(object value) {
    return value is int || value is long || value is uint || value is ulong || value is short
        || value is ushort || value is byte || value is sbyte;
  }
  static bool IsKey(object value) {
    return value == null || value is string || value is bool || value is char || IsWhole(value)
        || value is double || value is float || value is BigInteger;
  }
  static void PutItems(MemoryStream to, char tag, IEnumerable<object> all, int depth) {
    List<object> items = all.ToList();
    to.WriteByte((byte) tag);
    PutSize(to, items.Count);
    foreach (object item in items) {
      if (tag == 'S' && !IsKey(item)) PutOpaque(to);
      else Put(to, item, depth);
    }
  }
  static void Put(MemoryStream to, object value, int depth) {
    if (++nodes > MaxNodes || depth > MaxDepth || to.Length > MaxBytes) {
      throw new IndexOutOfRangeException("a value that is too large, too deep or a cycle");
    }
    if (value == null) {
      to.WriteByte((byte) 'N');
    } else if (value is bool) {
      to.WriteByte((byte) ((bool) value ? 'T' : 'F'));
    } else if (value is BigInteger) {
      PutWhole(to, (BigInteger) value);
    } else if (value is ulong) {
      PutWhole(to, (ulong) value);
    } else if (IsWhole(value)) {
      PutWhole(to, Convert.ToInt64(value));
    } else if (value is double || value is float) {
      to.WriteByte((byte) 'd');
      to.Write(BitConverter.GetBytes(value is float ? (double) (float) value : (double) value), 0, 8);
    } else if (value is string) {
      PutText(to, (string) value);
    } else if (value is char) {
      PutText(to, value.ToString());
    } else if (value is Array) {
      if (((Array) value).Rank != 1) PutOpaque(to);
      else PutItems(to, 'l', ((Array) value).Cast<object>(), depth + 1);
    } else {
      PutObject(to, value, depth + 1);
    }
  }
  static void PutObject(MemoryStream to, object value, int depth) {
    Type kind = value.GetType();
    if (IsTuple(kind)) {
      PropertyInfo[] properties = kind.GetProperties();
      var items = properties.Length > 0
          ? properties.OrderBy(one => one.Name).Select(one => one.GetValue(value, null))
          : kind.GetFields().OrderBy(one => one.Name).Select(one => one.GetValue(value));
      PutItems(to, 't', items, depth);
      return;
    }
    // What is of the language's own library, and no program's.
    if (kind.Assembly == Assembly.GetExecutingAssembly()
        || kind.Namespace != "System.Collections.Generic") {
      PutOpaque(to);
    } else if (value is IDictionary) {
      IDictionary map = (IDictionary) value;
      to.WriteByte((byte) 'D');
      PutSize(to, map.Count);
      foreach (DictionaryEntry entry in map) {
        if (IsWhole(entry.Key)) PutText(to, entry.Key.ToString());
        else if (IsKey(entry.Key)) Put(to, entry.Key, depth);
        else PutOpaque(to);
        Put(to, entry.Value, depth);
      }
    } else if (kind.GetInterfaces().Any(one => Is(one, typeof(ISet<>)))) {
      PutItems(to, 'S', ((IEnumerable) value).Cast<object>(), depth);
    } else if (value is IEnumerable) {
      PutItems(to, 'l', ((IEnumerable) value).Cast<object>(), depth);
    } else {
      PutOpaque(to);
    }
  }

  // Of the program's own, by what is behind their namespaces: "A.B".
  static string NameOf(Type one) {
    return one.DeclaringType == null ? one.Name : NameOf(one.DeclaringType) + "." + one.Name;
  }
  static bool IsOwn(Type one) {
    return one == null || (one != typeof(AssayHost) && IsOwn(one.DeclaringType));
  }

  static IEnumerable<MethodInfo> Methods(Type of, string name, int count) {
    const BindingFlags every = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static
        | BindingFlags.Instance | BindingFlags.FlattenHierarchy;
    return of.GetMethods(every).Where(one => one.Name == name && !one.IsPrivate
        && !one.ContainsGenericParameters && one.GetParameters().Length == count);
  }

  static object Call(Type[] types) {
    string path = (string) Next();
    List<object> args = (List<object>) Next();
    int dot = path.LastIndexOf('.');
    string name = path.Substring(dot + 1);
    bool made = dot > 1 && path[dot - 1] == ')';
    IEnumerable<Type> holders = types;
    if (dot >= 0) {
      string holder = path.Substring(0, made ? dot - 2 : dot);
      holders = types.Where(one => NameOf(one) == holder);
      if (!holders.Any()) throw new Refused("TypeNotFound");
    }
    List<MethodInfo> methods = holders.SelectMany(one => Methods(one, name, args.Count)).ToList();
    // Whichever class has it.
    if (dot < 0) made = methods.All(one => !one.IsStatic);
    MethodInfo chosen = null;
    object[] values = null;
    Refused why = new Refused("MethodNotFound");
    foreach (MethodInfo method in methods) {
      if (!made && !method.IsStatic) continue;
      object[] all;
      try {
        all = method.GetParameters().Select((one, i) => Made(args[i], one.ParameterType)).ToArray();
      } catch (Refused error) {
        why = error;
        continue;
      }
      if (chosen != null) throw new Refused("SeveralMethods");
      chosen = method;
      values = all;
    }
    if (chosen == null) throw why;
    object self = chosen.IsStatic ? null : Activator.CreateInstance(chosen.DeclaringType, true);
    return chosen.Invoke(self, values);
  }

  static MemoryStream Raised(Exception error) {
    MemoryStream to = new MemoryStream();
    to.WriteByte((byte) 'e');
    Refused refused = error as Refused;
    PutText(to, refused != null ? refused.Name
        : error is OutOfMemoryException ? "MemoryError" : error.GetType().FullName);
    PutText(to, "");
    PutText(to, "");
    return to;
  }

  public static void Main() {
    Send('h');
    Receive();
    Type[] types = Assembly.GetExecutingAssembly().GetTypes().Where(IsOwn).ToArray();
    Send('l');
    for (;;) {
      frame = Receive();
      place = 1;
      MemoryStream to = new MemoryStream();
      try {
        object value = Call(types);
        to.WriteByte((byte) 'v');
        nodes = 0;
        Put(to, value, 0);
        to.WriteByte((byte) 'N');
      } catch (TargetInvocationException error) {
        to = Raised(error.InnerException);
      } catch (Exception error) {
        to = Raised(error);
      }
      Send(to);
    }
  }
}
