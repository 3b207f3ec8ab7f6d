// What a parameter of the program gets for an argument of a test.
namespace AssayHost {
using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

static class Arguments {
  public class Refused : Exception {
    public readonly string Name;
    public Refused(string name) { Name = name; }
  }
  static Refused WrongType() { return new Refused("ArgumentTypeError"); }
  static Refused WrongRange() { return new Refused("ArgumentRangeError"); }

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
    if (value is Frames.Pairs) {
      Dictionary<string, object> made = new Dictionary<string, object>();
      foreach (var pair in (Frames.Pairs) value) made[pair.Key] = Any(pair.Value);
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

  public static bool Is(Type kind, Type generic) {
    return kind.IsGenericType && kind.GetGenericTypeDefinition() == generic;
  }
  public static bool IsTuple(Type kind) {
    string name = kind.IsGenericType ? kind.GetGenericTypeDefinition().FullName : "";
    return name.StartsWith("System.Tuple`") || name.StartsWith("System.ValueTuple`");
  }

  static IList Items(List<object> items, Type element) {
    IList made = (IList) Activator.CreateInstance(typeof(List<>).MakeGenericType(element));
    foreach (object item in items) made.Add(Made(item, element));
    return made;
  }

  // `value` as a value of type `kind`.
  public static object Made(object value, Type kind) {
    Type inner = Nullable.GetUnderlyingType(kind);
    if (value == null) {
      if (kind.IsValueType && inner == null) throw WrongType();
      return null;
    }
    if (inner != null) return Made(value, inner);
    if (kind == typeof(object) || !(kind.IsGenericType || kind.IsArray)) return Scalar(value, kind);
    if (Is(kind, typeof(Dictionary<,>)) || Is(kind, typeof(IDictionary<,>))
        || Is(kind, typeof(SortedDictionary<,>))) {
      if (!(value is Frames.Pairs)) throw WrongType();
      Type[] types = kind.GetGenericArguments();
      Type made = kind.IsInterface ? typeof(Dictionary<,>).MakeGenericType(types) : kind;
      IDictionary map = (IDictionary) Activator.CreateInstance(made);
      foreach (var pair in (Frames.Pairs) value) map[Key(pair.Key, types[0])] = Made(pair.Value, types[1]);
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
}
}
