package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/unecho/unecho/cmd/bench/generate"
)

// row is one line of the table: work that is measured, and what it is to reach.
type row struct {
	name    string // for -only, by the full size
	work    string
	list    *list
	args    []string // of unecho clean
	noFloor bool     // the list is none that encoding/csv reads
	target  target
	peers   bool // other programs are measured on the list, and their answers beside the truth
}

// target is what a row is to reach; what is 0 is not asked for.
type target struct {
	Seconds float64 `json:"seconds,omitempty"`
	Floors  float64 `json:"floors,omitempty"` // times the floor
	Times   float64 `json:"times,omitempty"`  // times the million titles
	Peak    float64 `json:"peak_bytes,omitempty"`
}

// size is how long the lists are.
type size struct {
	small, million, large, records, hostile int
}

// sizes are those of the table, or small ones that say nothing about speed.
func sizes(quick bool) size {
	if quick {
		return size{small: 2_000, million: 20_000, large: 60_000, records: 5_000, hostile: 20_000}
	}
	return size{small: 100_000, million: 1_000_000, large: 10_000_000, records: 1_000_000, hostile: 1_000_000}
}

// allRows are the rows of the table, in its order.
func allRows(s size) []row {
	csv, book := []string{"--write", "csv"}, []string{"--write", "csv,xlsx"}
	million := titleList(s.million)
	rows := []row{
		{name: "entries-28", work: "28 entries, whole command", list: &list{name: "entries-28", records: 28, sample: true}, args: book, noFloor: true, target: target{Seconds: 0.05, Peak: 30e6}},
		{name: "titles-100k", work: "titles", list: titleList(s.small), args: csv, target: target{Seconds: 1.2, Peak: 200e6}},
		{name: "titles-1m", work: "titles", list: million, args: csv, target: target{Floors: 25, Peak: 1e9}},
		{name: "workbook-1m", work: "titles, with the workbook", list: million, args: book, target: target{Seconds: 25, Peak: 1.2e9}},
		{name: "titles-10m", work: "titles", list: titleList(s.large), args: csv, target: target{Times: 12, Peak: 8e9}},
		{name: "people", work: "people, six columns", list: recordList("people", s.records, generate.People), args: csv, target: target{Seconds: 60, Peak: 2e9}},
		{name: "products", work: "products, six columns", list: recordList("products", s.records, generate.Products), args: csv, target: target{Seconds: 60, Peak: 2e9}},
	}
	for _, shape := range generate.Hostile() {
		l := shapeList(shape, s.hostile)
		rows = append(rows, row{name: l.name, work: "hostile: " + shape.Name, list: l, args: csv})
	}
	for i, n := range []int{s.small, s.million} {
		rows = append(rows, row{name: []string{"peers-100k", "peers-1m"}[i], work: "beside others", list: knownList(n), args: csv, peers: true})
	}
	return rows
}

// choose gives the rows that are asked for.
func choose(all []row, only string, peers bool) ([]row, error) {
	var names, chosen []string
	var rows []row
	for _, r := range all {
		names = append(names, r.name)
	}
	parts := strings.Split(only, ",")
	for _, part := range parts {
		if !slices.ContainsFunc(names, func(name string) bool { return strings.Contains(name, part) }) {
			return nil, fmt.Errorf("-only %s: there is no such row; there are %s", part, strings.Join(names, ", "))
		}
	}
	for _, r := range all {
		wanted := slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(r.name, part) })
		if wanted && (peers || !r.peers) {
			rows, chosen = append(rows, r), append(chosen, r.name)
		}
	}
	if len(chosen) == 0 {
		return nil, fmt.Errorf("-only %s leaves nothing to measure with -peers=false", only)
	}
	return rows, nil
}
