package review

// Standing gives the decisions that were not taken back, in order of time,
// those that a later word replaced included; the lines that take back and what
// audits found are left out.
func (l *Ledger) Standing() []Decision {
	undone := l.undoneBy()
	var out []Decision
	for _, d := range l.Decisions {
		if d.Kind != Undo && d.Kind != Audit && undone[d.ID] == "" {
			out = append(out, d)
		}
	}
	return out
}

// Stroke gives the ids of the decision that Last names and of all that was
// written with it, lines that take back included: undoing these brings back
// what the stroke had replaced. Nil when there is none.
func (l *Ledger) Stroke() []string {
	ids := l.Last("")
	if len(ids) == 0 {
		return nil
	}
	batch := ""
	for _, d := range l.Decisions {
		if d.ID == ids[0] {
			batch = d.Batch
		}
	}
	for _, d := range l.Decisions {
		if batch != "" && d.Batch == batch && d.Kind == Undo {
			ids = append(ids, d.ID)
		}
	}
	return ids
}
