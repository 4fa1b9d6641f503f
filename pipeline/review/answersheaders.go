package review

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The names under which the columns of answers are known, in the languages in
// which they are answered. Case, accents, spaces and signs do not matter.
var (
	decisionNames   = []string{"decision", "decisions", "answer", "entscheidung", "antwort", "urteil", "reponse", "respuesta"}
	keepNames       = []string{"keep", "keeps", "behalten", "bleibt", "garder", "conserver", "conservar", "mantener"}
	noteNames       = []string{"note", "notes", "notiz", "notizen", "anmerkung", "bemerkung", "remarque", "nota", "notas", "comment", "comments", "kommentar", "commentaire", "comentario"}
	undoNames       = []string{"undo", "bringback", "zurueck", "zuruckholen", "zuruecknehmen", "ruckgangig", "rueckgaengig", "annuler", "retablir", "deshacer", "restaurar"}
	idANames        = []string{"ida", "kennunga", "identifianta", "identificadora"}
	idBNames        = []string{"idb", "kennungb", "identifiantb", "identificadorb"}
	rowANames       = []string{"rowa", "zeilea", "lignea", "filaa"}
	rowBNames       = []string{"rowb", "zeileb", "ligneb", "filab"}
	idNames         = []string{"id", "kennung", "identifiant", "identificador"}
	survivorNames   = []string{"survivor", "kept", "bleibt", "survivant", "superviviente"}
	survivorIDNames = []string{"survivorid", "idsurvivor", "keptid", "bleibtid", "idsurvivant", "idsuperviviente"}
	copiesNames     = []string{"copies", "kopien", "exemplare", "copias", "exemplaires"}
)

// headers is the first row of a sheet.
type headers struct {
	cells  []string
	double [][2]int // columns of one meaning
}

// plain is a name without case, accents, spaces and signs.
func plain(name string) string {
	name = strings.NewReplacer("ß", "ss", "ø", "o", "ł", "l").Replace(strings.ToLower(name))
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, norm.NFD.String(name))
}

func (h *headers) has(names []string) bool { return h.at(names) >= 0 }

func (h *headers) at(names []string) int {
	return slices.IndexFunc(h.cells, func(cell string) bool { return slices.Contains(names, plain(cell)) })
}

// one gives the column of a meaning, -1 where there is none; it notes where
// there are two.
func (h *headers) one(names []string) int {
	first := h.at(names)
	for c := first + 1; first >= 0 && c < len(h.cells); c++ {
		if slices.Contains(names, plain(h.cells[c])) {
			h.double = append(h.double, [2]int{first, c})
		}
	}
	return first
}

// exactly gives the column with a header, -1 where there is none.
func (h *headers) exactly(header string) int {
	same := func(cell string) bool { return heading(cell) == heading(header) }
	return slices.IndexFunc(h.cells, same)
}

// clean says whether this is the header of Clean: an id, and columns of the
// list.
func (h *headers) clean(c *Clean) bool {
	return h.cleanID(c) >= 0 && slices.ContainsFunc(c.Headers, func(header string) bool { return h.exactly(header) >= 0 })
}

// cleanID gives the column of the lasting ids on Clean. It is called "id",
// with a number where the list has columns of that name.
func (h *headers) cleanID(c *Clean) int {
	taken := func(name string) bool {
		return slices.ContainsFunc(c.Headers, func(header string) bool { return strings.EqualFold(header, name) })
	}
	name := "id"
	for n := 2; taken(name); n++ {
		name = "id (" + strconv.Itoa(n) + ")"
	}
	if at := h.exactly(name); at >= 0 || name != "id" {
		return at
	}
	return h.at(idNames)
}
