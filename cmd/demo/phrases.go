package main

import "errors"

// errNothingToPublish is shown on the page.
var errNothingToPublish = errors.New("اكتب عنوانًا ونصًّا أولًا")

// openWord is what an owner says to open the bot to its readers.
const openWord = "افتح"
