package profile

import "github.com/unecho/unecho/pipeline/record"

// settleNeighbours mends roles that a heading leaves open and the columns
// beside it decide.
func (p *profiler) settleNeighbours() {
	given, family := p.has(record.Person, record.GivenName), p.has(record.Person, record.FamilyName)
	for c := range p.cols {
		words := headingWords(p.cols[c].Name)
		if len(words) == 0 || p.cols[c].Role != record.Title {
			continue
		}
		generic := len(words) == 1 && p.heads[c].words == "a name"
		switch {
		case generic && given && !family:
			p.rename(c, record.Person, record.FamilyName, 0.85, "called a name, beside a given name")
		case generic && words[0] == "nombre" && family && !given:
			p.rename(c, record.Person, record.GivenName, 0.85, "called nombre, beside a surname")
		case generic && given && family && p.stats[c].Words < 5:
			p.rename(c, record.Person, "", 0.8, "called a name, beside a given name and a surname")
		case (given || family) && p.stats[c].Few <= fewValues && p.stats[c].Distinct < 0.5 && p.stats[c].Words < 2:
			p.rename(c, record.Category, "", 0.75, "called a title, beside a person's name: "+values(&p.stats[c]))
		}
	}
	p.settleAddress()
}

// settleAddress takes "address" beside an author for a place of publication,
// not for a street.
func (p *profiler) settleAddress() {
	if !p.has(record.Person, record.Authors) || !p.has(record.Organisation, record.Venue) || p.has(record.Place, record.Postcode) {
		return
	}
	for c := range p.cols {
		if p.cols[c].Role == record.Place && p.cols[c].Part == record.Street && len(headingWords(p.cols[c].Name)) == 1 {
			p.rename(c, record.Place, record.City, 0.75, "called an address, beside an author and a journal: the place of publication")
		}
	}
}
