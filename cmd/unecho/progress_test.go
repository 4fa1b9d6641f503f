package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

func TestMeterIsPatient(t *testing.T) {
	var b bytes.Buffer
	var m meter
	start := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	m.tell(&b, start, "reading", 1, 100)
	m.tell(&b, start.Add(900*time.Millisecond), "reading", 40, 100)
	if b.Len() > 0 {
		t.Errorf("said %q in the first second", b.String())
	}
	m.tell(&b, start.Add(2*time.Second), "reading", 50, 100)
	if got, want := b.String(), "\rreading  50 %  25/s  2s left"; got != want {
		t.Errorf("line %q, want %q", got, want)
	}
	b.Reset()
	m.tell(&b, start.Add(2*time.Second+redraw/2), "reading", 51, 100)
	if b.Len() > 0 {
		t.Errorf("drew twice within %v", redraw)
	}
	m.clear(&b)
	if got := b.String(); strings.TrimSpace(got) != "" || !strings.HasSuffix(got, "\r") {
		t.Errorf("the line was not wiped: %q", got)
	}
}

func TestProgressText(t *testing.T) {
	for _, c := range []struct {
		done, total int64
		spent       time.Duration
		want        string
	}{
		{0, 0, time.Second, "folding title"},
		{0, 10, time.Second, "folding title  0 %"},
		{2_500_000, 10_000_000, 2 * time.Second, "folding title  25 %  1.2 million/s  6s left"},
		{12_000, 12_000, 3 * time.Second, "folding title  100 %  4 thousand/s"},
	} {
		if got := progressText("folding title", c.done, c.total, c.spent); got != c.want {
			t.Errorf("%d of %d: %q, want %q", c.done, c.total, got, c.want)
		}
	}
}

func TestClip(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"a\x1b[31mred\x1b[0m", "a [31mred [0m"},
		{"two\nlines", "two lines"},
		{"abcdefghijklmnopqrstu", "abcdefghijklmnopqrs…"},
		{"Übermäßig große Größe", "Übermäßig große Grö…"},
	} {
		if got := clip(c.text, 20); got != c.want {
			t.Errorf("clip(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 9999: "9999", 10000: "10,000", 1234567: "1,234,567"} {
		if got := thousands(n); got != want {
			t.Errorf("thousands(%d) = %s", n, got)
		}
	}
}

func TestQuoted(t *testing.T) {
	if got := quoted([]string{"a.csv", "my list.csv", "it's"}); got != `a.csv 'my list.csv' 'it'\''s'` {
		t.Errorf("quoted: %s", got)
	}
}
