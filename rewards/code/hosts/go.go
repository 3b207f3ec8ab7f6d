// The side of the program that is judged: it is compiled with the program, and
// answers calls of what that defines; rewards/code/wire.h says how. Nothing here
// is secret or trusted: whatever it sends is an answer of the program's. All
// names begin with "assay", as those of the program's package are the same.
//
// Words that begin with $ are put in by hosted_source.cc.
package main

import (
	assayMath "math"
	assayReflect "reflect"
	assayStrconv "strconv"
	assayStrings "strings"
	assaySyscall "syscall"
	assayUTF8 "unicode/utf8"
)

const (
	assayMaxBytes = 16 << 20
	assayMaxNodes = 1 << 20
	assayMaxDepth = 200
)

// What the test calls.
var assayEntry interface{} = $NAME

// An argument that is no value of its parameter's type.
type assayRefused string

// Frames.
func assayReceiveBytes(count int) []byte {
	data := make([]byte, count)
	for place := 0; place < count; {
		got, err := assaySyscall.Read(3, data[place:])
		if err == assaySyscall.EINTR {
			continue
		}
		if err != nil || got <= 0 {
			assaySyscall.Exit(0) // nobody listens any more
		}
		place += got
	}
	return data
}

func assaySizeAt(data []byte) int {
	return int(data[0]) | int(data[1])<<8 | int(data[2])<<16 | int(data[3])<<24
}

func assayReceive() []byte {
	return assayReceiveBytes(assaySizeAt(assayReceiveBytes(4)))
}

func assaySized(size int) []byte {
	return []byte{byte(size), byte(size >> 8), byte(size >> 16), byte(size >> 24)}
}

func assaySend(payload []byte) {
	data := append(assaySized(len(payload)), payload...)
	for len(data) > 0 {
		sent, err := assaySyscall.Write(3, data)
		if err == assaySyscall.EINTR {
			continue
		}
		if err != nil || sent <= 0 {
			assaySyscall.Exit(0)
		}
		data = data[sent:]
	}
}

// What a frame holds.
type assayNode struct {
	tag   byte
	text  string
	real  float64
	items []assayNode
}

func assayNodeAt(frame *[]byte) assayNode {
	node := assayNode{tag: (*frame)[0]}
	*frame = (*frame)[1:]
	switch node.tag {
	case 'N', 'T', 'F':
		return node
	case 'd':
		bits := uint64(0)
		for i := 7; i >= 0; i-- {
			bits = bits<<8 | uint64((*frame)[i])
		}
		node.real = assayMath.Float64frombits(bits)
		*frame = (*frame)[8:]
		return node
	}
	count := assaySizeAt(*frame)
	*frame = (*frame)[4:]
	if node.tag == 'i' || node.tag == 's' {
		node.text = string((*frame)[:count])
		*frame = (*frame)[count:]
		return node
	}
	if node.tag == 'D' {
		count *= 2
	}
	for ; count > 0; count-- {
		node.items = append(node.items, assayNodeAt(frame))
	}
	return node
}

// Arguments.
func assayWhole(node assayNode) int64 {
	if node.tag == 'd' {
		if node.real != assayMath.Trunc(node.real) {
			panic(assayRefused("ArgumentTypeError"))
		}
		if !(node.real >= -(1<<63) && node.real < 1<<63) {
			panic(assayRefused("ArgumentRangeError"))
		}
		return int64(node.real)
	}
	if node.tag != 'i' {
		panic(assayRefused("ArgumentTypeError"))
	}
	number, err := assayStrconv.ParseInt(node.text, 16, 64)
	if err != nil {
		panic(assayRefused("ArgumentRangeError"))
	}
	return number
}

func assayUnsigned(node assayNode) uint64 {
	if node.tag == 'i' && node.text[0] != '-' {
		number, err := assayStrconv.ParseUint(node.text, 16, 64)
		if err != nil {
			panic(assayRefused("ArgumentRangeError"))
		}
		return number
	}
	number := assayWhole(node)
	if number < 0 {
		panic(assayRefused("ArgumentRangeError"))
	}
	return uint64(number)
}

func assayReal(node assayNode) float64 {
	if node.tag == 'd' {
		return node.real
	}
	if node.tag != 'i' {
		panic(assayRefused("ArgumentTypeError"))
	}
	negative := assayStrings.HasPrefix(node.text, "-")
	number, err := assayStrconv.ParseFloat("0x"+assayStrings.TrimPrefix(node.text, "-")+"p0", 64)
	if err != nil {
		panic(assayRefused("ArgumentRangeError"))
	}
	if negative {
		return -number
	}
	return number
}

// As JSON has it: whole numbers are int.
func assayAny(node assayNode) interface{} {
	switch node.tag {
	case 'N':
		return nil
	case 'T', 'F':
		return node.tag == 'T'
	case 'd':
		return node.real
	case 'i':
		return int(assayWhole(node))
	case 's':
		return node.text
	case 'D':
		made := map[string]interface{}{}
		for i := 0; i+1 < len(node.items); i += 2 {
			made[node.items[i].text] = assayAny(node.items[i+1])
		}
		return made
	}
	made := []interface{}{}
	for _, item := range node.items {
		made = append(made, assayAny(item))
	}
	return made
}

// The keys of JSON are text: a number is its digits.
func assayKey(key assayNode, kind assayReflect.Type) assayReflect.Value {
	switch kind.Kind() {
	case assayReflect.Int, assayReflect.Int8, assayReflect.Int16, assayReflect.Int32,
		assayReflect.Int64, assayReflect.Uint, assayReflect.Uint8, assayReflect.Uint16,
		assayReflect.Uint32, assayReflect.Uint64:
		number, err := assayStrconv.ParseInt(key.text, 10, 64)
		if err != nil || assayStrconv.FormatInt(number, 10) != key.text {
			panic(assayRefused("ArgumentTypeError"))
		}
		key = assayNode{tag: 'i', text: assayStrconv.FormatInt(number, 16)}
	}
	return assayMade(key, kind)
}

// `node` as a value of type `kind`.
func assayMade(node assayNode, kind assayReflect.Type) assayReflect.Value {
	made := assayReflect.New(kind).Elem()
	switch kind.Kind() {
	case assayReflect.Bool:
		if node.tag != 'T' && node.tag != 'F' {
			panic(assayRefused("ArgumentTypeError"))
		}
		made.SetBool(node.tag == 'T')
	case assayReflect.Int, assayReflect.Int8, assayReflect.Int16, assayReflect.Int32,
		assayReflect.Int64:
		number := assayWhole(node)
		if made.OverflowInt(number) {
			panic(assayRefused("ArgumentRangeError"))
		}
		made.SetInt(number)
	case assayReflect.Uint, assayReflect.Uint8, assayReflect.Uint16, assayReflect.Uint32,
		assayReflect.Uint64:
		number := assayUnsigned(node)
		if made.OverflowUint(number) {
			panic(assayRefused("ArgumentRangeError"))
		}
		made.SetUint(number)
	case assayReflect.Float32, assayReflect.Float64:
		number := assayReal(node)
		if made.OverflowFloat(number) {
			panic(assayRefused("ArgumentRangeError"))
		}
		made.SetFloat(number)
	case assayReflect.String:
		if node.tag != 's' {
			panic(assayRefused("ArgumentTypeError"))
		}
		made.SetString(node.text)
	case assayReflect.Slice, assayReflect.Array:
		if node.tag != 'l' && node.tag != 't' {
			panic(assayRefused("ArgumentTypeError"))
		}
		if kind.Kind() == assayReflect.Slice {
			made.Set(assayReflect.MakeSlice(kind, len(node.items), len(node.items)))
		} else if kind.Len() != len(node.items) {
			panic(assayRefused("ArgumentRangeError"))
		}
		for i, item := range node.items {
			made.Index(i).Set(assayMade(item, kind.Elem()))
		}
	case assayReflect.Map:
		if node.tag != 'D' {
			panic(assayRefused("ArgumentTypeError"))
		}
		made.Set(assayReflect.MakeMap(kind))
		for i := 0; i+1 < len(node.items); i += 2 {
			made.SetMapIndex(assayKey(node.items[i], kind.Key()),
				assayMade(node.items[i+1], kind.Elem()))
		}
	case assayReflect.Ptr:
		if node.tag != 'N' {
			made.Set(assayReflect.New(kind.Elem()))
			made.Elem().Set(assayMade(node, kind.Elem()))
		}
	case assayReflect.Interface:
		if kind.NumMethod() > 0 {
			panic(assayRefused("ArgumentTypeError"))
		}
		if value := assayAny(node); value != nil {
			made.Set(assayReflect.ValueOf(value))
		}
	default:
		panic(assayRefused("ArgumentTypeError"))
	}
	return made
}

// Results.
type assayOut struct {
	bytes []byte
	nodes int
}

func (out *assayOut) text(tag byte, text string) {
	out.bytes = append(out.bytes, tag)
	out.bytes = append(out.bytes, assaySized(len(text))...)
	out.bytes = append(out.bytes, text...)
}

func (out *assayOut) key(value assayReflect.Value, depth int) {
	switch value.Kind() {
	case assayReflect.Int, assayReflect.Int8, assayReflect.Int16, assayReflect.Int32,
		assayReflect.Int64:
		out.text('s', assayStrconv.FormatInt(value.Int(), 10))
	case assayReflect.Uint, assayReflect.Uint8, assayReflect.Uint16, assayReflect.Uint32,
		assayReflect.Uint64:
		out.text('s', assayStrconv.FormatUint(value.Uint(), 10))
	case assayReflect.String, assayReflect.Bool:
		out.put(value, depth)
	default:
		out.text('H', "")
	}
}

func (out *assayOut) put(value assayReflect.Value, depth int) {
	out.nodes++
	if out.nodes > assayMaxNodes || depth > assayMaxDepth || len(out.bytes) > assayMaxBytes {
		panic(assayRefused("ResultRangeError"))
	}
	switch value.Kind() {
	case assayReflect.Bool:
		if value.Bool() {
			out.bytes = append(out.bytes, 'T')
		} else {
			out.bytes = append(out.bytes, 'F')
		}
	case assayReflect.Int, assayReflect.Int8, assayReflect.Int16, assayReflect.Int32,
		assayReflect.Int64:
		out.text('i', assayStrconv.FormatInt(value.Int(), 16))
	case assayReflect.Uint, assayReflect.Uint8, assayReflect.Uint16, assayReflect.Uint32,
		assayReflect.Uint64, assayReflect.Uintptr:
		out.text('i', assayStrconv.FormatUint(value.Uint(), 16))
	case assayReflect.Float32, assayReflect.Float64:
		bits := assayMath.Float64bits(value.Float())
		out.bytes = append(out.bytes, 'd')
		for i := 0; i < 8; i++ {
			out.bytes = append(out.bytes, byte(bits>>(8*i)))
		}
	case assayReflect.String:
		if assayUTF8.ValidString(value.String()) {
			out.text('s', value.String())
		} else {
			out.text('b', value.String())
		}
	case assayReflect.Slice, assayReflect.Array:
		out.bytes = append(append(out.bytes, 'l'), assaySized(value.Len())...)
		for i := 0; i < value.Len(); i++ {
			out.put(value.Index(i), depth+1)
		}
	case assayReflect.Map:
		out.bytes = append(append(out.bytes, 'D'), assaySized(value.Len())...)
		for _, key := range value.MapKeys() {
			item := value.MapIndex(key)
			if key.Kind() == assayReflect.Interface {
				key = key.Elem()
			}
			out.key(key, depth+1)
			out.put(item, depth+1)
		}
	case assayReflect.Ptr, assayReflect.Interface:
		if value.IsNil() {
			out.bytes = append(out.bytes, 'N')
		} else {
			out.put(value.Elem(), depth+1)
		}
	default:
		out.text('H', "")
	}
}

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
