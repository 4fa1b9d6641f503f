package main

import "testing"

func TestBoundLeavesRoom(t *testing.T) {
	for held := int64(0); held < 16<<30; held += 7 << 20 {
		if b := bound(held); b < enough || b-held < held/9 {
			t.Fatalf("with %d MB held the bound is %d MB", held>>20, b>>20)
		}
	}
}
