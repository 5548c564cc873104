// Package whatsapptest plays WhatsApp on loopback, or without any socket: the
// server, the phone of the bot's own account, and the phones of its readers. The
// unmodified whatsmeow client pairs with it, logs in to it and talks to it.
//
//	s := whatsapptest.New(whatsapptest.Config{})
//	defer s.Close()
//	s.Install(client)                  // instead of the network
//	client.Connect()                   // shows QR codes
//	s.ScanQR(code)                     // the owner's phone
//	r := s.NewReader(whatsapptest.Person{Name: "سالم"})
//	r.Send("مرحبًا")                    // reaches the client, encrypted by Signal
//	r.WaitMessages(ctx, 1)             // what the client answered
//
// A test in a synctest bubble makes the server in the bubble; Install uses no
// socket, so an hour without network takes no time. A child process is served
// by Listen: it calls Trust, and InstallClient with Dial. The root of the
// certificates is the same in every process and the same for every Server.
//
// # What is real
//
// Noise XX with a certificate chain of its own, binary nodes, the device
// identity's three signatures (checked on both sides), one-time prekeys that run
// out, Signal sessions and sender keys in both directions, encrypted media,
// encrypted poll votes. A client that gets any of them wrong is refused, and
// Complaints says so. The linked device goes through these states:
//
//	            ScanQR, EnterCode            515, login
//	unpaired ──────────────────▶ linking ───────────────▶ logged in ◀──┐
//	   ▲                            │ bad HMAC or signature    │       │ login
//	   │◀───────────────────────────┘                          ▼       │
//	   │   RemoveDevice, FailLogins 401 403 406             offline ───┘
//	   └───────────────────────────────────────────────────────┘
//
// What the client must acknowledge is kept until it does, and sent again after
// every login. The clock that stamps everything is Config.Now; timers run on the
// real clock, or on a bubble's.
//
// # What such a server can never prove
//
// What Meta accepts today: which versions, how many messages, to whom, at what
// pace; when accounts are banned or time-locked; how long a message may be
// edited or deleted; whether two messages with one id become one on a phone.
// What phones really show. And everything in the protocol that has changed since
// the client was released, because the client is all that it was built against.
// App state is not played, and no reader has a second device.
package whatsapptest
