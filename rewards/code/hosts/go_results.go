// What a result of the program is in a frame.

const (
	assayMaxBytes = 16 << 20
	assayMaxNodes = 1 << 20
	assayMaxDepth = 200
)

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
		} else if value.Kind() == assayReflect.Ptr {
			out.put(value.Elem(), depth+1)
		} else { // which holds no other
			out.put(value.Elem(), depth)
		}
	default:
		out.text('H', "")
	}
}
