// What a parameter of the program gets for an argument of a test.

// An argument that is no value of its parameter's type.
type assayRefused string

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
