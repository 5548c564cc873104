// Package telegram is the Telegram adapter: one bot account, through the Bot
// API, with the client library github.com/go-telegram/bot.
//
// The library writes the requests. What it leaves open is settled here: the
// answers are read once, errors say what to do, updates are acknowledged only
// after they were handled, and the token shows up in no error and no log.
//
// # The way of an update
//
//	fetched ──▶ waits for its chat ──▶ handled ──▶ acknowledged
//	                  ▲                   │ error
//	                  └──── pause ◀───────┤
//	                                      │ again and again, while others succeed
//	                                      └──▶ given up, logged ──▶ acknowledged
//
// Updates of one chat are handled one after the other; those of different
// chats side by side, [Workers] at a time. Telegram is told of an update's
// receipt by asking for what comes behind it, and it gives at most 100 updates
// from there. So an update that fails holds up its own chat, and after a
// hundred more updates every chat. It is given up when it has failed often
// while others went through: then it is the update that is at fault. While
// everything fails (a full disk), nothing is given up and nothing acknowledged;
// Telegram keeps updates for 24 hours.
//
// After a restart Telegram repeats what was handled but not acknowledged:
// bots.Event.Key is the same then.
//
// # The way of a message
//
//	render ──▶ call ──ok──▶ receipt
//	             │ refused for a part of it (photo, buttons, entities, reply)
//	             └──▶ once more without that part
//
// Message dates are Telegram's clock; pauses and time-outs are monotonic.
package telegram
