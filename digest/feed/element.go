package feed

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

func nearest(n *html.Node, a atom.Atom) *html.Node {
	for ; n != nil; n = n.Parent {
		if n.DataAtom == a {
			return n
		}
	}
	return nil
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func block(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Blockquote, atom.Section,
		atom.Article, atom.Header, atom.Footer, atom.Main, atom.Aside, atom.Dl, atom.Dt, atom.Dd, atom.Hr, atom.Address,
		atom.Center, atom.Details, atom.Summary, atom.Fieldset, atom.Nav, atom.Caption:
		return true
	}
	return false
}

// dropped knows what is no part of the text.
func dropped(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Iframe, atom.Form, atom.Svg, atom.Math, atom.Template, atom.Head,
		atom.Title, atom.Button, atom.Select, atom.Textarea, atom.Input, atom.Audio, atom.Video, atom.Object, atom.Embed,
		atom.Canvas, atom.Img, atom.Nav, atom.Link, atom.Meta:
		return true
	}
	if style := strings.ReplaceAll(strings.ToLower(attr(n, "style")), " ", ""); strings.Contains(style, "display:none") {
		return true
	}
	for _, a := range n.Attr {
		if a.Key == "hidden" {
			return true
		}
	}
	for class := range strings.FieldsSeq(attr(n, "class")) {
		if plugin(class) {
			return true
		}
	}
	return false
}

// plugin knows the boxes that JNews and common plugins put into an article.
func plugin(class string) bool {
	for _, prefix := range []string{"jnews_inline_related", "jeg_share", "jeg_ad", "jeg_post_tags", "jnews_ad", "ads-wrapper",
		"sharedaddy", "jp-relatedposts", "yarpp", "addtoany", "heateor", "ez-toc", "wp-block-embed", "wp-caption-text", "screen-reader-text"} {
		if strings.HasPrefix(class, prefix) {
			return true
		}
	}
	return slices.Contains([]string{"page_nav", "ads", "adsbygoogle", "related-posts", "post-views"}, class)
}

// formatting are the tags that a browser opens again in every paragraph until
// they are closed, and gathering those whose attributes it adds up. A few
// kilobytes of them make a tree of gigabytes.
var (
	formatting = regexp.MustCompile(`(?i)<(/?)(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)([\s/>])`)
	gathering  = regexp.MustCompile(`(?i)<(/?)(a|html|body)([\s/>])`)
)

// anchor is what plainInside makes of the element a.
const anchor = "x-a"

// plainInside returns markup that shows the same text and has none of these
// tags. It does not ask where one stands: one that only a browser would find,
// inside of what looks like a title, must not be left.
func plainInside(markup string) string {
	return gathering.ReplaceAllString(formatting.ReplaceAllString(markup, "<${1}span${2}"), "<${1}x-${2}${3}")
}
