/**
 * Messages between PID 1 and the supervisor over Node's IPC channel. Only the supervisor speaks gRPC, so that
 * PID 1 need not load it.
 */

/** How the machine ends. */
export type Ending = 'poweroff' | 'reboot' | 'halt';

/** The supervisor asks PID 1 to end the machine, or reports on the boot or on a shutdown. */
export type ToInit =
  | { readonly kind: 'end'; readonly ending: Ending; readonly by: string }
  /** The shutdown is stopping this service now. */
  | { readonly kind: 'stopping'; readonly name: string }
  /** The shutdown has stopped every service. */
  | { readonly kind: 'stopped' }
  /** Sent regularly while the supervisor and the services that `watchdog:` names are well. */
  | { readonly kind: 'alive' }
  /** Every service has been ready, has finished or has failed once; sent once a boot. */
  | { readonly kind: 'settled'; readonly failed: readonly string[] };

/**
 * PID 1 starts the supervisor early, in parallel with containerd, so that its start-up costs no time. `go`,
 * sent once to each supervisor process: layers are mounted, drivers are loaded and onboot is done, so
 * services may be started. Before that the supervisor only adopts tasks and serves its clients. `stop`: the
 * machine goes down: stop every service in reverse start order, report each as `stopping`, then `stopped`.
 * `taskFailed`: a container of onboot or onshutdown has failed; its report (`TaskReport`) is written.
 */
export type ToSupervisor = { readonly kind: 'go' | 'stop' | 'taskFailed' };
