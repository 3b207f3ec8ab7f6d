// What a parameter of the program gets for an argument of a test.
final class AssayHostArguments {
  // An argument that is no value of its parameter's type.
  static final class Refused extends Exception {
    Refused(String name) { super(name); }
  }
  private static Refused type() { return new Refused("ArgumentTypeError"); }
  private static Refused range() { return new Refused("ArgumentRangeError"); }

  private static BigInteger whole(Object value) throws Refused {
    if (value instanceof BigInteger) return (BigInteger) value;
    if (!(value instanceof Double)) throw type();
    double real = (Double) value;
    if (real != Math.rint(real) || Double.isInfinite(real)) throw type();
    return new BigDecimal(real).toBigInteger();
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
  static Object made(Object value, Type kind) throws Refused {
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
}
