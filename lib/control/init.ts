/**
 * What PID 1 and the supervisor say to each other over Node's own IPC channel. The supervisor speaks gRPC to the
 * world; PID 1 holds none, and so stays small.
 */
export type Ending = 'poweroff' | 'reboot' | 'halt';

/** The supervisor asks PID 1 to end the machine; or tells it that all services are stopped. */
export type ToInit =
  | { readonly kind: 'end'; readonly ending: Ending; readonly by: string }
  | { readonly kind: 'stopped' }
  /** Every service with restart policy is ready, or one failed: shown on the console once. */
  | { readonly kind: 'settled'; readonly failed: readonly string[] };

/** PID 1 asks the supervisor to stop every service in reverse order and then say `stopped`. */
export type ToSupervisor = { readonly kind: 'stop' };
