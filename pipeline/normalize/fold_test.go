package normalize

import (
	"strings"
	"testing"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Spotify’s Event Delivery – The Road to the Cloud (Part I)", "spotifys event delivery the road to the cloud part 1"},
		{"Spotify's", "spotifys"},
		{"Introducing Coördinator: Inject", "introducing coordinator inject"},
		{"C++ vs C# vs .NET, node.js & A/B", "c++ vs c# vs .net nodejs and a b"},
		{"C++11", "c++ 11"},
		{"AT&T, R&D", "at and t r and d"},
		{"10,000 songs", "10000 songs"},
		{"1,234,56", "1 234 56"},
		{"1.0 and 10", "1.0 and 10"},
		{"007", "7"},
		{"v3.1", "3.1"},
		{"Part One", "part 1"},
		{"Pt. 2", "part 2"},
		{"Part2", "part 2"},
		{"Rocky IV", "rocky 4"},
		{"Rocky IV: The Return", "rocky 4 the return"},
		{"The part I like", "the part i like"},
		{"You and I", "you and i"},
		{"Malcolm X", "malcolm x"},
		{"civic mix", "civic mix"},
		{"Second edition, 2nd edition", "2nd edition 2nd edition"},
		{"Seven Samurai", "7 samurai"},
		{"S01E02", "s1e2"},
		{"'14 and ’90s", "2014 and 1990s"},
		{"$5.00 or 5€ or 50 %", "$5 or €5 or 50%"},
		{"$1,299.00", "$1299"},
		{"Straße İstanbul ΣΑΣ ς", "strasse istanbul σασ σ"},
		{"łódź ørsted ﬁ Ⅳ", "lodz orsted fi 4"},
		{"8½ №5 Part①", "8 1 2 no 5 part 1"},
		{"!!! ???", "!!! ???"},
		{"…", "..."},
		{"😀", "😀"},
		{"Hello 😀 World", "hello world"},
		{"™", "™"},
		{" \t\u200b", ""},
		{"東京都庁", "東京 京都 都庁"},
		{"日", "日"},
		{"iPhone東京", "iphone 東京"},
		{"ｶﾞｲﾄﾞ", "ガイ イド"},
		{"한국어 텍스트", "한국어 텍스트"},
		{"हिन्दी में", "हिन्दी में"},
		{"16 GB and 2.4 GHz", "16gb and 2.4ghz"},
		{"DSC-W120 CF-53ABGZX1M", "dscw120 cf53abgzx1m"},
		{"COVID-19 GLP-1 e-mail", "covid 19 glp 1 e mail"},
		{"U.S.A. Ph.D. J.R.R. Tolkien", "usa ph d jrr tolkien"},
		{".5 mm", "0.5mm"},
		{"Ke$ha A$AP", "ke$ha a$ap"},
		{"Linksys® Router™", "linksys router"},
		{"٣", "3"},
		{"\xff\xfe", "\ufffd\ufffd"},
	} {
		if got := Fold(c.in); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
		}
		if again := Fold(c.want); again != c.want {
			t.Errorf("Fold(%q) = %q, not the same", c.want, again)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range foldSeeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, and again %q", s, once, twice)
		}
		if strings.TrimSpace(once) != once || strings.Contains(once, "  ") {
			t.Errorf("Fold(%q) = %q has odd spaces", s, once)
		}
	})
}

var foldSeeds = []string{"Spotify’s – (Part I)", "C++ c# .net node.js U.S.A", "10,000 10'000 1.0.2 $5.00 5€ 50 %", "part one of 3 1/3", "x iv: gb 16 gb",
	"'14 '90s", "DSC-W120/B", "東京 a ガｶﾞ ไทย", "İß\u0345ᾳ½①№™", "\xff", "S01E02 e09 v3 v3.1 pt2", "& a && b+ ++", "·a·b·", "é e\u0301 \u1100\u1161"}
