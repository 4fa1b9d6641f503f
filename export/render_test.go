package export

import (
	"os"
	"testing"
)

func TestRender(t *testing.T) {
	f, err := os.Create("/tmp/exp/posts.clean.xlsx")
	if err != nil {
		t.Skip()
	}
	defer f.Close()
	if err := Workbook(f, sampleWork()); err != nil {
		t.Fatal(err)
	}
}
