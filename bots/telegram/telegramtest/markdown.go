package telegramtest

import "errors"

func parseMarkdown(source string) (string, []Entity, error) {
	return "", nil, errors.New("MarkdownV2 is not supported yet")
}
