package record

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"hash"
	"io"
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
		wg.Go(func() {
			h := idHash{hash: sha256.New()}
			for r := from; r < min(from+part, len(ids)); r++ {
				ids[r] = h.id(columns, order, cells[r*len(columns):(r+1)*len(columns)])
			}
		})
	}
	wg.Wait()
	return counted(ids)
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

// counted tells equal ids apart by a counter.
func counted(ids []string) []string {
	seen := make(map[string]int, len(ids))
	for r, id := range ids {
		seen[id]++
		if n := seen[id]; n > 1 {
			ids[r] = id + "-" + strconv.Itoa(n)
		}
	}
	return ids
}

// idHash keeps the memory of one goroutine.
type idHash struct {
	hash  hash.Hash
	pairs [][2]string
	sum   []byte
}

func (h *idHash) id(columns []Column, order []int, row []string) string {
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
	h.hash.Reset()
	for _, pair := range h.pairs {
		for _, text := range pair {
			h.sum = binary.AppendUvarint(h.sum[:0], uint64(len(text)))
			h.hash.Write(h.sum)
			io.WriteString(h.hash, text)
		}
	}
	h.sum = h.hash.Sum(h.sum[:0])
	return strings.ToLower(base32.StdEncoding.EncodeToString(h.sum[:idLength*5/8]))
}
