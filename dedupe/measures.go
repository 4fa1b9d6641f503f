package dedupe

// measureInfo says of a comparison what it is called and which way it points.
type measureInfo struct {
	key  string // in the weights file
	name string // for a person
	sign int    // +1: more speaks for same; -1: more speaks against; 0: learned as it falls
}

// measures describes the comparisons, in the order of their numbers.
var measures = [measureCount]measureInfo{
	mWhole:       {"whole", "resemblance of the whole entry", +1},
	mTitle:       {"title", "resemblance of the main text", +1},
	mNet:         {"net", "agreement against disagreement", +1},
	mLeftBoth:    {"left_both", "words of their own on both sides", -1},
	mLeftMost:    {"left_most", "a rare word on one side only", -1},
	mLeftAll:     {"left_all", "all words left over", -1},
	mContained:   {"contained", "one text inside the other", +1},
	mHead:        {"head", "name before the brackets", +1},
	mJoint:       {"joint", "entries that share these words", -1},
	mMargin:      {"margin", "compared with the runner-up", +1},
	mAgree:       {"agree", "other columns that agree", +1},
	mAgreeMost:   {"agree_most", "rarest value that agrees", +1},
	mDisagree:    {"disagree", "other columns that disagree", -1},
	mNumber:      {"number", "numbers", +1},
	mYear:        {"year", "years in the text", +1},
	mModel:       {"model", "model codes", +1},
	mPart:        {"part", "part or issue number", +1},
	mQualifier:   {"qualifier", "women or men, north or south", +1},
	mRetold:      {"retold", "a long text in other words", -1},
	mTypo:        {"typo", "slips of the hand", +1},
	mAbbreviated: {"abbreviated", "abbreviations", +1},
	mBody:        {"body", "running text", +1},
	mIdentifier:  {"identifier", "identifier", +1},
	mDate:        {"date", "date", +1},
	mPerson:      {"person", "people", +1},
	mPlace:       {"place", "place", +1},
	mNumeric:     {"numeric", "quantities", +1},
	mOdds:        {"odds", "agreement against chance", +1},
	mLength:      {"length", "length of the list", 0},
}

// Measures gives the keys of the comparisons, as weights files name them.
func Measures() []string {
	var keys []string
	for _, m := range measures {
		keys = append(keys, m.key)
	}
	return keys
}
