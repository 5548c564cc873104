package main

import "errors"

// errNothingToPublish is shown on the page.
var errNothingToPublish = errors.New("اكتب عنوانًا ونصًّا أولًا")
