// Package proof gets a function that the witness names and the released version of its library has not yet. A witness that does not sign
// subtrees never calls it.
package proof

import (
	"errors"

	"github.com/transparency-dev/merkle"
)

// VerifySubtreeConsistency believes in no subtree.
func VerifySubtreeConsistency(merkle.LogHasher, uint64, uint64, uint64, [][]byte, []byte, []byte) error {
	return errors.New("subtrees are not verified here")
}
