package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/containerd/containerd/defaults"
	"github.com/containerd/containerd/mount"
	"github.com/containerd/containerd/services/server"
	"github.com/containerd/containerd/services/server/config"
	"github.com/containerd/containerd/sys"
	"github.com/containerd/containerd/version"
	"github.com/containerd/log"
	"golang.org/x/sys/unix"
	"google.golang.org/grpc/grpclog"
)

// runDaemon does what `containerd [--config FILE]` does, up to SIGTERM or SIGINT; it has no other arguments than these
// and --version. Debugging, metrics and TCP are not served, whatever the file says.
func runDaemon(args []string) error {
	file := filepath.Join(defaults.DefaultConfigDir, "config.toml")
	switch {
	case len(args) == 1 && (args[0] == "--version" || args[0] == "-v"):
		fmt.Println("containerd", version.Package, version.Version, version.Revision)
		return nil
	case len(args) == 2 && (args[0] == "--config" || args[0] == "-c"):
		file = args[1]
	case len(args) > 0:
		return fmt.Errorf("unknown arguments %q: this is kit's containerd-slim, which takes --config FILE", args)
	}
	settings, err := readConfig(file)
	if err != nil {
		return err
	}
	// As containerd's own command: what gRPC says goes nowhere, since it would be lines without a level.
	grpclog.SetLoggerV2(grpclog.NewLoggerV2(io.Discard, io.Discard, io.Discard))
	signals := make(chan os.Signal, 16)
	signal.Notify(signals, unix.SIGTERM, unix.SIGINT)
	signal.Ignore(unix.SIGPIPE)
	return serve(settings, signals)
}

func readConfig(file string) (*config.Config, error) {
	settings := &config.Config{
		Version: 2,
		Root:    defaults.DefaultRootDir,
		State:   defaults.DefaultStateDir,
		GRPC: config.GRPCConfig{
			Address:        defaults.DefaultAddress,
			MaxRecvMsgSize: defaults.DefaultMaxRecvMsgSize,
			MaxSendMsgSize: defaults.DefaultMaxSendMsgSize,
		},
	}
	if err := config.LoadConfig(file, settings); err != nil {
		return nil, err
	}
	if settings.GRPC.Address == "" {
		return nil, errors.New("the address of gRPC is empty")
	}
	if settings.TTRPC.Address == "" {
		settings.TTRPC.Address = settings.GRPC.Address + ".ttrpc"
		settings.TTRPC.UID, settings.TTRPC.GID = settings.GRPC.UID, settings.GRPC.GID
	}
	if level := settings.Debug.Level; level != "" {
		return settings, log.SetLevel(level)
	}
	return settings, nil
}

func serve(settings *config.Config, signals <-chan os.Signal) error {
	if err := server.CreateTopLevelDirectories(settings); err != nil {
		return err
	}
	if err := mount.SetTempMountLocation(filepath.Join(settings.Root, "tmpmounts")); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	log.G(ctx).WithField("version", version.Version).Info("starting containerd")
	made := make(chan error, 1)
	var daemon *server.Server
	// Beside the signals: the database cannot be opened as long as another containerd has it.
	go func() {
		var err error
		daemon, err = server.New(ctx, settings)
		made <- err
	}()
	select {
	case <-signals:
		return nil
	case err := <-made:
		if err != nil {
			return err
		}
	}
	defer daemon.Stop()
	failed := make(chan error, 2)
	if err := listen(settings.TTRPC.Address, settings.TTRPC.UID, settings.TTRPC.GID, daemon.ServeTTRPC, failed); err != nil {
		return err
	}
	if err := listen(settings.GRPC.Address, settings.GRPC.UID, settings.GRPC.GID, daemon.ServeGRPC, failed); err != nil {
		return err
	}
	daemon.Wait()
	log.G(ctx).Info("containerd successfully booted")
	select {
	case <-signals:
		return nil
	case err := <-failed:
		return err
	}
}

func listen(address string, uid, gid int, serve func(net.Listener) error, failed chan<- error) error {
	listener, err := sys.GetLocalListener(address, uid, gid)
	if err != nil {
		return err
	}
	go func() {
		if err := serve(listener); err != nil {
			failed <- fmt.Errorf("cannot serve %s: %w", address, err)
		}
	}()
	return nil
}
