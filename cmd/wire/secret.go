package wire

import (
	"errors"
	"fmt"
	"os"
	"strings"
)

// ErrNoSecret says that a secret is set nowhere.
var ErrNoSecret = errors.New("the secret is not set")

// Secret returns the secret called name, from the environment variable of that
// name or from the file that NAME_FILE points to. White space around it is
// dropped: editors and shells add line ends. The value is in no error.
func Secret(name string) (string, error) {
	direct, file := os.Getenv(name), os.Getenv(name+"_FILE")
	switch {
	case direct != "" && file != "":
		return "", fmt.Errorf("both %s and %s_FILE are set; keep one", name, name)
	case direct != "":
		return strings.TrimSpace(direct), nil
	case file == "":
		return "", fmt.Errorf("%w: set %s, or %s_FILE to a file that holds it", ErrNoSecret, name, name)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("read %s_FILE: %w", name, err)
	}
	value := strings.TrimSpace(string(data))
	if value == "" {
		return "", fmt.Errorf("%w: the file of %s_FILE is empty", ErrNoSecret, name)
	}
	return value, nil
}
