// A log of Tessera that asks witnesses: it publishes nothing that does not meet their policy.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/storage/posix"
	"golang.org/x/mod/sumdb/note"
)

const patience = 60 * time.Second

// growLog adds entries to a new log in the directory, one after the other, and waits for each until it is published.
func growLog(dir, secret, policyFile string, entries int) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	signer, err := note.NewSigner(secret)
	if err != nil {
		return fmt.Errorf("secret: %w", err)
	}
	policy, err := os.ReadFile(policyFile)
	if err != nil {
		return err
	}
	group, err := tessera.NewWitnessGroupFromPolicy(policy)
	if err != nil {
		return fmt.Errorf("policy: %w", err)
	}
	driver, err := posix.New(ctx, posix.Config{Path: dir})
	if err != nil {
		return err
	}
	opts := tessera.NewAppendOptions().
		WithCheckpointSigner(signer).
		WithBatching(1, 10*time.Millisecond).
		WithCheckpointInterval(100*time.Millisecond).
		WithWitnesses(group, &tessera.WitnessOptions{Timeout: 2 * time.Second})
	appender, shutdown, reader, err := tessera.NewAppender(ctx, driver, opts)
	if err != nil {
		return err
	}
	awaiter := tessera.NewPublicationAwaiter(ctx, reader.ReadCheckpoint, 20*time.Millisecond)
	var published []byte
	for n := range entries {
		future := appender.Add(ctx, tessera.NewEntry(fmt.Appendf(nil, "entry %d", n)))
		if _, published, err = awaiter.Await(ctx, future); err != nil {
			return fmt.Errorf("entry %d: %w", n, err)
		}
	}
	if !group.Satisfied(published) {
		return errors.New("the published checkpoint does not meet the policy")
	}
	fmt.Printf("%d entries published\n", entries)
	return shutdown(ctx)
}
