package parse

import (
	"fmt"

	"github.com/unecho/unecho/pipeline/record"
)

// account holds a table to the law of the package: every byte of every source
// belongs to exactly one record, one reject or the layout, and spans lie one
// behind the other. A workbook is held to it in rows.
func account(t *record.Table) error {
	if len(t.Cells) != t.Len()*len(t.Columns) {
		return fmt.Errorf("%d cells for %d records of %d columns", len(t.Cells), t.Len(), len(t.Columns))
	}
	for i, src := range t.Sources {
		var sum int64
		spans, rejected := spansOf(t, int32(i))
		var end int64
		for _, p := range spans {
			if p.Line < 1 || p.EndLine < p.Line {
				return fmt.Errorf("lines %d to %d", p.Line, p.EndLine)
			}
			if src.Format == "xlsx" {
				continue
			}
			if p.Bytes <= 0 || p.Offset < end || p.Offset+p.Bytes > src.Bytes {
				return fmt.Errorf("span %d+%d behind %d in %d bytes", p.Offset, p.Bytes, end, src.Bytes)
			}
			sum += p.Bytes
			end = p.Offset + p.Bytes
		}
		if sum+src.Layout != src.Bytes {
			return fmt.Errorf("%s: %d bytes in spans and %d of layout are not %d", src.Format, sum, src.Layout, src.Bytes)
		}
		if (src.Format == "json" || src.Format == "xlsx") && len(spans) > src.Rows {
			return fmt.Errorf("%d spans in %d rows (%d rejects)", len(spans), src.Rows, rejected)
		}
	}
	for _, j := range t.Rejects {
		if j.Reason == "" || t.Sources[j.Source].Format != "xlsx" && int64(len(j.Text)) != j.Bytes {
			return fmt.Errorf("reject %q of %d bytes has a text of %d", j.Reason, j.Bytes, len(j.Text))
		}
	}
	return nil
}

// spansOf merges records and rejects of one source by offset.
func spansOf(t *record.Table, source int32) (spans []record.Position, rejected int) {
	j := 0
	for _, p := range t.At {
		if p.Source != source {
			continue
		}
		for ; j < len(t.Rejects) && (t.Rejects[j].Source < source || t.Rejects[j].Source == source && t.Rejects[j].Offset < p.Offset); j++ {
			if t.Rejects[j].Source == source {
				spans = append(spans, t.Rejects[j].Position)
				rejected++
			}
		}
		spans = append(spans, p)
	}
	for ; j < len(t.Rejects); j++ {
		if t.Rejects[j].Source == source {
			spans = append(spans, t.Rejects[j].Position)
			rejected++
		}
	}
	return spans, rejected
}
