// Package arabic holds what the program knows about writing and reading
// Arabic: counted nouns, dates, direction marks, clipping, the folding that
// makes two spellings of one word equal, and the small judgements about
// headlines (urgent or not, the same story or not) that rest on it.
//
// Everything is a pure function of its arguments. Text comes in two kinds and
// the functions say which they take: source text, which strangers wrote and
// which goes through [Clean] first, and our own text, which gets [Mark] as its
// last step before it is escaped and sent. Folded text ([Fold], [FoldCommand],
// [Stem]) is for comparing and searching and is never shown.
//
// Output carries European digits, as the newsrooms of Oman write them; input
// may carry any of the three kinds. Lengths called units are UTF-16 code units,
// which is what the Bot API counts.
package arabic
