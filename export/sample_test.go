package export

import (
	"fmt"
	"strings"

	"github.com/unecho/unecho/pipeline/record"
)

// sampleWork is a list as the road would hand it over: posts in several
// scripts, with repeats, doubtful pairs, a series, changes and rejects.
func sampleWork() *Work {
	columns := []record.Column{
		{Name: "title", Role: record.Title},
		{Name: "excerpt", Role: record.Body},
		{Name: "source", Role: record.Organisation, Part: record.Venue},
		{Name: "year", Role: record.Date, Part: record.Year},
		{Name: "price", Role: record.Number, Part: record.Price},
		{Name: "code", Role: record.Identifier},
		{Name: "Title", Role: record.Other},
	}
	long := strings.Repeat("A long excerpt that goes on about streaming, playlists and the people who make them. ", 4)
	rows := [][]string{
		{"Spotify Modernizes Client-Side Architecture", "Engineer Carl Engström explains how lifting the 10,000 limit on Liked Songs enabled his team to address a much deeper issue.", "labs.spotify.com", "2020", "12.50", "007", ""},
		{"What the heck is Backstage anyway?", "Yesterday, we released the open source version of Backstage, our homegrown developer portal.", "labs.spotify.com", "2020", "3.00", "0012", ""},
		{"How We Improved Data Discovery for Data Scientists", long, "labs.spotify.com", "2020", "9.99", "1-2", "MAR1"},
		{"How we improved data discovery for data scientists", long, "engineering.atspotify.com", "2020", "9.99", "1-2", "MAR1"},
		{"Event Delivery at Spotify – The Road to the Cloud (Part I)", "Whenever a user performs an action in the Spotify client, a small piece of information is sent to our servers.", "labs.spotify.com", "2016", "0.00", "E1", ""},
		{"Event Delivery at Spotify – The Road to the Cloud (Part II)", "This is the second part in the series about event delivery.", "labs.spotify.com", "2016", "0.00", "E2", ""},
		{"Event Delivery at Spotify – The Road to the Cloud (Part III)", "In the first article in this series, we talked about how our old event delivery system worked.", "labs.spotify.com", "2016", "0.00", "E3", ""},
		{"東京の春:桜の名所ガイド", "桜の季節がやってきました。都内の名所を紹介します。", "example.jp", "2021", "1500.00", "JP-1", ""},
		{"東京の春 桜の名所ガイド 2021", "桜の季節がやってきました。都内の名所を紹介します。", "news.example.jp", "2021", "1500.00", "JP-2", ""},
		{"كيف تبدأ مدونة ناجحة", "دليل عملي للمبتدئين في عالم التدوين.", "example.ae", "2019", "20.00", "AR-1", ""},
		{"איך לבנות רשימה נקייה", "מדריך קצר לעורכים.", "example.co.il", "2018", "5.00", "HE-1", ""},
		{"Party 🎉 planning for introverts 👩‍👩‍👧", "It can be done. 🙂", "blog.example.com", "2022", "0.99", "P1", ""},
		{"=1+1 is not a formula", "=HYPERLINK(\"http://evil.example\")", "blog.example.com", "2022", "0.99", "+1", "@x"},
		{"Text with _x0041_ in it", " leading and trailing ", "blog.example.com", "2022", "0.99", "_x000D_", ""},
		{"A Caf\xe9 in Paris", "NUL\x00and bell\x07 stay visible", "blog.example.com", "2015", "0.99", "00123456789012345678", ""},
		{"Two\nlines in one title", "first line\r\nsecond line", "blog.example.com", "2015", "0.99", "T2", ""},
		{"Very long " + strings.Repeat("words ", 40), long + long, "blog.example.com", "2015", "0.99", "L1", ""},
		{"Der Straßenbau in München – ein Überblick über die nächsten zehn Jahre und was sich für Radfahrer ändert", "Ein langer Überblick.", "example.de", "2023", "7.25", "DE-1", ""},
		{"Der Strassenbau in München: Ein Überblick über die nächsten zehn Jahre, und was sich für Radfahrer ändert", "Ein langer Überblick", "www.example.de", "2023", "7.25", "DE-1", ""},
		{"Autoscaling Pub/Sub Consumers", "Spotify's Event Delivery system is one of the foundational pieces.", "labs.spotify.com", "2017", "0.00", "A1", ""},
		{"Autoscaling Pub/Sub consumers at Spotify", "Spotify's Event Delivery system is one of the pieces.", "engineering.atspotify.com", "2017", "0.00", "A2", ""},
		{"100 things", "Numbers.", "blog.example.com", "2001", "0.00", "N1", ""},
		{"101 things", "Numbers.", "blog.example.com", "2001", "0.00", "N2", ""},
		{"", "An excerpt without a title", "blog.example.com", "", "", "N3", ""},
		{"What the heck is Backstage, anyway?", "Yesterday we released the open source version of Backstage, our homegrown developer portal.", "backstage.io", "2020", "3.00", "0012", ""},
		{"What the heck is Backstage anyway", "Yesterday, we released the open source version of Backstage.", "example.org", "2020", "3.00", "0012", ""},
	}
	w := &Work{
		Name:    "posts",
		Table:   &record.Table{Columns: columns, Sources: []record.Source{{Name: "folder/posts.csv", Format: "csv", Encoding: "utf-8", Header: true}}},
		Columns: columns,
	}
	survivor := map[int]int{3: 2, 8: 7, 18: 17, 24: 1, 25: 1}
	for r, cells := range rows {
		w.Table.Cells = append(w.Table.Cells, cells...)
		w.Table.At = append(w.Table.At, record.Position{Line: int32(r + 2), EndLine: int32(r + 2), Offset: int64(r * 100), Bytes: 100})
		v := record.Verdict{ID: fmt.Sprintf("e%07x", 0xABC0000+r*7919), Kept: true, Survivor: r, Probability: 1, Reason: "alone"}
		v.Cluster = fmt.Sprintf("c%07x", 0x1230000+r*7919)
		if s, ok := survivor[r]; ok {
			v.Kept, v.Survivor, v.Probability = false, s, 0.93+float64(r)/1000
			v.Cluster = fmt.Sprintf("c%07x", 0x1230000+s*7919)
			v.Reason = "the titles differ in case or punctuation only, and the excerpt is equal"
		}
		w.Verdicts = append(w.Verdicts, v)
	}
	w.Cells = append([]string(nil), w.Table.Cells...)
	w.Cells[14*7], w.Cells[14*7+1] = "A Café in Paris", "NULand bell stay visible"
	w.Table.Rejects = []record.Reject{
		{Position: record.Position{Line: 40, Bytes: 18}, Reason: "3 fields where the header has 7", Text: "a,b,\"c\xff\"\x00 rest\n"},
		{Position: record.Position{Line: 44, Bytes: 10}, Reason: "an opening quote that is never closed", Text: "=cmd,\"open"},
	}
	w.Review = []record.Link{
		{A: 19, B: 20, Score: 0.6, Probability: 0.6457, Band: record.Review, Why: "the second title has “at Spotify” more; the excerpts differ in one word"},
		{A: 17, B: 24, Score: -0.5, Probability: 0.3775, Band: record.Review, Why: "only the year is equal"},
		{A: 9, B: 10, Score: -0.8, Probability: 0.3100, Band: record.Review, Why: "the same shape in two scripts"},
	}
	w.Settles = []int{2, 1, 1}
	w.Evidence = func(a, b int) []record.Evidence {
		return []record.Evidence{
			{Name: "base", Level: "before any evidence", Weight: -6.1},
			{Name: "title", Level: "one side has words more", Weight: 4.2},
			{Name: "excerpt", Level: "9 of 10 words shared", Weight: 2.5},
		}
	}
	w.Related = []record.Link{
		{A: 4, B: 5, Probability: 0.8, Band: record.Related, Why: "Part I beside Part II"},
		{A: 5, B: 6, Probability: 0.7, Band: record.Related, Why: "Part II beside Part III"},
		{A: 21, B: 22, Probability: 0.6, Band: record.Related, Why: "100 beside 101"},
	}
	w.Series = []Series{
		{Members: []SeriesMember{{4, 5, "Part I beside Part II"}, {5, 4, "Part I beside Part II"}, {6, 5, "Part II beside Part III"}},
			Gaps: []Gap{{Before: 2, Name: "part 3", Says: "part 2, part 4 → part 3 is missing"}, {Before: 3, Name: "part 5", Says: "part 4 → part 5 is missing"}}},
		{Members: []SeriesMember{{21, 22, "100 beside 101"}, {22, 21, "100 beside 101"}}},
	}
	w.Changes = []record.Change{
		{Row: 14, Col: 0, Before: "A Caf\xe9 in Paris", After: "A Café in Paris", Rule: "bytes that are not UTF-8"},
		{Row: 14, Col: 1, Before: "NUL\x00and bell\x07 stay visible", After: "NULand bell stay visible", Rule: "control characters"},
		{Row: 11, Col: 0, Before: "Party\u200b 🎉 planning for introverts 👩‍👩‍👧", After: "Party 🎉 planning for introverts 👩‍👩‍👧", Rule: "zero-width characters"},
		{Row: 2, Col: 1, Before: "Ã©tÃ© in Stockholm&amp;nbsp;&hellip; | Continue reading", After: "été in Stockholm …", Rule: "mojibake, entities, continue reading"},
	}
	w.Brakes = []Brake{{Cluster: w.Verdicts[1].Cluster, Size: 3, A: 24, B: 25, Probability: 0.51, Loose: true}}
	w.Summary = Summary{
		Command: "clean folder/posts.csv", Version: "0.1.0",
		Inputs: []Input{{Name: "folder/posts.csv", SHA256: strings.Repeat("0123456789abcdef", 4), Format: "csv", Encoding: "utf-8", Records: len(rows)}},
		Read:   len(rows), Kept: len(rows) - len(survivor), Merged: len(survivor), Rejected: 2, Review: 3, Clusters: 4,
		Promise: "Every pair of titles that share 60 % of their words, weighted by rarity, was compared; so were the likely typing errors.",
		Flags:   map[string][]string{"keep": {"first"}, "columns": {"title=title", "date=year"}},
	}
	return w
}
