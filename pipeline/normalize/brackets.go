package normalize

import "strings"

// Notes says what looks wrong in s but is not for a program to change, as
// names of rules; nil for most texts. The only note so far is OpenBracket.
// A smiley and the bracket of "1)" or "a)" at the head are no brackets.
func Notes(s string) []Rule {
	if !strings.ContainsAny(s, "()[]{}") || balanced(s) {
		return nil
	}
	return []Rule{OpenBracket}
}

func balanced(s string) bool {
	var open []byte
	for i := 0; i < len(s); i++ {
		switch b := s[i]; b {
		case '(', '[', '{':
			if !isSmiley(s, i) {
				open = append(open, b)
			}
		case ')', ']', '}':
			if k := len(open); k > 0 && partner(open[k-1]) == b {
				open = open[:k-1]
			} else if !isSmiley(s, i) && !isNumbering(s, i) {
				return false
			}
		}
	}
	return len(open) == 0
}

func partner(b byte) byte {
	switch b {
	case '(':
		return ')'
	case '[':
		return ']'
	}
	return '}'
}

// isSmiley tells a bracket that is a mouth: ":)", ";-(", "=D" has none.
func isSmiley(s string, i int) bool {
	k := i - 1
	if k > 0 && (s[k] == '-' || s[k] == '\'' || s[k] == 'o') {
		k--
	}
	return k >= 0 && strings.IndexByte(":;=8", s[k]) >= 0 && (k == 0 || s[k-1] == ' ' || s[k] != '8')
}

// isNumbering tells the bracket of "1)" or "a)" before which nothing else stands in its word.
func isNumbering(s string, i int) bool {
	from := strings.LastIndexAny(s[:i], " \n") + 1
	w := s[from:i]
	return len(w) == 1 && isAlnum(w[0]|0x20) || len(w) == 2 && w[0]-'0' <= 9 && w[1]-'0' <= 9
}
