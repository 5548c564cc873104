package whatsapptest

import (
	"strconv"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// Test numbers begin with 999, which is assigned to no country; hidden
// addresses are as long as real ones and begin with 900.
const (
	firstNumber = 99900100000
	firstLID    = 900000000100000
	botLID      = "900000000000001"
)

func numberOf(index int) string { return strconv.Itoa(firstNumber + index) }
func lidOf(index int) string    { return strconv.Itoa(firstLID + index) }

func lidJID(user string) types.JID   { return types.NewJID(user, types.HiddenUserServer) }
func phoneJID(user string) types.JID { return types.NewJID(user, types.DefaultUserServer) }

// attr is the text of an attribute, "" when it is missing.
func attr(n *waBinary.Node, key string) string {
	switch value := n.Attrs[key].(type) {
	case string:
		return value
	case types.JID:
		return value.String()
	default:
		return ""
	}
}

// jid is the address in an attribute, empty when it is missing or no address.
func jid(n *waBinary.Node, key string) types.JID {
	switch value := n.Attrs[key].(type) {
	case types.JID:
		return value
	case string:
		parsed, err := types.ParseJID(value)
		if err == nil && value != "" {
			return parsed
		}
	}
	return types.EmptyJID
}

// content is the binary content of a node, nil when it has children or nothing.
func content(n waBinary.Node) []byte {
	switch value := n.Content.(type) {
	case []byte:
		return value
	case string:
		return []byte(value)
	default:
		return nil
	}
}

// child is the content of the first child with this tag.
func child(n *waBinary.Node, tags ...string) []byte { return content(n.GetChildByTag(tags...)) }

func bytesNode(tag string, data []byte) waBinary.Node { return waBinary.Node{Tag: tag, Content: data} }
