package normalize_test

import (
	"context"
	"fmt"

	"github.com/unecho/unecho/pipeline/normalize"
	"github.com/unecho/unecho/pipeline/record"
)

func ExampleClean() {
	out, rules := normalize.Clean("Donâ€™t panic &amp;amp; carry\u00a0on")
	fmt.Println(out)
	for _, r := range rules {
		fmt.Println("-", r)
	}
	// Output:
	// Don’t panic & carry on
	// - HTML entities decoded
	// - mojibake repaired
	// - odd spaces tidied
}

func ExampleFold() {
	fmt.Println(normalize.Fold("Spotify’s Event Delivery – The Road to the Cloud (Part I)"))
	fmt.Println(normalize.Fold("C++ for 10,000 Coördinators"))
	// Output:
	// spotifys event delivery the road to the cloud part 1
	// c++ for 10000 coordinators
}

func ExampleForms() {
	titles := []string{
		"Spotify – Smoother Streaming with BBR",
		"Smoother streaming with BBR",
		"Spotify: Engineering Culture (2014)",
	}
	forms, err := normalize.Forms(context.Background(), record.Column{Role: record.Title}, titles, 1, 0, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range forms {
		fmt.Printf("%s | %s | %v\n", f.Text, f.Core, f.Marks)
	}
	// Output:
	// spotify smoother streaming with bbr | smoother streaming with bbr | []
	// smoother streaming with bbr | smoother streaming with bbr | []
	// spotify engineering culture 2014 | engineering culture | [{year 2014}]
}

func ExampleNames() {
	fmt.Println(normalize.Names("Rusch, V. W. and McKenna, R., Jr."))
	fmt.Println(normalize.Names("Hans Fritschi, Günter von Bültzingsloewen"))
	// Output:
	// [[rusch v w] [mckenna r]]
	// [[fritschi hans] [von bultzingsloewen gunter]]
}

func ExampleURL() {
	fmt.Println(normalize.URL("https://www.Example.com/post/?utm_source=feed&id=7#comments"))
	// Output: example.com/post?id=7
}
