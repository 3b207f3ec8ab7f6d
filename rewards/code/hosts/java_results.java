// What a result of the program is in a frame.
final class AssayHostResults {
  private static final int MAX_BYTES = 16 << 20, MAX_NODES = 1 << 20, MAX_DEPTH = 200;
  static int nodes;
  private static void putText(ByteArrayOutputStream out, char tag, byte[] bytes) {
    out.write(tag);
    AssayHostFrames.putSize(out, bytes.length, 4);
    out.writeBytes(bytes);
  }
  private static void putOpaque(ByteArrayOutputStream out) {
    out.write('H');
    AssayHostFrames.putSize(out, 0, 4);
  }
  static void putString(ByteArrayOutputStream out, String text) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
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
    AssayHostFrames.putSize(out, items.size(), 4);
    for (Object item : items) {
      if (tag == 'S' && !isKey(item)) putOpaque(out);
      else put(out, item, depth);
    }
  }
  static void put(ByteArrayOutputStream out, Object value, int depth) {
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
      AssayHostFrames.putSize(out, Double.doubleToRawLongBits(((Number) value).doubleValue()), 8);
    } else if (value instanceof String) {
      putString(out, (String) value);
    } else if (value instanceof Character) {
      putString(out, value.toString());
    } else if (value.getClass().isArray()) {
      int length = Array.getLength(value);
      out.write('l');
      AssayHostFrames.putSize(out, length, 4);
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
      AssayHostFrames.putSize(out, map.size(), 4);
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
}
