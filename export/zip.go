package export

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"math"
	"slices"
	"strings"
)

// orderedZip is the zip that excelize writes into. excelize hands over its
// sheets in the order of a Go map and lists the parts in an order that charts
// disturb; orderedZip holds the parts until all are there and writes them
// sorted by name, so that equal workbooks are equal bytes. Sheets come with
// their header alone; their rows, which the press has packed, are put in.
type orderedZip struct {
	w      io.Writer
	press  *press
	bodies map[string]*body // the rows of each sheet by the name of its part
	parts  []*part
}

// part is one file of the workbook, without the rows that are put in.
type part struct {
	bytes.Buffer
	name string
}

const contentTypes = "[Content_Types].xml"

// rowsEnd is where the rows of a sheet end.
const rowsEnd = "</sheetData>"

// Create begins the next part; the one before it is whole.
func (z *orderedZip) Create(name string) (io.Writer, error) {
	p := &part{name: name}
	z.parts = append(z.parts, p)
	return p, nil
}

// AddFS is part of what excelize asks of a zip; it does not use it.
func (z *orderedZip) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close writes all parts. The times of the entries stay zero.
func (z *orderedZip) Close() error {
	slices.SortFunc(z.parts, func(a, b *part) int { return strings.Compare(a.name, b.name) })
	out := zip.NewWriter(z.w)
	worker, used := &packer{}, 0
	for _, p := range z.parts {
		text := p.Bytes()
		if p.name == contentTypes {
			var err error
			if text, err = sortContentTypes(text); err != nil {
				return err
			}
		}
		rows := z.bodies[p.name]
		if rows != nil {
			used++
		} else {
			rows = &body{}
		}
		if err := z.write(out, worker, p.name, text, rows); err != nil {
			return err
		}
	}
	if used != len(z.bodies) {
		return fmt.Errorf("%d of %d sheets have a place for their rows", used, len(z.bodies))
	}
	return out.Close()
}

// write writes one part, its rows in their place.
func (z *orderedZip) write(out *zip.Writer, worker *packer, name string, text []byte, rows *body) error {
	at := bytes.LastIndex(text, []byte(rowsEnd))
	if rows.size > 0 && at < 0 {
		return fmt.Errorf("%s has no place for rows", name)
	}
	var head []byte
	tail, crc := text, uint32(0)
	switch {
	case len(rows.blocks) > 0:
		packed, err := worker.pack(text[:at], false)
		if err != nil {
			return err
		}
		head, tail = bytes.Clone(packed), text[at:]
		crc = joinCRC(crc32.ChecksumIEEE(text[:at]), rows.crc, rows.size)
	case rows.size > 0:
		tail = slices.Concat(text[:at], rows.text, text[at:])
	}
	packed, err := worker.pack(tail, true)
	if err != nil {
		return err
	}
	header := &zip.FileHeader{
		Name:               name,
		Method:             zip.Deflate,
		CRC32:              crc32.Update(crc, crc32.IEEETable, tail),
		CompressedSize64:   uint64(int64(len(head)) + rows.packedSize() + int64(len(packed))),
		UncompressedSize64: uint64(int64(len(text)) + rows.size),
		ReaderVersion:      20,
		CreatorVersion:     20,
	}
	if header.UncompressedSize64 > math.MaxUint32 {
		// Sizes beyond 4 GB follow the data; Excel wants the version to say so.
		header.Flags |= 0x8
		header.ReaderVersion = 45
	}
	w, err := out.CreateRaw(header)
	if err != nil {
		return err
	}
	if _, err := w.Write(head); err != nil {
		return err
	}
	if err := z.press.writeTo(w, rows); err != nil {
		return err
	}
	_, err = w.Write(packed)
	return err
}

// sortContentTypes puts the list of parts in order: defaults by extension,
// then overrides by name.
func sortContentTypes(list []byte) ([]byte, error) {
	type entry struct {
		Extension   string `xml:",attr,omitempty"`
		PartName    string `xml:",attr,omitempty"`
		ContentType string `xml:",attr"`
	}
	var types struct {
		XMLName   xml.Name `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
		Defaults  []entry  `xml:"Default"`
		Overrides []entry  `xml:"Override"`
	}
	if err := xml.Unmarshal(list, &types); err != nil {
		return nil, err
	}
	for _, entries := range [][]entry{types.Defaults, types.Overrides} {
		slices.SortFunc(entries, func(a, b entry) int {
			return strings.Compare(a.Extension+a.PartName, b.Extension+b.PartName)
		})
	}
	sorted, err := xml.Marshal(types)
	return append([]byte(xml.Header), sorted...), err
}
