package normalize

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// repair is one rule with what does it: it returns s itself where it has
// nothing to do.
type repair struct {
	rule Rule
	do   func(string) string
}

var repairs = [...]repair{
	{InvalidBytes, readInvalid},
	{Entities, decodeEntities},
	{Mojibake, repairMojibake},
	{C1Controls, readC1},
	{LineEnds, unifyLines},
	{Controls, dropControls},
	{BidiControls, dropBidi},
	{ZeroWidth, dropZeroWidth},
	{SoftHyphens, dropSoftHyphens},
	{OddSpaces, tidySpaces},
	{Composed, composeText},
}

// Clean repairs one text by the rules, except Trimmings and OpenBracket, which
// ask for a column (see Table). It takes any bytes and gives valid UTF-8.
// rules are those that fired, in the order of Rules; nil when nothing changed,
// and then out shares the memory of s. Clean of what Clean gave changes nothing.
func Clean(s string) (out string, rules []Rule) {
	if isPlain(s) || isQuiet(s) {
		return s, nil
	}
	return cleanBy(s, repairs[:])
}

// cleanBy applies rs to s until nothing changes: one repair may bring to light
// what another is for ("&Atilde;&copy;"). It comes to rest: apart from the
// first reading of invalid bytes and NFC, which do their work once, every
// repair leaves fewer characters or plainer ones. Nearly all text needs two passes.
func cleanBy(s string, rs []repair) (string, []Rule) {
	out := s
	var fired [len(repairs) + 1]bool
	for changed := true; changed; {
		changed = false
		for k, r := range rs {
			if next := r.do(out); next != out {
				out, changed, fired[k] = next, true, true
			}
		}
	}
	if out == s {
		return s, nil
	}
	var rules []Rule
	for k, r := range rs {
		if fired[k] {
			rules = append(rules, r.rule)
		}
	}
	return out, rules
}

// isASCII tells text without bytes from 0x80.
func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func composeText(s string) string {
	if norm.NFC.IsNormalString(s) {
		return s
	}
	return norm.NFC.String(s)
}
