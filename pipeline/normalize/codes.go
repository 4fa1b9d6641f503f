package normalize

// modelCode returns the end of a model code with hyphens that begins at i
// ("cf-53abgzx1m", "dsc-w120", "920-000383"), or 0. At least one piece has four
// characters, letters and digits among them, that are not a quantity, or five
// digits; pieces of letters alone have at most three. "covid-19", "glp-1",
// "x86-64" and "2017-03-05" are none, nor is "i5-4200u", two codes in one.
func modelCode(t []byte, i int) int {
	at, pieces, code, family := i, 0, false, false
	for {
		from := at
		letters, digits := 0, 0
		for at < len(t) && isAlnum(t[at]) {
			if t[at] <= '9' {
				digits++
			} else {
				letters++
			}
			at++
		}
		n := at - from
		if n > 0 && (isEpisode(t[from:at]) || pieces == 0 && isGluedMarker(t[from:at])) {
			return 0
		}
		if n == 0 || n > 12 || digits == 0 && letters > 3 {
			return 0
		}
		if letters == 0 && digits >= 5 || digits > 0 && letters > 0 && n >= 4 && !isQuantity(t[from:at]) {
			code = true
		}
		family = family || pieces == 0 && letters == 1 && digits == 1
		if pieces++; pieces > 6 {
			return 0
		}
		if at == len(t) || t[at] != '-' || at+1 == len(t) || !isAlnum(t[at+1]) {
			break
		}
		at++
	}
	if pieces < 2 || !code || pieces == 2 && family || isWordAt(t, at) || at+1 < len(t) && t[at] == '.' && isDigitAt(t, at+1) {
		return 0
	}
	return at
}

// isQuantity tells a number with a unit or an ending, or two of them crossed:
// "16gb", "2nd", "1080p", "90s", "800x600".
func isQuantity(w []byte) bool {
	k := 0
	for k < len(w) && (w[k]-'0' <= 9 || w[k] == '.') {
		k++
	}
	if k == 0 || k == len(w) {
		return false
	}
	if w[k] == 'x' && allDigits(w[k+1:]) {
		return true
	}
	switch string(w[k:]) {
	case "st", "nd", "rd", "th", "s", "x", "k", "m", "bn", "p", "i", "d", "g", "v", "w", "a", "c", "f", "l", "h", "hr", "hrs",
		"min", "mins", "sec", "am", "pm", "in", "inch", "ft", "yd", "yo", "kw", "kwh", "wh", "va", "mw", "lbs", "kcal", "bit", "bits",
		"mah", "ms", "ns", "us", "ma", "db", "dpi", "px", "pcs", "pc", "ct", "pt", "way", "cal", "mm2", "cm2", "m2":
		return true
	}
	return isUnit(w[k:])
}

// isUnit tells a unit that is written with and without a space before it and
// is no word of its own.
func isUnit(w []byte) bool { return sayingOf(w).kind == saysUnit }

// measureWord tells a word that says what a decimal number before it measures.
func measureWord(w []byte) bool {
	switch string(w) {
	case "inch", "inches", "zoll", "pouces", "pulgadas", "foot", "feet", "ft", "yards", "miles", "mile", "meter", "meters", "metre", "metres",
		"cu", "cubic", "sq", "square", "liter", "liters", "litre", "litres", "l", "quart", "quarts", "qt", "gallon", "gallons", "cups",
		"gram", "grams", "g", "pound", "pounds", "lb", "lbs", "ounce", "ounces", "tons", "tonnes",
		"watt", "watts", "w", "volt", "volts", "amp", "amps", "megapixel", "megapixels", "mpix",
		"seconds", "minutes", "hours", "hrs", "years", "percent", "million", "billion", "trillion", "mio", "mrd", "millones", "millions", "millionen":
		return true
	}
	return isUnit(w)
}

// isGluedMarker tells "part2" and "vol3", which are two words.
func isGluedMarker(w []byte) bool {
	letters := 0
	for letters < len(w) && w[letters]-'0' > 9 {
		letters++
	}
	_, _, ok := gluedMarker(w[:letters])
	return ok && allDigits(w[letters:])
}

// isEpisode tells "s01e02".
func isEpisode(w []byte) bool {
	e := seasonEnd(w)
	return e > 0 && e < len(w) && w[e] == 'e' && e+1 < len(w) && allDigits(w[e+1:])
}

// seasonEnd returns the end of the "s01" with which w begins, or 0.
func seasonEnd(w []byte) int {
	if len(w) < 2 || w[0] != 's' {
		return 0
	}
	k := 1
	for k < len(w) && w[k]-'0' <= 9 && k < 4 {
		k++
	}
	if k == 1 {
		return 0
	}
	return k
}

func allDigits(w []byte) bool {
	for _, b := range w {
		if b-'0' > 9 {
			return false
		}
	}
	return len(w) > 0
}
