package tty

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/unecho/unecho/pipeline/review"
)

// fake is a desk with three questions; what it does not need, it does not have.
type fake struct {
	review.Desk
	answers []review.Choice
	lesson  bool
	kept    string
	refuse  error
}

func (f *fake) Head() review.Head {
	return review.Head{List: "books.csv", Records: 6, Left: 3 - len(f.answers), Decided: len(f.answers), By: "ann", Decision: "books.decisions.jsonl"}
}

func (f *fake) Next() (review.Card, bool) {
	n := len(f.answers)
	if n >= 3 {
		return review.Card{}, false
	}
	side := func(letter string) review.Side {
		return review.Side{ID: fmt.Sprint(letter, n), Text: fmt.Sprint("Book ", letter, n), Where: "books.csv:2", Copies: 1, Chips: []string{"older"}}
	}
	return review.Card{A: side("a"), B: side("b"), Probability: 0.999, Why: "same author", Settles: 2,
		Fields: []review.Field{
			{Name: "title", A: []review.Piece{{Text: "Gardens of the "}, {Text: "north\x1b[31m\u202e", Own: true}}, B: []review.Piece{{Text: "Gardens of the "}, {Text: "south", Own: true}}},
			{Name: "author", Equal: true, A: []review.Piece{{Text: "Tom Baker"}}, B: []review.Piece{{Text: "Tom Baker"}}},
		},
		Evidence: []review.Term{{Name: "date", Weight: 0.2}, {Name: "words", Weight: -1.5}},
		Said:     []review.Said{{Kind: review.Skip, By: "bob", At: "2024-05-01T09:00:00Z"}},
	}, true
}

func (f *fake) Decide(c review.Choice) (review.Effect, error) {
	if f.refuse != nil {
		return review.Effect{}, f.refuse
	}
	f.answers = append(f.answers, c)
	return review.Effect{Settles: 2, Words: []string{"also settles 2 other pairs"}}, nil
}

func (f *fake) Undo() (undone review.Choice, effect review.Effect, ok bool, err error) {
	if len(f.answers) == 0 {
		return undone, effect, false, nil
	}
	last := len(f.answers) - 1
	undone, f.answers = f.answers[last], f.answers[:last]
	undone.TextA, undone.TextB = "Book A", "Book B"
	return undone, effect, true, nil
}

func (f *fake) Lesson() (review.Lesson, bool) {
	return review.Lesson{Answers: 10, Surer: 38, Fewer: 12, Words: []string{"the date counts 1.2 times"},
		Joined: []review.Card{{A: review.Side{Text: "one"}, B: review.Side{Text: "won"}}}}, f.lesson && f.kept == ""
}

func (f *fake) Learn(keep bool) error {
	f.kept = fmt.Sprint(keep)
	return nil
}

func TestLettersAreAnswers(t *testing.T) {
	for _, test := range []struct {
		typed string
		kinds string // of the answers that stand
		keep  string
		done  bool
		says  string
	}{
		{"y\nn\nr\n", "same different related", "", true, "nothing is left to ask"},
		{"yes\nDifferent\n q \n", "same different", "", true, ""},
		{"s\nskip\nspace\n", "skip skip skip", "", true, "also settles 2 other pairs"},
		{"k a\nq\n", "same", "a0", true, ""},
		{"k\nKB\nf\n", "same", "b0", true, "which one stays?"},
		{"y\nu\nq\n", "", "", true, `took back "same": Book A | Book B`},
		{"u\nq\n", "", "", true, "there is nothing to take back"},
		{"?\n", "", "", false, "asked again when nothing else is left"},
		{"banana\nn", "different", "", false, `"banana" is no answer`},
		{"", "", "", false, "books.csv: 6 entries, 3 questions left"},
		{"\n\ny", "same", "", false, "a letter, please"},
	} {
		desk := &fake{}
		var out bytes.Buffer
		end, err := Run(context.Background(), desk, strings.NewReader(test.typed), &out, Options{})
		var kinds []string
		keep := ""
		for _, a := range desk.answers {
			kinds, keep = append(kinds, string(a.Kind)), keep+a.Keep
			if a.Via != "terminal" {
				t.Errorf("%q: by way of %q", test.typed, a.Via)
			}
		}
		if got := strings.Join(kinds, " "); err != nil || got != test.kinds || keep != test.keep || end.Done != test.done || !strings.Contains(out.String(), test.says) {
			t.Errorf("%q: answers %q, %q stays, done %v, %v; said\n%s", test.typed, got, keep, end.Done, err, out.String())
		}
	}
}

func TestQuestionIsShownWhole(t *testing.T) {
	var out bytes.Buffer
	if _, err := Run(context.Background(), &fake{}, strings.NewReader(""), &out, Options{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"Gardens of the [-north", "Gardens of the {+south+}", "both\n   author  Tom Baker", "99 %: same author", "-1.5 words, +0.2 date",
		"same would also settle 2 other questions", "said before: skip by bob, 2024-05-01", "in the name of ann", "A  books.csv:2 · older",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in\n%s", want, out.String())
		}
	}
	if strings.ContainsAny(out.String(), "\x1b\u202e") {
		t.Errorf("a list speaks to the terminal:\n%q", out.String())
	}
}

func TestLessonIsShownBeforeItIsKept(t *testing.T) {
	for typed, kept := range map[string]string{"perhaps\ny\nq\n": "true", "n\nq\n": "false", "q\n": ""} {
		desk := &fake{lesson: true}
		var out bytes.Buffer
		if _, err := Run(context.Background(), desk, strings.NewReader(typed), &out, Options{}); err != nil || desk.kept != kept {
			t.Errorf("%q: kept %q, %v", typed, desk.kept, err)
		}
		if !strings.Contains(out.String(), "38 questions become sure, 12 drop out, 0 are new") || !strings.Contains(out.String(), "one\n   won") {
			t.Error(out.String())
		}
	}
}

// A refusal is told, and the question stands.
func TestRefusedAnswerLeavesTheQuestion(t *testing.T) {
	desk := &fake{refuse: errors.New("the disk is full")}
	var out bytes.Buffer
	end, err := Run(context.Background(), desk, strings.NewReader("y\n"), &out, Options{})
	if err != nil || end.Answers != 0 || !strings.Contains(out.String(), "the disk is full") {
		t.Errorf("%+v, %v:\n%s", end, err, out.String())
	}
}

func TestLimitAndInterrupt(t *testing.T) {
	end, err := Run(context.Background(), &fake{}, strings.NewReader("s\ny\ny\ny\n"), io.Discard, Options{Limit: 1})
	if err != nil || end.Answers != 1 || !end.Done {
		t.Errorf("%+v, %v", end, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Run(ctx, &fake{}, strings.NewReader("y\n"), io.Discard, Options{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// FuzzLines types anything: nothing breaks, and every sitting ends.
func FuzzLines(f *testing.F) {
	f.Add("y\nn\nu\nk A\n?\nq\n")
	f.Add("\x00\xff\nk\nkb\n\n\nu\nu")
	f.Fuzz(func(t *testing.T, typed string) {
		desk := &fake{lesson: len(typed)%2 == 1}
		var out bytes.Buffer
		end, err := Run(context.Background(), desk, strings.NewReader(typed), &out, Options{})
		if err != nil || end.Answers > len(desk.answers) {
			t.Errorf("%+v, %v", end, err)
		}
	})
}
