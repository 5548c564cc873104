package outbox

import (
	"slices"
	"testing"

	"github.com/nashra-bot/nashra/news"
)

// Each chat has its turn, whoever was first and however many wait; within a
// chat the first comes first.
func TestLine(t *testing.T) {
	var q line
	seq := int64(0)
	push := func(chats ...news.ChatID) {
		for _, c := range chats {
			seq++
			q.push(&letter{to: Recipient{Chat: c}, seq: seq})
		}
	}
	pop := func(n int) (out []int64) {
		for range n {
			l := q.pop()
			if l == nil {
				break
			}
			out = append(out, l.seq)
		}
		return out
	}
	push("a", "a", "a", "a", "b", "a", "c", "b") // 1 to 8
	if got, want := pop(4), []int64{1, 5, 7, 2}; !slices.Equal(got, want) {
		t.Errorf("%v went, want %v", got, want)
	}
	push("d", "a") // 9, 10: a newcomer waits for the round that has begun at most
	if got, want := pop(10), []int64{8, 3, 9, 4, 6, 10}; !slices.Equal(got, want) {
		t.Errorf("%v went, want %v", got, want)
	}
	push("a", "b")
	if got, want := pop(3), []int64{11, 12}; !slices.Equal(got, want) {
		t.Errorf("%v went, want %v", got, want)
	}
}
