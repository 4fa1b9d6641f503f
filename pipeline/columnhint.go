package pipeline

import (
	"fmt"
	"strings"

	"github.com/unecho/unecho/pipeline/record"
)

// columnHint says which column may be meant, or which ones there are.
func columnHint(names []string, typed string) string {
	if near := record.Nearest(names, typed); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	if len(names) == 0 {
		return "the list has no columns"
	}
	const few = 12
	if len(names) > few {
		return fmt.Sprintf("the columns are %s and %d more", strings.Join(names[:few], ", "), len(names)-few)
	}
	return "the columns are " + strings.Join(names, ", ")
}
