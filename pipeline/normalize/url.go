package normalize

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/idna"
)

// URL gives the canonical form of a web address, without its scheme and as one
// word: host in lower case (and as it is read, not in Punycode), without "www.",
// "m." and "amp." and default ports; no fragment, no index page, no trailing
// slash, no tracking parameters; the rest of the query sorted; percent-encoding
// only where it is needed. An address wrapped by an archive or a redirect is
// unwrapped. It is empty when s is no address.
func URL(s string) string {
	for range 4 { // wrappers within wrappers
		u := parseURL(s)
		if u == nil {
			return ""
		}
		inner := unwrap(u)
		if inner == "" {
			return canonicalURL(u)
		}
		s = inner
	}
	return ""
}

func parseURL(s string) *url.URL {
	s = strings.Trim(strings.TrimSpace(s), "<>\"")
	lower := strings.ToLower(s[:min(len(s), 8)])
	switch {
	case strings.HasPrefix(s, "//"):
		s = "http:" + s
	case !strings.HasPrefix(lower, "http://") && !strings.HasPrefix(lower, "https://"):
		if strings.Contains(s, "://") {
			break
		}
		s = "http://" + s
	}
	if strings.ContainsAny(s, " \t\n") {
		s = strings.NewReplacer(" ", "%20", "\t", "", "\n", "").Replace(s)
	}
	u, err := url.Parse(s)
	if err != nil || !strings.Contains(u.Hostname(), ".") {
		return nil
	}
	return u
}

// unwrap gives the address that an archive or a redirect carries, or "".
func unwrap(u *url.URL) string {
	host, path := strings.ToLower(u.Hostname()), u.Path
	switch {
	case host == "web.archive.org" || host == "archive.org" && strings.HasPrefix(path, "/web/"), host == "webcache.googleusercontent.com":
		for _, scheme := range []string{"http://", "https://", "http:/", "https:/"} {
			if k := strings.Index(path, "/"+scheme); k >= 0 {
				rest := strings.TrimLeft(path[k+1+len(scheme):], "/")
				if u.RawQuery != "" {
					rest += "?" + u.RawQuery
				}
				return rest
			}
		}
	case strings.HasSuffix(host, "google.com") && path == "/url":
		if q := u.Query().Get("q"); q != "" {
			return q
		}
		return u.Query().Get("url")
	case host == "l.facebook.com" && path == "/l.php":
		return u.Query().Get("u")
	case host == "www.google.com" && strings.HasPrefix(path, "/amp/"):
		return strings.TrimPrefix(strings.TrimPrefix(path, "/amp/"), "s/")
	}
	return ""
}

func canonicalURL(u *url.URL) string {
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if h, err := idna.ToUnicode(host); err == nil {
		host = h
	}
	for _, p := range [...]string{"www.", "m.", "mobile.", "amp."} {
		if rest := strings.TrimPrefix(host, p); rest != host && strings.Contains(rest, ".") {
			host = rest
			break
		}
	}
	if p := u.Port(); p != "" && p != "80" && p != "443" {
		host += ":" + p
	}
	return host + canonicalPath(u.Path) + canonicalQuery(u.RawQuery)
}

// canonicalPath drops index pages, AMP endings, doubled and trailing slashes.
func canonicalPath(p string) string {
	pieces := slices.DeleteFunc(strings.Split(p, "/"), func(s string) bool { return s == "" || s == "." })
	for len(pieces) > 0 {
		last := strings.ToLower(pieces[len(pieces)-1])
		stem, ext, _ := strings.Cut(last, ".")
		if last != "amp" && !((stem == "index" || stem == "default") && isPageExtension(ext)) {
			break
		}
		pieces = pieces[:len(pieces)-1]
	}
	if len(pieces) == 0 {
		return ""
	}
	for k := range pieces {
		pieces[k] = escapeSpaces(pieces[k])
	}
	return "/" + strings.Join(pieces, "/")
}

func isPageExtension(ext string) bool {
	switch ext {
	case "html", "htm", "php", "asp", "aspx", "jsp", "shtml", "xhtml", "cfm":
		return true
	}
	return false
}

// escapeSpaces keeps a path or value one word.
func escapeSpaces(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s)), "%20")
}

// canonicalQuery sorts the parameters and drops those that only track.
func canonicalQuery(raw string) string {
	var kept []string
	for p := range strings.SplitSeq(raw, "&") {
		name, value, has := strings.Cut(p, "=")
		if u, err := url.QueryUnescape(name); err == nil {
			name = u
		}
		if u, err := url.QueryUnescape(value); err == nil {
			value = u
		}
		if name == "" || isTracker(strings.ToLower(name)) {
			continue
		}
		if name = escapeSpaces(name); has {
			name += "=" + escapeSpaces(value)
		}
		kept = append(kept, name)
	}
	if len(kept) == 0 {
		return ""
	}
	slices.Sort(kept)
	return "?" + strings.Join(slices.Compact(kept), "&")
}

// isTracker tells a parameter that says where a reader came from, not what is read.
func isTracker(name string) bool {
	switch name {
	case "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "twclid", "yclid", "igshid", "igsh", "mc_cid", "mc_eid", "mkt_tok",
		"ref", "ref_src", "ref_url", "referrer", "referer", "source", "src", "feature", "cmpid", "cmp", "campaign", "ncid", "ocid", "smid", "smtyp", "partner",
		"rss", "share", "sr_share", "_hsenc", "_hsmi", "vero_id", "wt_mc", "xtor", "spm", "si", "amp", "outputtype", "sh", "fsrc", "emc", "ito", "at_medium", "at_campaign":
		return true
	}
	return strings.HasPrefix(name, "utm_") || strings.HasPrefix(name, "pk_") || strings.HasPrefix(name, "mtm_") || strings.HasPrefix(name, "at_custom")
}
