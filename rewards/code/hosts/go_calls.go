// How the program is called.

// What the test calls.
var assayEntry interface{} = $NAME

func assayRaised(name string) []byte {
	out := assayOut{bytes: []byte{'e'}}
	out.text('s', name)
	out.text('s', "")
	out.text('s', "")
	return out.bytes
}

// Several results are one tuple.
func assayAnswer(frame []byte) (answer []byte) {
	defer func() {
		switch raised := recover().(type) {
		case nil:
		case assayRefused:
			answer = assayRaised(string(raised))
		default:
			answer = assayRaised(assayStrings.TrimPrefix(assayReflect.TypeOf(raised).String(), "*"))
		}
	}()
	frame = frame[1:]
	assayNodeAt(&frame) // the path
	args := assayNodeAt(&frame).items
	function := assayReflect.ValueOf(assayEntry)
	if function.Kind() != assayReflect.Func {
		panic(assayRefused("NoFunction"))
	}
	kind := function.Type()
	last := kind.NumIn()
	if kind.IsVariadic() {
		last--
	}
	if len(args) < last || (len(args) > last && !kind.IsVariadic()) {
		panic(assayRefused("ArgumentCountError"))
	}
	values := []assayReflect.Value{}
	for i, arg := range args {
		if i < last {
			values = append(values, assayMade(arg, kind.In(i)))
		} else {
			values = append(values, assayMade(arg, kind.In(last).Elem()))
		}
	}
	results := function.Call(values)
	out := assayOut{bytes: []byte{'v'}}
	if len(results) == 0 {
		out.bytes = append(out.bytes, 'N')
	}
	if len(results) > 1 {
		out.bytes = append(append(out.bytes, 't'), assaySized(len(results))...)
	}
	for _, result := range results {
		out.put(result, 0)
	}
	return append(out.bytes, 'N')
}

// The last of the package's, before its main would run.
func init() {
	assaySend([]byte("h"))
	assayReceive()
	assaySend([]byte("l"))
	for {
		assaySend(assayAnswer(assayReceive()))
	}
}

$MAIN
