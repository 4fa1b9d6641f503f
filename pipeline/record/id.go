package record

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"math/bits"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// idLength is the length of an id without its counter: 16 characters of base32
// are 80 bits, so that among a million different records two share an id with
// a chance of about one in two million million.
const idLength = 16

// IDs gives every record its lasting id: a hash of its filled cells under the
// names of their columns. It is the same tomorrow, in another file, format or
// order of rows, after columns were moved or blank ones added; it changes when
// a filled cell or the name of its column does. Records that are equal get the
// same id with a counter, in reading order: "k2…", "k2…-2", "k2…-3".
//
// cells is the cleaned text, record after record with len(columns) fields
// each. The hash is SHA-256 over the pairs (name, value) that are not blank,
// each with its length before it, in order of name, then value; the first 80
// bits are written in base32 (RFC 4648, lower case).
func IDs(columns []Column, cells []string) []string {
	if len(columns) == 0 {
		return nil
	}
	ids := make([]string, len(cells)/len(columns))
	order := byName(columns)
	part := max(1024, (len(ids)+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for from := 0; from < len(ids); from += part {
		to := min(from+part, len(ids))
		wg.Go(func() { idsOf(ids[from:to], columns, order, cells[from*len(columns):to*len(columns)]) })
	}
	wg.Wait()
	return counted(ids)
}

// idsOf fills in the ids of records that stand one after the other. They share
// one piece of memory.
func idsOf(ids []string, columns []Column, order []int, cells []string) {
	var h idHash
	var text strings.Builder
	text.Grow(idLength * len(ids))
	for r := range ids {
		id := h.id(columns, order, cells[r*len(columns):(r+1)*len(columns)])
		text.Write(id[:])
	}
	all := text.String()
	for r := range ids {
		ids[r] = all[r*idLength : (r+1)*idLength]
	}
}

// ClusterID gives a cluster its lasting id: "c" and the smallest id of its
// members, whatever their order. It panics when there is none.
func ClusterID(members []string) string { return "c" + slices.Min(members) }

// byName gives the columns in the order in which their cells are hashed.
func byName(columns []Column) []int {
	order := make([]int, len(columns))
	for c := range order {
		order[c] = c
	}
	slices.SortStableFunc(order, func(a, b int) int { return strings.Compare(columns[a].Name, columns[b].Name) })
	return order
}

// counted tells equal ids apart by a counter. The first of each stands in a
// table, at the place that its letters say or the next that is free; a map of a
// million would take five times the memory and three times as long.
func counted(ids []string) []string {
	size := bits.Len(uint(2 * len(ids))) // so that half of the places are free
	firsts := make([]int32, 1<<size)     // the record, from 1
	copies := make(map[string]int)
	for r, id := range ids {
		at := binary.LittleEndian.Uint64([]byte(id[:8])) * spread >> (64 - size)
		for firsts[at] > 0 && ids[firsts[at]-1] != id {
			at = (at + 1) & (1<<size - 1)
		}
		if firsts[at] == 0 {
			firsts[at] = int32(r + 1)
			continue
		}
		copies[id]++
		ids[r] = id + "-" + strconv.Itoa(copies[id]+1)
	}
	return ids
}

// spread is 2⁶⁴ over the golden ratio: multiplied with it, the letters of an id
// tell in the upper bits (Knuth, The Art of Computer Programming 3, 6.4).
const spread = 0x9E3779B97F4A7C15

// idHash keeps the memory of one goroutine.
type idHash struct {
	pairs [][2]string
	text  []byte
}

// alphabet is that of RFC 4648 in lower case.
var alphabet = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567")

func (h *idHash) id(columns []Column, order []int, row []string) (id [idLength]byte) {
	h.pairs = h.pairs[:0]
	for _, c := range order {
		if value := strings.TrimSpace(row[c]); value != "" {
			h.pairs = append(h.pairs, [2]string{columns[c].Name, value})
		}
	}
	// Columns of one name stand in any order, so their values decide.
	slices.SortFunc(h.pairs, func(a, b [2]string) int {
		return cmp.Or(strings.Compare(a[0], b[0]), strings.Compare(a[1], b[1]))
	})
	h.text = h.text[:0]
	for _, pair := range h.pairs {
		for _, text := range pair {
			h.text = binary.AppendUvarint(h.text, uint64(len(text)))
			h.text = append(h.text, text...)
		}
	}
	sum := sha256.Sum256(h.text)
	alphabet.Encode(id[:], sum[:idLength*5/8])
	return id
}
