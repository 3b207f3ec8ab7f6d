// How the program is called.
final class AssayHost {
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
    String path = (String) AssayHostFrames.next();
    List<?> args = (List<?>) AssayHostFrames.next();
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
      if (holder == null) throw new AssayHostArguments.Refused("ClassNotFound");
      methods = methods(holder, name, args.size());
    }
    Method chosen = null;
    Object[] values = null;
    AssayHostArguments.Refused why = new AssayHostArguments.Refused("MethodNotFound");
    for (Method method : methods) {
      if (!object && !Modifier.isStatic(method.getModifiers())) continue;
      Type[] kinds = method.getGenericParameterTypes();
      Object[] made = new Object[kinds.length];
      try {
        for (int i = 0; i < kinds.length; ++i) made[i] = AssayHostArguments.made(args.get(i), kinds[i]);
      } catch (AssayHostArguments.Refused error) {
        why = error;
        continue;
      }
      if (chosen != null) throw new AssayHostArguments.Refused("SeveralMethods");
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
    AssayHostResults.putString(out, error instanceof AssayHostArguments.Refused ? error.getMessage()
        : error instanceof OutOfMemoryError ? "MemoryError" : error.getClass().getName());
    AssayHostResults.putString(out, "");
    AssayHostResults.putString(out, "");
    return out;
  }

  public static void main(String[] args) throws Throwable {
    AssayHostFrames.open();
    AssayHostFrames.send("h");
    AssayHostFrames.receive();
    Map<String, Class<?>> classes = classes();
    AssayHostFrames.send("l");
    for (;;) {
      AssayHostFrames.frame = AssayHostFrames.receive();
      AssayHostFrames.place = 1;
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try {
        Object value = call(classes);
        out.write('v');
        AssayHostResults.nodes = 0;
        AssayHostResults.put(out, value, 0);
        out.write('N');
      } catch (Throwable error) {
        out = raised(error);
      }
      AssayHostFrames.send(out);
    }
  }
}
