package dedupe

import (
	"context"
	"testing"
)

// Two long sentences of which each has words of its own are two, however many
// they share, unless something beside them agrees; heaps of numbers are no
// sentences, and what only one side adds is no difference.
func TestRetold(t *testing.T) {
	in := survivors(
		[3]string{"", "bleomycin in the palliative management of malignant pleural effusions", ""},
		[3]string{"", "tetracycline in the palliative management of malignant pleural effusions", ""},
		[3]string{"", "bleomycin in the palliative management of malignant pleural effusions a study", ""},
		[3]string{"", "norvik kettle ek170 black 1.7l 2200w 2024 model 3 pack steel", ""},
		[3]string{"", "norvik kettle ek170 white 1.7l 2200w 2024 model 2 pack steel", ""},
		[3]string{"", "tulips in the northern garden", ""},
		[3]string{"", "roses in the northern garden", ""},
		[3]string{"", "roses of teh northern garden", ""},
	)
	l, err := newList(context.Background(), in, nil)
	if err != nil {
		t.Fatal(err)
	}
	c := l.newComparer()
	for _, k := range []struct {
		a, b         int
		beside, want float64
	}{
		{0, 1, 0, 9}, {0, 1, l.logN, 0}, {0, 2, 0, 0}, {3, 4, 0, 0}, {5, 6, 0, 5}, {6, 7, 0, 0},
	} {
		a, b := l.of[k.a], l.of[k.b]
		_, d := c.measure(a, b, l.resemblances().of(a, b))
		if got := l.retold(a, b, k.beside, &d); got != k.want {
			t.Errorf("rows %d and %d: %v, want %v", k.a+1, k.b+1, got, k.want)
		}
	}
}
