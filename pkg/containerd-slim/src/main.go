// containerd and its shim for crun and runc in one program: which of them it is depends on the name it is called by.
package main

import (
	"context"
	"crypto"
	"fmt"
	"os"
	"path/filepath"

	"github.com/containerd/containerd/pkg/hasher"
	"github.com/containerd/containerd/plugin"
	"github.com/containerd/containerd/runtime/v2/runc/manager"
	"github.com/containerd/containerd/runtime/v2/shim"
)

func init() { crypto.RegisterHash(crypto.SHA256, hasher.NewSHA256) }

func main() {
	// The shim starts itself again by /proc/self/exe, whose name is that of the file and not of the link.
	if filepath.Base(os.Args[0]) == "containerd-shim-runc-v2" || (len(os.Args) > 1 && os.Args[1] == "-namespace") {
		keepPlugins(true)
		shim.RunManager(context.Background(), manager.NewShimManager("io.containerd.runc.v2"))
		return
	}
	keepPlugins(false)
	if err := runDaemon(os.Args[1:]); err != nil {
		fmt.Fprintf(os.Stderr, "containerd: %s\n", err)
		os.Exit(1)
	}
}

// Of the plugins in this program, keeps those of the shim or those of the daemon: each would start all of them.
func keepPlugins(ofShim bool) {
	for _, p := range plugin.Graph(func(*plugin.Registration) bool { return false }) {
		if (p.Type == plugin.TTRPCPlugin && p.ID == "task") != ofShim {
			p.InitFn = func(*plugin.InitContext) (interface{}, error) { return nil, plugin.ErrSkipPlugin }
		}
	}
}
