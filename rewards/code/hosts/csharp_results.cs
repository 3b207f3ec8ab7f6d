// What a result of the program is in a frame.
namespace AssayHost {
using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Reflection;
using System.Text;

static class Results {
  const int MaxBytes = 16 << 20, MaxNodes = 1 << 20, MaxDepth = 200;
  public static int Nodes;
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
  public static void PutText(MemoryStream to, string text) {
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
  public static void Put(MemoryStream to, object value, int depth) {
    if (++Nodes > MaxNodes || depth > MaxDepth || to.Length > MaxBytes) {
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
    // Of the program's, whatever it is called.
    if (kind.Assembly == Assembly.GetExecutingAssembly()) {
      PutOpaque(to);
      return;
    }
    if (Arguments.IsTuple(kind)) {
      PropertyInfo[] properties = kind.GetProperties();
      var items = properties.Length > 0
          ? properties.OrderBy(one => one.Name).Select(one => one.GetValue(value, null))
          : kind.GetFields().OrderBy(one => one.Name).Select(one => one.GetValue(value));
      PutItems(to, 't', items, depth);
      return;
    }
    if (kind.Namespace != "System.Collections.Generic") {
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
    } else if (kind.GetInterfaces().Any(one => Arguments.Is(one, typeof(ISet<>)))) {
      PutItems(to, 'S', ((IEnumerable) value).Cast<object>(), depth);
    } else if (value is IEnumerable) {
      PutItems(to, 'l', ((IEnumerable) value).Cast<object>(), depth);
    } else {
      PutOpaque(to);
    }
  }
}
}
