package main

import (
	"cmp"
	"os"
	"time"

	"github.com/urfave/cli/v2"
)

// who is the person who decides: --by, or the name by which the system knows
// the user.
func who(c *cli.Context) string {
	return cmp.Or(c.String("by"), os.Getenv("USER"), os.Getenv("USERNAME"))
}

// now is the time of a decision.
func now() time.Time { return time.Now().UTC() }
