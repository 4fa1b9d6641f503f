// Package tty is the screen of a sitting on a plain terminal: a question, a
// letter, the next question. It shows what a review.Desk asks and hands it the
// answers; it decides nothing. A line is an answer, so that it works over ssh,
// with a screen reader, and from a file.
package tty

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/unecho/unecho/pipeline/review"
)

// Options are the settings of a sitting. The zero value is the default.
type Options struct {
	Limit int // end after so many answers; 0 for no limit
}

// Ending says how a sitting ended.
type Ending struct {
	Answers int  // given in it, those taken back left out
	Done    bool // the person said so, or nothing was left to ask; false where the input ended
}

// Run asks until the person is done, the input ends, the limit is reached or
// ctx is done, which is its error. Every answer is in the ledger by then. The
// desk is not told to write (Desk.Done).
func Run(ctx context.Context, desk review.Desk, in io.Reader, out io.Writer, o Options) (Ending, error) {
	s := &sitting{desk: desk, in: bufio.NewReader(in), out: out, o: o}
	s.greet()
	for ctx.Err() == nil {
		if s.o.Limit > 0 && s.end.Answers >= s.o.Limit {
			s.end.Done = true
			s.line("that was the last of %s", count(s.o.Limit, "answer", "answers"))
			break
		}
		if err := s.step(); err != nil {
			if errors.Is(err, io.EOF) {
				break
			}
			return s.end, err
		}
		if s.end.Done {
			break
		}
	}
	return s.end, ctx.Err()
}

type sitting struct {
	desk review.Desk
	in   *bufio.Reader
	out  io.Writer
	o    Options
	end  Ending
}

func (s *sitting) line(format string, args ...any) { fmt.Fprintf(s.out, format+"\n", args...) }

// read gives the next line that is not blank, in lower case.
func (s *sitting) read() (string, error) {
	for {
		fmt.Fprint(s.out, "> ")
		text, err := s.in.ReadString('\n')
		word := strings.ToLower(strings.Join(strings.Fields(text), " "))
		if word != "" {
			return word, nil
		}
		if err != nil {
			s.line("")
			return "", err
		}
		s.line("a letter, please: y n r s u k ? q")
	}
}

// greet says where the sitting stands.
func (s *sitting) greet() {
	h := s.desk.Head()
	s.line("%s: %s, %s", plain(h.List), count(h.Records, "entry", "entries"), left(h))
	if h.Decided > 0 {
		s.line("%s decided so far, in %s", count(h.Decided, "pair", "pairs"), plain(h.Decision))
	}
	if h.Stopped {
		s.line("nothing is merged without asking: a look at sure repeats found one that is none")
	}
	if h.By != "" {
		s.line("answers are kept in the name of %s", plain(h.By))
	}
	s.line("%s", keys)
}

func left(h review.Head) string {
	words := count(h.Left, "question", "questions") + " left"
	if h.Skipped > 0 {
		words += fmt.Sprintf(", %d of them put off", h.Skipped)
	}
	if h.Bargain > 0 {
		words += fmt.Sprintf("; the next %d teach the program this list", h.Bargain)
	}
	return words
}

const keys = `y same   n different   r related   s skip   u undo   k A or k B: same, and that one stays   ? help   q done`

// step asks one question and does what is answered.
func (s *sitting) step() error {
	if lesson, ok := s.desk.Lesson(); ok {
		return s.teach(lesson)
	}
	card, ok := s.desk.Next()
	if !ok {
		s.end.Done = true
		s.line("\nnothing is left to ask")
		return nil
	}
	s.show(card)
	for {
		word, err := s.read()
		if err != nil {
			return err
		}
		again, err := s.do(word, card)
		if err != nil {
			s.line("%s", plain(err.Error()))
			continue
		}
		if !again {
			return nil
		}
	}
}

// do obeys one line; again says that the question stands.
func (s *sitting) do(word string, card review.Card) (again bool, err error) {
	choice := review.Choice{A: card.A.ID, B: card.B.ID, Via: "terminal"}
	switch word {
	case "y", "yes", "same":
		choice.Kind = review.Same
	case "n", "no", "d", "different":
		choice.Kind = review.Different
	case "r", "related":
		choice.Kind = review.Related
	case "s", "skip", "space":
		choice.Kind = review.Skip
	case "k a", "ka", "keep a":
		choice.Kind, choice.Keep = review.Same, card.A.ID
	case "k b", "kb", "keep b":
		choice.Kind, choice.Keep = review.Same, card.B.ID
	case "k", "keep":
		s.line("which one stays? k A or k B")
		return true, nil
	case "u", "undo":
		return false, s.undo()
	case "?", "h", "help":
		s.line("%s", help)
		return true, nil
	case "q", "f", "quit", "done", "finished":
		s.end.Done = true
		return false, nil
	default:
		s.line("%q is no answer; ? shows them all", plain(word))
		return true, nil
	}
	effect, err := s.desk.Decide(choice)
	if err != nil {
		return true, err
	}
	if choice.Kind != review.Skip {
		s.end.Answers++
	}
	for _, words := range effect.Words {
		s.line("%s", plain(words))
	}
	return false, nil
}

func (s *sitting) undo() error {
	undone, effect, ok, err := s.desk.Undo()
	switch {
	case err != nil:
		return err
	case !ok:
		s.line("there is nothing to take back")
		return nil
	}
	if undone.Kind.Decides() {
		s.end.Answers = max(0, s.end.Answers-1)
	}
	switch {
	case undone.TextB != "":
		s.line("took back %q: %s | %s", string(undone.Kind), short(undone.TextA), short(undone.TextB))
	case undone.TextA != "":
		s.line("took back %q: %s", string(undone.Kind), short(undone.TextA))
	default:
		s.line("took back %q", string(undone.Kind))
	}
	for _, words := range effect.Words {
		s.line("%s", plain(words))
	}
	return nil
}

// teach shows what the answers would change and asks whether it is kept.
func (s *sitting) teach(lesson review.Lesson) error {
	s.lesson(lesson)
	for {
		word, err := s.read()
		if err != nil {
			return err
		}
		switch word {
		case "y", "yes":
			s.line("kept; u takes that back")
			return s.desk.Learn(true)
		case "n", "no":
			s.line("left as it was; u takes that back")
			return s.desk.Learn(false)
		case "u", "undo":
			return s.undo()
		case "q", "f", "quit", "done":
			s.end.Done = true
			return nil
		}
		s.line("y keeps it, n leaves everything as it is, u takes the last answer back, q is done")
	}
}

const help = `  y       same: one thing, written differently; one entry stays
  n       different: two things; never asked again
  r       related: two things on purpose (parts, editions, translations); both stay
  s       skip: asked again when nothing else is left
  u       take the last answer back, of earlier sittings too
  k A     same, and A stays; k B for the other
  q       done: writes the list; without it every answer is kept all the same
words are taken too: same, different, related, skip, undo, done`
