// Package telegramtest is the Telegram Bot API in memory: bots, users with
// phones, private chats, groups with topics and channels, behind the same
// HTTP calls as the real server.
//
// It refuses what the real server refuses, with the real server's words: the
// official telegram-bot-api and its TDLib are the model for lengths, entities,
// markup, rights, edit and delete rules.
//
// A [Server] is an http.Handler. Serve it on loopback with net/http, or call
// it in process through [Server.Client], which needs no socket and so works
// inside a testing/synctest bubble:
//
//	server := &telegramtest.Server{}
//	defer server.Close()
//	bot := server.AddBot("123456:AAabbccddeeffgghhiijjkkllmmnnoopp", "news_bot")
//	reader := server.AddUser(telegramtest.User{FirstName: "Salim"})
//	chat := reader.Start(bot, "")              // the reader presses Start
//	…                                          // the program answers
//	seen, err := chat.Wait(ctx, 2)             // what the phone shows
//
// # A message's life
//
//	sent ──edit──▶ sent (Edits+1) ──delete──▶ Deleted
//
// # An update's life
//
//	queued ──getUpdates──▶ given ──higher offset──▶ confirmed ──Redeliver──▶ queued
//	queued ──webhook 2xx──▶ confirmed
//
// # Two clocks
//
// Dates, the 48 hours of deletion, the age of a callback and the rate limits
// read [Server.Now]. Long polls, webhook retries and delays wait on real time
// (or a bubble's), as a client would see them.
package telegramtest
