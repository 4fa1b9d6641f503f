//go:build !linux

package main

// largePages is for Linux alone.
func largePages(int64) bool { return false }
