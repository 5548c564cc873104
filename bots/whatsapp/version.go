package whatsapp

import "go.mau.fi/whatsmeow/store"

// LibraryVersion is the version of go.mau.fi/whatsmeow that this adapter was
// written for. The network refuses old clients after some months: take the
// newest one then.
const LibraryVersion = "v0.0.0-20260821141805-33cfac511629"

// ClientVersion is the version that the network is told, like "2.3000.1".
func ClientVersion() string { return store.GetWAVersion().String() }
