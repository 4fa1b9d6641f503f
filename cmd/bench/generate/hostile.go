package generate

import (
	"strconv"
	"strings"
)

// Shape is a list that is hard on a program that looks for repeats.
type Shape struct {
	Name string
	Make func(n int) List // of n records or, where the shape says so, fewer
}

// Hostile are the shapes.
func Hostile() []Shape {
	return []Shape{
		{"one word in every title", shape(func(row int, d *dice) string {
			return "harbour " + MadeWord(d.IntN(vocabulary)) + " " + MadeWord(d.IntN(vocabulary)) + " " + MadeWord(d.IntN(vocabulary))
		})},
		{"equal titles", shape(func(int, *dice) string { return "What the tide table says about the bridge" })},
		{"one template", shape(func(row int, d *dice) string {
			return "my favourite " + MadeWord(row%vocabulary) + " of " + strconv.Itoa(row)
		})},
		{"one title of a megabyte", shape(func(row int, d *dice) string {
			words := make([]string, 8)
			if row == 1 {
				words = make([]string, 150_000)
			}
			for k := range words {
				words[k] = MadeWord(d.IntN(vocabulary))
			}
			return strings.Join(words, " ")
		})},
		{"random letters", shape(func(row int, d *dice) string {
			letters := make([]byte, 10+d.IntN(60))
			for k := range letters {
				letters[k] = "abcdefghijklmnopqrstuvwxyz "[d.IntN(27)]
			}
			return string(letters)
		})},
		{"all empty", shape(func(int, *dice) string { return "" })},
		{"one record", func(int) List { return Titles([]string{"What the tide table says about the bridge"}, 1, 0, 1) }},
	}
}

// shape makes a list of titles, each from its row and dice.
func shape(title func(row int, d *dice) string) func(n int) List {
	return func(n int) List {
		d := newDice(3)
		var cell [1]string
		return among([]string{"title"}, n, 0, 1, func(row int, _ *dice) []string {
			cell[0] = title(row, d.at(row))
			return cell[:]
		})
	}
}
