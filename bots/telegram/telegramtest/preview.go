package telegramtest

import "encoding/json"

type wirePreview struct {
	Disabled bool   `json:"is_disabled,omitempty"`
	URL      string `json:"url,omitempty"`
	Small    bool   `json:"prefer_small_media,omitempty"`
	Large    bool   `json:"prefer_large_media,omitempty"`
	Above    bool   `json:"show_above_text,omitempty"`
}

func readPreview(q *request) (Preview, *Error) {
	raw := q.params["link_preview_options"]
	if raw == "" {
		return Preview{Disabled: q.truth("disable_web_page_preview")}, nil
	}
	if !json.Valid([]byte(raw)) {
		return Preview{}, bad("can't parse link preview options JSON object")
	}
	var w wirePreview
	if json.Unmarshal([]byte(raw), &w) != nil {
		return Preview{}, bad("object expected as link preview options")
	}
	p := Preview{Disabled: w.Disabled, Small: w.Small, Large: w.Large, Above: w.Above, asked: w.URL}
	if w.URL != "" && !w.Disabled {
		link, problem := checkLink(w.URL)
		if problem != "" {
			return p, bad("wrong HTTP URL specified")
		}
		p.asked = link
	}
	return p, nil
}

// find settles which page is previewed: the one asked for, else the first link.
func (p *Preview) find(text string, entities []Entity) {
	p.URL = ""
	if p.Disabled {
		return
	}
	if p.asked != "" {
		p.URL = p.asked
		return
	}
	for _, e := range entities {
		switch e.Type {
		case "text_link":
			p.URL = e.URL
		case "url":
			p.URL = utf16Slice(text, e.Offset, e.Length)
		}
		if p.URL != "" {
			return
		}
	}
}

func (p Preview) wire() *wirePreview {
	if !p.Disabled && p.asked == "" && !p.Small && !p.Large && !p.Above {
		return nil
	}
	return &wirePreview{Disabled: p.Disabled, URL: p.asked, Small: p.Small, Large: p.Large, Above: p.Above}
}
