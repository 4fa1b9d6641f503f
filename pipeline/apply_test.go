package pipeline

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/unecho/unecho/pipeline/review"
)

// doubtful writes a list of groups whose members differ by little words, so
// that there are many questions, and gives the group of each title.
func doubtful(rng *rand.Rand, groups int) (rows [][]string, group map[string]int) {
	syllables := strings.Fields("ba ko ri ta nu mel sor vin dak per lum gos tri fen hal wex jun zo quil pra")
	word := func() string {
		var b strings.Builder
		for range 2 + rng.IntN(2) {
			b.WriteString(syllables[rng.IntN(len(syllables))])
		}
		return b.String()
	}
	group = map[string]int{}
	for g := range groups {
		a, b, c, d := word(), word(), word(), word()
		for _, title := range []string{
			fmt.Sprintf("The %s of %s and %s in %s", a, b, c, d),
			fmt.Sprintf("The %s for %s and %s at %s", a, b, c, d),
			fmt.Sprintf("The %s of %s with %s", a, b, d),
		}[:2+rng.IntN(2)] {
			if _, taken := group[title]; !taken {
				group[title] = g
				rows = append(rows, []string{title, fmt.Sprint(1990 + rng.IntN(3))})
			}
		}
	}
	rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return rows, group
}

func writeList(t *testing.T, path string, rows [][]string) {
	t.Helper()
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	w.Write([]string{"title", "year"})
	w.WriteAll(rows)
	if err := os.WriteFile(path, text.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
}

// office saves a file in another format with LibreOffice, or skips the test.
func office(t *testing.T, path, format string) string {
	t.Helper()
	program, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed: re-saving in it is not tried")
	}
	dir := t.TempDir()
	out, err := exec.Command(program, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", format, "--outdir", dir, path).CombinedOutput()
	if err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	ending, _, _ := strings.Cut(format, ":")
	made, err := filepath.Glob(filepath.Join(dir, "*."+ending))
	if err != nil || len(made) != 1 {
		t.Fatalf("soffice made %v (%v)\n%s", made, err, out)
	}
	return made[0]
}

// told is what a scripted editor answered: pairs of titles.
type toldPairs map[[2]string]review.Kind

// edit answers every question of a workbook by the truth, in words of several
// languages, and disturbs it: rows are shuffled, columns moved and hidden, some
// deleted, the sheet and its headers renamed, rows put above and between.
func edit(t *testing.T, rng *rand.Rand, path, to string, group map[string]int) toldPairs {
	t.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("Review", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	words := map[review.Kind][]string{
		review.Same:      {"same", "S", " yes ", "1", "Gleich", "oui", "sí", "identique", "y", "TRUE"},
		review.Different: {"different", "D", "no", "0", "x", "Verschieden", "différent", "DISTINTO", "n", "nein"},
		review.Related:   {"related", "r", "verwandt", "lié", "relacionado"},
	}
	header := rows[0]
	a, b := slices.Index(header, "title A"), slices.Index(header, "title B")
	said := toldPairs{}
	for i, row := range rows[1:] {
		kind := review.Different
		if group[row[a]] == group[row[b]] {
			kind = review.Same
		} else if rng.IntN(5) == 0 {
			kind = review.Related
		}
		row[0] = words[kind][rng.IntN(len(words[kind]))]
		said[[2]string{min(row[a], row[b]), max(row[a], row[b])}] = kind
		rows[i+1] = row
	}
	body := rows[1:]
	rng.Shuffle(len(body), func(i, j int) { body[i], body[j] = body[j], body[i] })
	order := rng.Perm(len(header))
	order = slices.DeleteFunc(order, func(c int) bool { return header[c] == "why" || header[c] == "settles" })
	const sheet = "My questions"
	if err := book.DeleteSheet("Review"); err != nil {
		t.Fatal(err)
	}
	if _, err := book.NewSheet(sheet); err != nil {
		t.Fatal(err)
	}
	names := map[string]string{"decision": "Entscheidung", "keep": "Behalten", "id A": "ID_a", "row A": "Zeile A"}
	line := 1
	put := func(row []string) {
		line++
		for c, from := range order {
			if from < len(row) && row[from] != "" {
				ref, _ := excelize.CoordinatesToCellName(c+1, line)
				if err := book.SetCellValue(sheet, ref, row[from]); err != nil {
					t.Fatal(err)
				}
			}
		}
		if rng.IntN(10) == 0 && line > 2 {
			book.SetRowVisible(sheet, line, false)
		}
		if rng.IntN(25) == 0 && line > 2 {
			line++ // a blank row
		}
	}
	book.SetCellStr(sheet, "B1", "read this one first")
	head := slices.Clone(header)
	for c, name := range head {
		if other, ok := names[name]; ok {
			head[c] = other
		}
	}
	put(head)
	for _, row := range body {
		put(row)
	}
	book.SetColVisible(sheet, "C:D", false)
	if err := book.SaveAs(to); err != nil {
		t.Fatal(err)
	}
	return said
}

// TestWorkbookRoundTrip is the promise of the workbook: an editor answers all
// questions, the workbook is disturbed and saved by another program, the list
// is put in another order, and every answer is obeyed and none is asked again.
func TestWorkbookRoundTrip(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds of LibreOffice")
	}
	rng := rand.New(rand.NewPCG(7, 2))
	dir := t.TempDir()
	rows, group := doubtful(rng, 330)
	list := filepath.Join(dir, "list.csv")
	writeList(t, list, rows)
	o := Options{Inputs: []string{list}, Review: 0.02, Version: "test"}
	before, err := Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	edited := filepath.Join(dir, "edited.xlsx")
	said := edit(t, rng, filepath.Join(dir, "list.clean.xlsx"), edited, group)
	if len(said) < 300 {
		t.Fatalf("%d questions are too few to try; %+v", len(said), before.Records)
	}
	sheet := fmt.Sprint(len(sheetsOf(t, edited))) // the questions stand last
	for name, path := range map[string]string{"csv": office(t, edited, "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,"+sheet), "xlsx": office(t, edited, "xlsx")} {
		t.Run(name, func(t *testing.T) { roundTrip(t, rng, rows, group, said, path) })
	}
}

func sheetsOf(t *testing.T, path string) []string {
	t.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	return book.GetSheetList()
}

func roundTrip(t *testing.T, rng *rand.Rand, rows [][]string, group map[string]int, said toldPairs, answered string) {
	dir := t.TempDir()
	path := filepath.Join(dir, "list.csv")
	rows = slices.Clone(rows)
	rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	writeList(t, path, rows)
	o := Options{Inputs: []string{path}, Review: 0.02, Version: "test"}
	apply := func() *Applied {
		t.Helper()
		books, err := OpenBooks([]string{answered})
		if err != nil {
			t.Fatal(err)
		}
		defer books.Close()
		done, err := Apply(context.Background(), books, o, time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC), "ann")
		if err != nil {
			t.Fatal(err)
		}
		return done
	}
	done := apply()
	n := 0
	for kind, count := range done.New {
		if kind != string(review.Keep) {
			n += count
		}
	}
	if n != len(said) || len(done.Stale)+len(done.Past)+len(done.Left) > 0 {
		t.Fatalf("%d of %d answers were taken: %+v", n, len(said), done)
	}
	obeyed(t, dir, rows, said)
	first, err := os.ReadFile(filepath.Join(dir, "list.clean.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	again := apply()
	second, _ := os.ReadFile(filepath.Join(dir, "list.clean.xlsx"))
	if len(again.New) > 0 || again.Known != len(said) || !bytes.Equal(first, second) {
		t.Errorf("applied again: %v new, %d known", again.New, again.Known)
	}
	startAgrees(t, filepath.Join(dir, "list.clean.xlsx"), again.Report)
}

// obeyed looks in the outputs for a pair that stands otherwise than it was
// said, or that is asked again.
func obeyed(t *testing.T, dir string, rows [][]string, said toldPairs) {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "list.clusters.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := slices.Index(lines[0], "cluster")
	clusters := map[string]map[string]bool{}
	for i, row := range rows {
		if clusters[row[0]] == nil {
			clusters[row[0]] = map[string]bool{}
		}
		clusters[row[0]][lines[i+1][column]] = true
	}
	for pair, kind := range said {
		together := false
		for c := range clusters[pair[0]] {
			together = together || clusters[pair[1]][c]
		}
		if together != (kind == review.Same) {
			t.Errorf("%v were said to be %s", pair, kind)
		}
	}
	book, err := excelize.OpenFile(filepath.Join(dir, "list.clean.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	asked, err := book.GetRows("Review")
	if err != nil {
		return // no question is left
	}
	a, b := slices.Index(asked[0], "title A"), slices.Index(asked[0], "title B")
	for _, row := range asked[1:] {
		if kind, ok := said[[2]string{min(row[a], row[b]), max(row[a], row[b])}]; ok {
			t.Errorf("asked again: %q and %q, said to be %s", row[a], row[b], kind)
		}
	}
}

// startAgrees compares the figures of Start with the report.
func startAgrees(t *testing.T, path string, r *Report) {
	t.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("Start", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int{"read": r.Records.Read, "kept": r.Records.Kept, "merged": r.Records.Removed, "to review": r.Review, "kept after answers": r.Records.Kept}
	for i, row := range rows {
		if len(row) < 3 {
			continue
		}
		if n, ok := want[row[1]]; ok {
			now, err := book.CalcCellValue("Start", fmt.Sprintf("C%d", i+1), excelize.Options{RawCellValue: true})
			if err != nil || row[1] != "read" && now != fmt.Sprint(n) || row[2] != fmt.Sprint(n) {
				t.Errorf("Start says %s %s, worked out %s; the report %d (%v)", row[1], row[2], now, n, err)
			}
			delete(want, row[1])
		}
	}
	if _, left := want["kept"]; left {
		t.Errorf("Start does not say %v", want)
	}
}
