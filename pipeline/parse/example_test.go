package parse_test

import (
	"context"
	"fmt"

	"github.com/unecho/unecho/pipeline/parse"
)

// A listing pasted from an aggregator, in which one entry lost its footer.
func ExampleBytes() {
	list := `Spring cleaning for databases

How we threw away half of it … | Continue reading


@blog.example | 3 years ago

A footer went missing here

So this cannot be placed … | Continue reading

Summer cleaning for databases

The other half …


@blog.example | yesterday
`
	t, err := parse.Bytes(context.Background(), "posts.txt", []byte(list), parse.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(t.Sources[0].Format, t.Sources[0].Encoding)
	for r := range t.Len() {
		fmt.Printf("%d: %s (%s)\n", t.At[r].Line, t.Cell(r, 0), t.Cell(r, 3))
	}
	for _, j := range t.Rejects {
		fmt.Printf("%d: rejected: %s\n", j.Line, j.Reason)
	}
	// Output:
	// listing utf-8
	// 1: Spring cleaning for databases (3 years ago)
	// 12: Summer cleaning for databases (yesterday)
	// 8: rejected: no footer (@source | age) behind this entry
}
