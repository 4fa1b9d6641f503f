package record_test

import (
	"testing"

	"github.com/unecho/unecho/pipeline/record"
)

func TestNearest(t *testing.T) {
	words := []string{"--columns", "--output", "--balanced", "Title", "Vorname", "Nachname"}
	for typed, want := range map[string]string{
		"--colums": "--columns", "--outptu": "--output", "titel": "Title", "vorname": "Vorname", "Nachnam": "Nachname", "xyz": "", "": "",
	} {
		if got := record.Nearest(words, typed); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", typed, got, want)
		}
	}
}
