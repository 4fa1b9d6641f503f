package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// meter draws the progress line of a terminal: stage, how far, rate, time
// left. It says nothing in the first second and draws a few times a second.
type meter struct {
	began, stageBegan, drawn time.Time
	stage                    string
	width                    int // characters on the line now
}

const (
	patience = time.Second
	redraw   = 150 * time.Millisecond
)

// progress is what the road calls.
func (v *voice) progress(stage string, done, total int64) {
	if !v.terminal || v.quiet {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.meter.tell(v.to, time.Now(), stage, done, total)
}

// endProgress wipes the line.
func (v *voice) endProgress() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.meter.clear(v.to)
}

func (m *meter) tell(w io.Writer, now time.Time, stage string, done, total int64) {
	if m.began.IsZero() {
		m.began = now
	}
	if stage != m.stage {
		m.stage, m.stageBegan, m.drawn = stage, now, time.Time{}
	}
	if now.Sub(m.began) < patience || now.Sub(m.drawn) < redraw {
		return
	}
	m.drawn = now
	text := progressText(stage, done, total, now.Sub(m.stageBegan))
	pad := max(0, m.width-len([]rune(text)))
	fmt.Fprintf(w, "\r%s%s", text, strings.Repeat(" ", pad))
	m.width = len([]rune(text))
}

func (m *meter) clear(w io.Writer) {
	if m.width > 0 {
		fmt.Fprintf(w, "\r%s\r", strings.Repeat(" ", m.width))
		m.width = 0
	}
}

// progressText says how far a stage is: "folding title  41 %  1.2 million/s  3 s left".
func progressText(stage string, done, total int64, spent time.Duration) string {
	const widest = 40
	text := clip(stage, widest)
	if total <= 0 {
		return text
	}
	text += fmt.Sprintf("  %d %%", min(100, 100*done/total))
	seconds := spent.Seconds()
	if done <= 0 || seconds < 0.2 {
		return text
	}
	rate := float64(done) / seconds
	text += "  " + rateText(rate) + "/s"
	if left := time.Duration(float64(total-done) / rate * float64(time.Second)); left > time.Second {
		text += "  " + left.Round(time.Second).String() + " left"
	}
	return text
}

func rateText(rate float64) string {
	switch {
	case rate >= 1e6:
		return fmt.Sprintf("%.1f million", rate/1e6)
	case rate >= 1e3:
		return fmt.Sprintf("%.0f thousand", rate/1e3)
	}
	return fmt.Sprintf("%.0f", rate)
}
