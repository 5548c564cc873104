package wire

// This file is a phrase file: what the owner is told, and tells.
func englishOwner() ownerWords {
	return ownerWords{
		Pair:      "link WhatsApp",
		Pairs:     []string{"pair WhatsApp", "link the WhatsApp number"},
		ByPicture: []string{"by picture", "with a picture", "by QR", "by QR code", "QR"},
		Scan:      "Open WhatsApp on the bot's phone, then “Linked devices”, then “Link a device”, and point the camera at this code on another screen. It is good until {time}; then another one comes.",
		Rescan:    "A new code, good until {time}.",
		Code:      "Linking code: {code}\nOpen WhatsApp on the bot's phone, then “Linked devices”, “Link a device”, “Link with phone number”, and type the code.\nFor a code to scan send: link WhatsApp by picture",
		Paired:    "The WhatsApp number is linked again, and messages go on where they stopped.",
		Failed:    "The linking did not succeed. To try again send: link WhatsApp",
		Passkey:   "WhatsApp asks for this account's passkey, which cannot be given in this chat. Whoever runs the server stops Nashra, and links the number with: nashra pair whatsapp",
		Busy:      "A linking is under way. Use the last code that you got, or try again in a moment.",
		Already:   "The WhatsApp number is linked; there is nothing to do.",
		Until:     " until {time}",
		Unpaired:  "The WhatsApp number is not linked any more. Subscribers and waiting messages are kept. To link it again send: link WhatsApp",
		Replaced:  "The WhatsApp number is used by another program, and has stopped here. Stop the other program, then start Nashra again.",
		Outdated:  "WhatsApp refuses this version of the program ({client}). Bring Nashra up to date.",
		Newest:    "\nWhatsApp's version now is {newest}. If there is no newer Nashra yet, whoever runs the server writes it into nashra.yaml, in the part whatsapp:\nclient_version: \"{newest}\"\nand starts the program again.",
		Banned:    "WhatsApp has stopped the number for a time{until}. Nothing is sent before that, and nothing is lost.",
		Locked:    "WhatsApp has locked the bot's number, or its phone is signed out: the link is cut. Subscribers and waiting messages are kept. Open WhatsApp on the bot's phone, do what it asks for, and then send: link WhatsApp",
		Closed:    "WhatsApp has banned the bot's number: the link is cut. Subscribers and waiting messages are kept. Ask WhatsApp on the bot's phone to review the ban, and when it is lifted send: link WhatsApp",
		Confined:  "WhatsApp has restricted the number's messages to people{until}. The channel goes on. Breaking news that comes too late is in the next digest where it has an article; an alert of words alone does not reach those who have not got it.",
		Full:      "The WhatsApp number's messages of the day are used up: nothing but answers goes to people{until}. The channel goes on. If that happens again, look at the number of readers and the cap of a day: nashra check",
		mark:      func(text string) string { return text },
		when:      englishTrouble().when,
	}
}
