package evaluate_test

import (
	"fmt"
	"strings"

	"github.com/unecho/unecho/pipeline/evaluate"
)

func ExampleScore() {
	truth, err := evaluate.ReadTruth(strings.NewReader("id,cluster\np,film\nq,film\nr,book\n"), "truth.csv", []string{"p", "q", "r"})
	if err != nil {
		fmt.Println(err)
		return
	}
	s := evaluate.Score(truth, []int32{7, 7, 7}, nil) // all three were put together
	fmt.Printf("pairs %.2f, surplus %.2f, B-cubed %.2f\n", s.Pairs.Precision, s.Surplus.Precision, s.BCubed.Precision)
	// Output: pairs 0.33, surplus 0.50, B-cubed 0.56
}
