// Reads a log directory with the libraries of the Go project and of Tessera, and says what it found wrong; or makes one.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	formats "github.com/transparency-dev/formats/note"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/tessera/api"
	"github.com/transparency-dev/tessera/client"
	"github.com/transparency-dev/tessera/fsck"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var (
	dir      = flag.String("dir", "", "the log directory")
	key      = flag.String("key", "", "the verifier key of the log")
	witness  = flag.String("witness", "", "the verifier key of a witness, if one signed")
	proofs   = flag.String("proofs", "", "a folder with proof files INDEX.tlog-proof")
	grow     = flag.Int("grow", 0, "make a log of so many entries in the directory, instead of reading one")
	secret   = flag.String("secret", "", "the signing key of the log that is made")
	policy   = flag.String("policy", "", "a policy file with the witnesses of the log that is made")
	version  = flag.Bool("version", false, "only say that this is it")
	tileBits = 8
)

func main() {
	flag.Parse()
	if *version {
		return
	}
	work := check
	if *grow > 0 {
		work = func() error { return growLog(*dir, *secret, *policy, *grow) }
	}
	if err := work(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func check() error {
	verifier, err := note.NewVerifier(*key)
	if err != nil {
		return fmt.Errorf("key: %w", err)
	}
	signed, err := os.ReadFile(filepath.Join(*dir, "checkpoint"))
	if err != nil {
		return err
	}
	tree, err := open(signed, verifier)
	if err != nil {
		return err
	}
	reader := tlog.TileHashReader(tree, tiles{})
	root, err := tlog.TreeHash(tree.N, reader)
	if err != nil || root != tree.Hash {
		return fmt.Errorf("root of %d: %v, want %v (%v)", tree.N, root, tree.Hash, err)
	}
	step := tree.N/97 + 1
	for n := int64(0); n < tree.N; n += step {
		proof, err := tlog.ProveRecord(tree.N, n, reader)
		if err != nil {
			return fmt.Errorf("proof of %d: %w", n, err)
		}
		hashes, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, n)})
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, n, hashes[0]); err != nil {
			return fmt.Errorf("entry %d: %w", n, err)
		}
	}
	checked, err := checkProofs(verifier, reader)
	if err != nil {
		return err
	}
	formatted, err := formats.NewVerifier(*key)
	if err != nil {
		return fmt.Errorf("key: %w", err)
	}
	source := &client.FileFetcher{Root: *dir}
	if err := fsck.New(verifier.Name(), formatted, source, leaves, fsck.Opts{N: 2}).Check(context.Background()); err != nil {
		return fmt.Errorf("fsck: %w", err)
	}
	fmt.Printf("%d entries, %d proof files\n", tree.N, checked)
	return nil
}

// open verifies the signature of the log, and that of the witness where one is demanded.
func open(signed []byte, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("checkpoint: %w", err)
	}
	if *witness != "" {
		cosigner, err := formats.NewVerifierForCosignatureV1(*witness)
		if err != nil {
			return tlog.Tree{}, fmt.Errorf("witness key: %w", err)
		}
		cosigned, err := note.Open(signed, note.VerifierList(cosigner))
		if err != nil {
			return tlog.Tree{}, fmt.Errorf("cosignature: %w", err)
		}
		if _, err := formats.CoSigV1Timestamp(cosigned.Sigs[0]); err != nil {
			return tlog.Tree{}, fmt.Errorf("time of the cosignature: %w", err)
		}
	}
	// The library knows the first line of another log only; the rest it reads itself.
	lines := strings.SplitN(opened.Text, "\n", 2)
	if lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("origin %q", lines[0])
	}
	return tlog.ParseTree([]byte("go.sum database tree\n" + lines[1]))
}

// checkProofs verifies every proof file against the leaf that the tiles have.
func checkProofs(verifier note.Verifier, reader tlog.HashReader) (int, error) {
	if *proofs == "" {
		return 0, nil
	}
	files, err := filepath.Glob(filepath.Join(*proofs, "*.tlog-proof"))
	if err != nil {
		return 0, err
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return 0, err
		}
		head, signed, _ := strings.Cut(string(content), "\n\n")
		lines := strings.Split(head, "\n")
		var index int64
		if _, err := fmt.Sscanf(lines[1], "index %d", &index); err != nil || lines[0] != "c2sp.org/tlog-proof@v1" {
			return 0, fmt.Errorf("%s: %q", file, head)
		}
		var proof tlog.RecordProof
		for _, line := range lines[2:] {
			hash, err := tlog.ParseHash(line)
			if err != nil {
				return 0, fmt.Errorf("%s: %w", file, err)
			}
			proof = append(proof, hash)
		}
		tree, err := open([]byte(signed), verifier)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", file, err)
		}
		hashes, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		if err != nil {
			return 0, err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, hashes[0]); err != nil {
			return 0, fmt.Errorf("%s: %w", file, err)
		}
	}
	return len(files), nil
}

// tiles reads tiles of hashes from the directory.
type tiles struct{}

func (tiles) Height() int { return tileBits }

func (tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	read := make([][]byte, len(wanted))
	for i, tile := range wanted {
		// The library writes the height into its paths, and the specification does not.
		path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", tileBits), "tile/", 1)
		content, err := os.ReadFile(filepath.Join(*dir, path))
		if err != nil {
			return nil, err
		}
		read[i] = content
	}
	return read, nil
}

func (tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func leaves(bundle []byte) ([][]byte, error) {
	entries := &api.EntryBundle{}
	if err := entries.UnmarshalText(bundle); err != nil {
		return nil, err
	}
	hashes := make([][]byte, 0, len(entries.Entries))
	for _, entry := range entries.Entries {
		hashes = append(hashes, rfc6962.DefaultHasher.HashLeaf(entry))
	}
	return hashes, nil
}
