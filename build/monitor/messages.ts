import type { MachineExit } from '../backend/instance.ts';

/** A message from the monitor to the command that started it, over Node's IPC channel. */
export type MonitorMessage =
  /** The machine runs. */
  | { readonly kind: 'started' }
  /** The machine could not be started, and the monitor exits. */
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'output'; readonly bytes: Uint8Array }
  /** A message for the user at the terminal. */
  | { readonly kind: 'notice'; readonly text: string }
  | ({ readonly kind: 'ended' } & MachineExit);

/**
 * A message from the command to the monitor. A channel that closes without `detach` means that the command
 * was killed: the monitor then stops the machine.
 */
export type MonitorCommand =
  | { readonly kind: 'input'; readonly bytes: Uint8Array }
  | { readonly kind: 'detach' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'quit' };

/**
 * The monitor's argument that says that descriptor `lifelineFd` is a socket of the process that the machine
 * belongs to. When its other end closes, the monitor ends the machine at once and removes its folder.
 */
export const lifelineFlag = '--lifeline';
export const lifelineFd = 4;
