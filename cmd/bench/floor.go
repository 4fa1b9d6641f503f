package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"os"
)

// floor reads a list with encoding/csv and writes it again: less than that no
// program can do that reads a list and writes one.
func floor(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	r, buffer := csv.NewReader(bufio.NewReaderSize(in, 1<<20)), bufio.NewWriterSize(out, 1<<20)
	r.ReuseRecord = true
	w := csv.NewWriter(buffer)
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if err := w.Write(record); err != nil {
			return err
		}
	}
	w.Flush()
	return errors.Join(w.Error(), buffer.Flush(), out.Close())
}
