/**
 * What PID 1 and the supervisor say to each other over Node's own IPC channel. The supervisor speaks gRPC to
 * the world; PID 1 holds none, and so stays small.
 */
export type Ending = 'poweroff' | 'reboot' | 'halt';

/** The supervisor asks PID 1 to end the machine; or tells it how far the stopping of all services is. */
export type ToInit =
  | { readonly kind: 'end'; readonly ending: Ending; readonly by: string }
  /** The machine goes down, and this service is asked to stop now. */
  | { readonly kind: 'stopping'; readonly name: string }
  | { readonly kind: 'stopped' }
  /** Every service with restart policy is ready, or one failed: shown on the console once. */
  | { readonly kind: 'settled'; readonly failed: readonly string[] };

/**
 * PID 1 starts the supervisor early, beside containerd, so that its own start costs no time. `go`: layers are
 * mounted, drivers loaded and onboot containers done: start the services (said once to each supervisor
 * process; until then it starts none, though it may connect to containerd, serve and adopt). `stop`: stop
 * every service in reverse order, saying which, then say `stopped`.
 */
export type ToSupervisor = { readonly kind: 'go' } | { readonly kind: 'stop' };
