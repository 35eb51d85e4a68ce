package main

import (
	"context"

	"github.com/containerd/containerd/errdefs"
	"github.com/containerd/containerd/plugin"
	"github.com/containerd/containerd/runtime"

	// What kit's supervisor uses: containers, tasks and events, and what these need.
	_ "github.com/containerd/containerd/events/plugin"
	_ "github.com/containerd/containerd/gc/scheduler"
	_ "github.com/containerd/containerd/leases/plugin"
	_ "github.com/containerd/containerd/metadata/plugin"
	_ "github.com/containerd/containerd/runtime/v2"
	_ "github.com/containerd/containerd/runtime/v2/runc/options"
	_ "github.com/containerd/containerd/runtime/v2/runc/task/plugin"
	_ "github.com/containerd/containerd/services/containers"
	_ "github.com/containerd/containerd/services/content"
	_ "github.com/containerd/containerd/services/events"
	_ "github.com/containerd/containerd/services/healthcheck"
	_ "github.com/containerd/containerd/services/introspection"
	_ "github.com/containerd/containerd/services/namespaces"
	_ "github.com/containerd/containerd/services/tasks"
	_ "github.com/containerd/containerd/services/version"
	_ "github.com/containerd/containerd/services/warning"
)

// The metadata plugin asks for a snapshotter and that of tasks for a runtime of the first kind. Neither needs one that
// does anything, but without them there is no service for tasks.
func init() {
	plugin.Register(&plugin.Registration{
		Type:   plugin.SnapshotPlugin,
		ID:     "none",
		InitFn: func(*plugin.InitContext) (interface{}, error) { return nil, plugin.ErrSkipPlugin },
	})
	plugin.Register(&plugin.Registration{
		Type:   plugin.RuntimePlugin,
		ID:     "none",
		InitFn: func(*plugin.InitContext) (interface{}, error) { return noRuntime{}, nil },
	})
}

type noRuntime struct{}

func (noRuntime) ID() string { return "none" }
func (noRuntime) Create(context.Context, string, runtime.CreateOpts) (runtime.Task, error) {
	return nil, errdefs.ErrNotImplemented
}
func (noRuntime) Get(context.Context, string) (runtime.Task, error)     { return nil, errdefs.ErrNotFound }
func (noRuntime) Tasks(context.Context, bool) ([]runtime.Task, error)   { return nil, nil }
func (noRuntime) Delete(context.Context, string) (*runtime.Exit, error) { return nil, errdefs.ErrNotFound }
