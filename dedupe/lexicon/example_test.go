package lexicon_test

import (
	"fmt"

	"github.com/unecho/unecho/dedupe/lexicon"
)

func ExampleSame() {
	fmt.Println(lexicon.Same(lexicon.Nickname, "peggy", "margaret"))
	fmt.Println(lexicon.Same(lexicon.Street, "ave", "avenue"))
	fmt.Println(lexicon.Canonical(lexicon.Legal, "limited"))
	// Output:
	// true
	// true
	// ltd
}
