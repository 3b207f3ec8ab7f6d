// How the program is called.
namespace AssayHost {
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

static class Host {
  // Of the program's own, by what is behind their namespaces: "A.B".
  static string NameOf(Type one) {
    return one.DeclaringType == null ? one.Name : NameOf(one.DeclaringType) + "." + one.Name;
  }
  static bool IsOwn(Type one) {
    return one.Namespace != typeof(Host).Namespace;
  }

  static IEnumerable<MethodInfo> Methods(Type of, string name, int count) {
    const BindingFlags every = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static
        | BindingFlags.Instance | BindingFlags.FlattenHierarchy;
    return of.GetMethods(every).Where(one => one.Name == name && !one.IsPrivate
        && !one.ContainsGenericParameters && one.GetParameters().Length == count);
  }

  static object Call(Type[] types) {
    string path = (string) Frames.Next();
    List<object> args = (List<object>) Frames.Next();
    int dot = path.LastIndexOf('.');
    string name = path.Substring(dot + 1);
    bool made = dot > 1 && path[dot - 1] == ')';
    IEnumerable<Type> holders = types;
    if (dot >= 0) {
      string holder = path.Substring(0, made ? dot - 2 : dot);
      holders = types.Where(one => NameOf(one) == holder);
      if (!holders.Any()) throw new Arguments.Refused("TypeNotFound");
    }
    List<MethodInfo> methods = holders.SelectMany(one => Methods(one, name, args.Count)).ToList();
    // Whichever class has it.
    if (dot < 0) made = methods.All(one => !one.IsStatic);
    MethodInfo chosen = null;
    object[] values = null;
    Arguments.Refused why = new Arguments.Refused("MethodNotFound");
    foreach (MethodInfo method in methods) {
      if (!made && !method.IsStatic) continue;
      object[] all;
      try {
        all = method.GetParameters().Select((one, i) => Arguments.Made(args[i], one.ParameterType)).ToArray();
      } catch (Arguments.Refused error) {
        why = error;
        continue;
      }
      if (chosen != null) throw new Arguments.Refused("SeveralMethods");
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
    Arguments.Refused refused = error as Arguments.Refused;
    Results.PutText(to, refused != null ? refused.Name
        : error is OutOfMemoryException ? "MemoryError" : error.GetType().FullName);
    Results.PutText(to, "");
    Results.PutText(to, "");
    return to;
  }

  public static void Main() {
    Frames.Send('h');
    Frames.Receive();
    Type[] types = Assembly.GetExecutingAssembly().GetTypes().Where(IsOwn).ToArray();
    Frames.Send('l');
    for (;;) {
      Frames.Frame = Frames.Receive();
      Frames.Place = 1;
      MemoryStream to = new MemoryStream();
      try {
        object value = Call(types);
        to.WriteByte((byte) 'v');
        Results.Nodes = 0;
        Results.Put(to, value, 0);
        to.WriteByte((byte) 'N');
      } catch (TargetInvocationException error) {
        to = Raised(error.InnerException);
      } catch (Exception error) {
        to = Raised(error);
      }
      Frames.Send(to);
    }
  }
}
}
