// Package nashra carries a newsroom's news into its readers' chats.
//
// The data's way:
//
//	source → article → section → digest or alert → broadcast → lane → chunk → adapter → chat
//
//	news/    names: articles, sections, readers, broadcasts, messages; news/arabic knows the language
//	digest/  what to say: digest/feed pulls a site, digest/section sorts, digest builds and composes
//	bots/    how it reaches a chat: bots/outbox sends, bots/talk answers, one adapter a network
//	store/   what is remembered: one SQLite file behind the interfaces of the rooms that ask
//	cmd/     what starts: cmd/nashra is the program, cmd/demo plays it on this machine, cmd/wire joins
//
// Imports go down: cmd → store → bots, digest → news. A room declares the
// interface that it needs, and never knows who satisfies it. docs/architecture.md
// says why.
package nashra
