package wire

import (
	"time"

	"github.com/nashra-bot/nashra/desk"
)

// This file is a phrase file: what those on duty are told of trouble.
func englishTrouble() *troubleWords {
	return &troubleWords{
		Telegram: "Telegram", WhatsApp: "WhatsApp", Until: " until {time}",
		AccountWell: "The account on {network} sends and receives again, and goes on where it stopped.",
		Account:     "The account on {network} sends nothing any more. Readers and waiting messages are kept.",
		Revoked:     "{network} refuses the bot's token: nothing is sent or received. Readers and waiting messages are kept.",
		RevokedDo:   "The bot's owner asks @BotFather for a new token; whoever runs the server puts it in the place of the old one and starts Nashra again.",
		Replaced:    "The account on {network} is used by another program, and has stopped here. Readers and waiting messages are kept.",
		ReplacedDo:  "Whoever runs the server stops the other program and starts Nashra again.",
		Outdated:    "{network} refuses this version of the program: nothing is sent. Readers and waiting messages are kept.",
		OutdatedDo:  "Whoever runs the server brings Nashra up to date.",
		Unpaired:    "The number on {network} is not linked any more: nothing is sent. Readers and waiting messages are kept.",
		UnpairedDo:  "The number's owner links it again: from the owner's chat on Telegram with “link WhatsApp”, or on the server with: nashra pair",
		Locked:      "{network} has locked the number, or the bot's phone is signed out: the link is cut and nothing is sent. Readers and waiting messages are kept.",
		LockedDo:    "The number's owner opens {network} on the bot's phone and does what it asks for, then links the number again: from the owner's chat on Telegram with “link WhatsApp”, or on the server with: nashra pair",
		Closed:      "{network} has banned the number: the link is cut and nothing is sent, to the channel neither. Readers and waiting messages are kept.",
		ClosedDo:    "The number's owner asks {network} on the bot's phone to review the ban. Don't link the number again before it is lifted. Breaking news reaches Telegram; the channel's owner can post there by phone.",
		Banned:      "{network} has stopped the number for a time{until}. Nothing that waits is lost.",
		BannedDo:    "Wait until that is lifted. Don't link the number again, and send nothing from it by hand. Breaking news reaches Telegram; the channel's owner can post there by phone.",
		Restricted:  "{network} has restricted the number's messages to people{until}. The channel goes on.",
		WaitDo:      "Wait until that is lifted. Don't link the number again, and send nothing from it by hand. Breaking news reaches Telegram and the channel.",

		Full:   "The number's messages of the day on {network} are used up: nothing but answers goes to people{until}. The channel goes on.",
		FullDo: "Breaking news reaches Telegram and the channel. If that happens again, whoever runs the server looks at the number of readers and the cap of a day: nashra check",

		Unreached:    "{network} can't be reached since {time}: our messages don't get there, nor those of readers here. All are kept, and it is tried again by itself.",
		UnreachedDo:  "Whoever runs the server looks at its connection, and whether {network} is blocked there.",
		ReachedAgain: "{network} is reached again after {span}, and goes on where it stopped.",

		Shared:     "Another program takes what readers write to the bot on {network} before we do: most get no answer. Sending goes on.",
		SharedDo:   "Whoever runs the server stops the other program that uses the bot's token. If nobody knows it, the bot's owner asks @BotFather for a new token.",
		SharedWell: "What readers write to the bot on {network} reaches us alone again.",

		ChannelMute:    "The channel {channel} on {network} refuses posts: the bot may not post there.",
		ChannelMuteDo:  "The channel's owner makes the bot an administrator with the right to post messages. What waits is sent again by itself, unless its time is over by then.",
		ChannelPlain:   "The channel {channel} on {network} refuses posts: the bot's number is no admin there. Its messages to people go on.",
		ChannelPlainDo: "The channel's owner invites the bot's number as an admin, and the invitation is accepted on the bot's phone. What waits is sent again by itself, unless its time is over by then.",
		ChannelNone:    "The channel {channel} refuses posts: {network} knows no channel with this address.",
		ChannelNoneDo:  "Whoever runs the server looks at its address in nashra.yaml: it may be misspelt, the owner may have changed it, the channel may be deleted, or the bot was never added to it.",
		ChannelOut:     "The channel {channel} on {network} refuses posts: the bot is not in it. It was never added, or it was removed, or the channel was deleted.",
		ChannelOutDo:   "The channel's owner adds the bot as an administrator with the right to post messages. If it was deleted, whoever runs the server takes it out of nashra.yaml.",
		ChannelWell:    "The channel {channel} on {network} takes posts again.",
		ChannelUnnamed: "The channel {channel} on {network} is not in the configuration any more: nothing is posted there.",

		SourceWell: "The source “{source}” can be read again.",
		Blocked:    "The guard of the site keeps us from reading the source “{source}”: its news does not arrive.",
		BlockedDo:  "Whoever runs the site lets this program through its firewall or Cloudflare. The details are in: nashra status",
		Broken:     "The source “{source}” can't be read: its news does not arrive.",
		BrokenDo:   "Look whether the site opens; whoever runs the server looks at: nashra status",
		Silent:     "Nothing new has come from the source “{source}” since {time}, which is longer than its habit.",
		SilentDo:   "If the site publishes as usual, whoever runs the server checks the source's address with: nashra check",

		DiskData: "the database's disk", DiskBackups: "the disk of the backups",
		DiskWell:     "There is room on {disk}: {free} MB.",
		DiskLow:      "There is little room on {disk}: {free} MB are left.",
		DiskFull:     "There is no room on {disk}: {free} MB are left.",
		DiskDo:       "Whoever runs the server makes room: with a full disk nothing is sent, since nothing can be remembered.",
		DatabaseWell: "The database can be written again.",
		DatabaseFull: "The database cannot be written: nothing is sent.",

		ClockWell:   "The server's clock is right.",
		ClockAhead:  "The server's clock is {span} fast: digests go out before their time.",
		ClockBehind: "The server's clock is {span} slow: digests go out after their time.",
		ClockJumped: "The server's clock has jumped by {span}: it was set, or the server slept.",
		ClockDo:     "Whoever runs the server looks at its time service (NTP). Look at the time of the next digest.",
		when:        func(t time.Time) string { return t.Format("Monday, 2 January, 15:04") },
		span:        desk.PhrasesOf(desk.English).Span,
	}
}
