package normalize

import "strings"

// invitations are the words with which a cut text is made to lead on.
var invitations = [...]string{"continue reading", "read more", "keep reading", "read the rest", "weiterlesen", "lire la suite", "leer más", "[link] [comments]", "more"}

// dropTrimmings removes an invitation to read on from the end of a text, and
// the bar or arrow that joins it; the ellipsis before it stays, for it says
// that the text was cut. Words that end a sentence of the text are not one: an
// ellipsis, a bar, a bracket or a new line stands before an invitation.
func dropTrimmings(s string) string {
	for {
		t := strings.TrimRight(s, " \n→»›.…]）)")
		cut := s
		for _, v := range invitations {
			k := len(t) - len(strings.TrimSuffix(v, "]"))
			if k < 0 || !strings.EqualFold(t[k:], strings.TrimSuffix(v, "]")) {
				continue
			}
			if head, ok := beforeInvitation(t[:k], v == "more"); ok {
				cut = head
				break
			}
		}
		if cut == s {
			return s
		}
		s = cut
	}
}

// beforeInvitation gives what stands before an invitation, if s ends as that would.
func beforeInvitation(s string, bracket bool) (head string, ok bool) {
	if bracket {
		h := strings.TrimSuffix(s, "(")
		return strings.TrimRight(h, " \n"), h != s
	}
	t := strings.TrimRight(s, " ")
	switch h := strings.TrimRight(t, "|→»›[("); {
	case h != t:
		return strings.TrimRight(h, " \n"), true
	case strings.HasSuffix(t, "…"), strings.HasSuffix(t, "..."):
		return t, true
	case strings.HasSuffix(t, "\n"):
		return strings.TrimRight(t, " \n"), true
	}
	return s, false
}
