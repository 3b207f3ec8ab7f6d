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
