package generate

import (
	"fmt"
	"strings"
	"time"
)

var (
	firstNames = strings.Fields(`Anna Ben Clara David Emma Felix Grace Hannah Ian Julia Karl Laura Martin Nora Oliver Paula Quentin Rosa Samuel
		Teresa Ulrich Vera Walter Xenia Yusuf Zoe Agnes Bruno Cecilia Dorothy Edwin Frida George Helen Isaac Joan Kevin Lydia Marcus Nadia Oscar
		Petra Robert Sophie Thomas Ursula Victor Wanda Adrian Bianca Conrad Denise Eric Flora Gerald Hilda Irene Jasper Katharine Leonard
		Elizabeth Catherine Alexander Christopher Margaret William Michael Susan Jennifer Matthew`)
	streets   = strings.Fields(`Harbour Mill Church Station Garden River Market Bridge Castle Forest Lake School Meadow Orchard Chapel Quarry Ferry Tower Abbey Canal`)
	kinds     = [][2]string{{"Street", "St."}, {"Road", "Rd."}, {"Avenue", "Ave."}, {"Lane", "Ln."}, {"Square", "Sq."}}
	nicknames = map[string]string{"Elizabeth": "Liz", "Robert": "Bob", "William": "Bill", "Thomas": "Tom", "Katharine": "Kate", "Catherine": "Cathy",
		"Alexander": "Alex", "Christopher": "Chris", "Margaret": "Maggie", "Michael": "Mike", "Samuel": "Sam", "Jennifer": "Jenny", "Matthew": "Matt", "Susan": "Sue"}
	wares = strings.Fields(`Kettle Toaster Laptop Headphones Camera Printer Router Monitor Keyboard Drill Lamp Speaker Blender Vacuum Heater Radio
		Projector Scanner Tablet Microphone Charger Fan Freezer Mixer Scale`)
	qualities = strings.Fields(`wireless portable compact digital silent electric professional folding waterproof classic slim heavy-duty cordless smart`)
	colours   = strings.Fields(`black white silver red blue green grey gold`)
)

// People makes n people of six columns. One row in every repeats an earlier
// person with two or three fields written differently.
func People(n, every int, seed uint64) List {
	d := newDice(seed + 2)
	columns := []string{"first_name", "surname", "birth_date", "address", "city", "phone"}
	return among(columns, n, every, seed, func(thing int, again *dice) []string {
		p := newPerson(d.at(thing))
		if again != nil {
			p.again(again)
		}
		return p.cells()
	})
}

// person is one, before it is written.
type person struct {
	first, last, street, city string
	kind                      int // of street
	house, phone              int
	born                      time.Time
	short                     bool // the kind of street abbreviated
	format, dashes            string
}

func newPerson(d *dice) *person {
	return &person{
		first: of(d, firstNames), last: capital(MadeWord(len(common) + d.IntN(40_000))),
		street: of(d, streets), kind: d.IntN(len(kinds)), house: 1 + d.IntN(200),
		city: capital(MadeWord(5_000+d.IntN(800))) + of(d, []string{"ham", "ton", "burg", "ville"}), phone: 20_000_000 + d.IntN(70_000_000),
		born: time.Date(1930+d.IntN(80), 1, 1+d.IntN(365), 0, 0, 0, 0, time.UTC), format: time.DateOnly, dashes: " ",
	}
}

func (p *person) cells() []string {
	born, phone := "", ""
	if p.format != "" {
		born = p.born.Format(p.format)
	}
	if p.dashes != "" {
		phone = fmt.Sprintf("0%d%s%d", p.phone/100_000, p.dashes, p.phone%100_000)
	}
	kind := kinds[p.kind][0]
	if p.short {
		kind = kinds[p.kind][1]
	}
	return []string{p.first, p.last, born, fmt.Sprintf("%d %s %s", p.house, p.street, kind), p.city, phone}
}

// again writes two or three fields as on another day.
func (p *person) again(d *dice) {
	for _, field := range d.Perm(6)[:2+d.IntN(2)] {
		switch field {
		case 0:
			p.first = otherFirst(p.first, d)
		case 1:
			p.last = of(d, []func(string) string{strings.ToUpper, func(s string) string { return mistyped(s+"e", d) }})(p.last)
		case 2:
			p.format = of(d, []string{"02.01.2006", "2 January 2006", ""})
		case 3:
			p.short = true
		case 4:
			p.city = of(d, []func(string) string{strings.ToUpper, func(s string) string { return mistyped(s, d) }})(p.city)
		case 5:
			p.dashes = of(d, []string{"-", "/", ""})
		}
	}
}

// otherFirst is a first name as a friend, a form or a hurry has it.
func otherFirst(first string, d *dice) string {
	if short, ok := nicknames[first]; ok && d.one(2) {
		return short
	}
	if len(first) < 4 || d.one(3) {
		return first[:1] + "."
	}
	return mistyped(first, d)
}

// Products makes n products of six columns. One row in every repeats an
// earlier product as another shop has it.
func Products(n, every int, seed uint64) List {
	d := newDice(seed + 2)
	columns := []string{"name", "brand", "model", "category", "colour", "price"}
	return among(columns, n, every, seed, func(thing int, again *dice) []string {
		p := newProduct(d.at(thing))
		if again != nil {
			p.again(again)
		}
		return p.cells()
	})
}

// product is one, before it is written.
type product struct {
	ware, quality, brand, model, colour string
	size                                int
	cents                               int
	reversed, priced                    bool
}

func newProduct(d *dice) *product {
	return &product{
		ware: of(d, wares), quality: of(d, qualities), brand: capital(MadeWord(6_000 + d.IntN(400))),
		model:  fmt.Sprintf("%c%c-%d%c", 'A'+d.IntN(26), 'A'+d.IntN(26), 1_000+d.IntN(90_000), 'A'+d.IntN(26)),
		colour: of(d, colours), size: 1 + d.IntN(50), cents: 500 + d.IntN(200_000), priced: true,
	}
}

func (p *product) cells() []string {
	name := fmt.Sprintf("%s %s %s %s %d l", p.brand, p.model, p.quality, p.ware, p.size)
	if p.reversed {
		name = fmt.Sprintf("%s %s %d l, %s %s", p.quality, p.ware, p.size, p.brand, p.model)
	}
	price := ""
	if p.priced {
		price = fmt.Sprintf("%d.%02d", p.cents/100, p.cents%100)
	}
	return []string{name, p.brand, p.model, p.ware, p.colour, price}
}

// again writes two or three things as another shop does.
func (p *product) again(d *dice) {
	for _, field := range d.Perm(6)[:2+d.IntN(2)] {
		switch field {
		case 0:
			p.reversed = true
		case 1:
			p.brand = strings.ToUpper(p.brand)
		case 2:
			p.model = of(d, []*strings.Replacer{strings.NewReplacer("-", ""), strings.NewReplacer("-", " ")}).Replace(p.model)
		case 3:
			p.quality = capital(p.quality)
		case 4:
			p.colour = of(d, []string{"", strings.ToUpper(p.colour)})
		case 5:
			p.cents += p.cents / 50
			p.priced = !d.one(3)
		}
	}
}
