// A witness of others, for our log to ask: github.com/transparency-dev/witness with its state in memory, on a port of this machine.
package main

import (
	"context"
	"crypto/rand"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"

	formats "github.com/transparency-dev/formats/note"
	"github.com/transparency-dev/witness/persistence/inmemory"
	"github.com/transparency-dev/witness/witness"
	"golang.org/x/mod/sumdb/note"
)

var (
	name    = flag.String("name", "witness.example.net", "the name of the witness")
	key     = flag.String("key", "", "the verifier key of the log that it cosigns")
	version = flag.Bool("version", false, "only say that this is it")
)

func main() {
	flag.Parse()
	if *version {
		return
	}
	ctx := context.Background()
	verifier, err := note.NewVerifier(*key)
	if err != nil {
		log.Fatalf("key: %v", err)
	}
	secret, public, err := note.GenerateKey(rand.Reader, *name)
	if err != nil {
		log.Fatal(err)
	}
	signer, err := formats.NewSignerForCosignatureV1(secret)
	if err != nil {
		log.Fatal(err)
	}
	// The key is made for notes; as a witness it has another identifier.
	cosigner, err := formats.VKeyToCosignatureV1(public)
	if err != nil {
		log.Fatal(err)
	}
	own, err := witness.New(ctx, witness.Opts{
		Persistence: inmemory.New(),
		Signers:     []note.Signer{signer},
		VerifierForLog: func(_ context.Context, origin string) (note.Verifier, bool, error) {
			return verifier, origin == verifier.Name(), nil
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /add-checkpoint", witness.NewHTTPHandler(own).AddCheckpoint)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s http://%s\n", cosigner, listener.Addr())
	log.Fatal(http.Serve(listener, mux))
}
