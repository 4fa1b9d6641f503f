package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"time"
)

// cost is what one run of a program took.
type cost struct {
	Wall    float64 `json:"wall_s"`
	CPU     float64 `json:"cpu_s"`
	Peak    int64   `json:"peak_bytes"` // the most memory that it held
	Runs    int     `json:"runs"`       // of which this is the best
	Stopped string  `json:"stopped,omitempty"`
	Exit    int     `json:"exit,omitempty"`
}

// aside runs what this command starts itself for, in a process that holds
// little: the watch over a program, and the floor.
func aside(args []string) (ran bool, err error) {
	switch {
	case len(args) >= 5 && args[0] == "stopwatch":
		return true, stopwatch(args[1], args[2], args[3], args[4:])
	case len(args) == 3 && args[0] == "floor":
		return true, floor(args[1], args[2])
	}
	return false, nil
}

// stopwatch runs a program and writes its cost to a file. It is a process of
// its own because a child counts the memory of who starts it as its own until
// it has become another program, and this one is small.
func stopwatch(file, seconds, bytes string, command []string) error {
	limit, err := strconv.ParseFloat(seconds, 64)
	if err != nil {
		return err
	}
	memory, err := strconv.ParseInt(bytes, 10, 64)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithCancelCause(ctx)
	timer := time.AfterFunc(time.Duration(limit*float64(time.Second)), func() { cancel(fmt.Errorf("not done in %g s", limit)) })
	defer timer.Stop()
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	endTogether(cmd)
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() {
		if holdsMore(ctx, cmd.Process.Pid, memory) {
			cancel(fmt.Errorf("not done in %g GB", float64(memory)/1e9))
		}
	}()
	cmd.Wait() // how it ended is in its state
	s := cmd.ProcessState
	c := cost{Wall: time.Since(began).Seconds(), CPU: (s.UserTime() + s.SystemTime()).Seconds(), Peak: peak(s), Runs: 1, Exit: s.ExitCode()}
	if why := context.Cause(ctx); why != nil {
		c.Stopped = why.Error()
	}
	out, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return os.WriteFile(file, out, 0o666)
}

// watched runs a program under the stopwatch. Its words go to the two writers.
// An error is one of the watch; how the program ended is part of the cost.
func (b *bench) watched(ctx context.Context, limit time.Duration, memory int64, stdout, stderr io.Writer, command ...string) (cost, error) {
	file := filepath.Join(b.dir, "cost.json")
	args := []string{"stopwatch", file, fmt.Sprint(limit.Seconds()), fmt.Sprint(memory)}
	cmd := exec.CommandContext(ctx, b.self, append(args, command...)...)
	cmd.Stdout, cmd.Stderr = stdout, stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	if err := cmd.Run(); err != nil {
		return cost{}, err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return cost{}, err
	}
	var c cost
	return c, json.Unmarshal(data, &c)
}

// best repeats a run that is short and gives the quickest, with the most
// memory that any of them held.
func (b *bench) best(run func() (cost, error)) (cost, error) {
	least, err := run()
	if err != nil || least.Stopped != "" || b.once {
		return least, err
	}
	for n := repeats(least.Wall); least.Runs < n; {
		c, err := run()
		if err != nil {
			return c, err
		}
		c.Runs, c.Peak = least.Runs+1, max(c.Peak, least.Peak)
		if c.Wall > least.Wall {
			c.Wall, c.CPU = least.Wall, least.CPU
		}
		least = c
	}
	return least, nil
}

// repeats says how often a run of so many seconds is made.
func repeats(seconds float64) int {
	switch {
	case seconds < 1:
		return 10
	case seconds < 10:
		return 3
	case seconds < 30:
		return 2
	}
	return 1
}
