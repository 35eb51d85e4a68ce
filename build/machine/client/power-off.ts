import type { MachineClient } from './client.ts';
import { grpcReason } from './grpc-errors.ts';

export interface PowerOffOptions {
  readonly client: MachineClient;
  /** Resolves to whether the machine has ended, at the latest after so many milliseconds. */
  readonly gone: (ms: number) => Promise<boolean>;
  /** Receives messages for the waiting user. */
  readonly notify: (text: string) => void;
  /** How long the guest may take to stop its services and power off. */
  readonly timeoutMs: number;
  /** How long it may take after its power button was pressed; default: 20 s. */
  readonly buttonMs?: number;
}

/** Some guests ignore their power button, so this is not the time-out for the services. */
const usualButtonMs = 20_000;
/** How long the backend may take to end the machine by force. */
const quitMs = 5000;

/**
 * Powers a machine off; ends it by force if it does not do that. Resolves to false when the monitor cannot
 * end it either.
 */
export async function powerOff(options: PowerOffOptions): Promise<boolean> {
  if (await powerOffOrderly(options)) return true;
  const { client, gone, notify } = options;
  notify('The guest ignores the power button: ending it at once');
  await failureOf(() => client.monitor('quit'));
  return gone(quitMs);
}

/**
 * Asks the guest's supervisor, which stops the services in order; if it does not answer or does not finish in
 * time, presses the power button. Resolves to whether the machine has ended.
 */
export async function powerOffOrderly(options: PowerOffOptions): Promise<boolean> {
  const { client, gone, notify, timeoutMs, buttonMs = usualButtonMs } = options;
  const failure = await failureOf(() => client.end('poweroff'));
  if (failure === undefined) {
    if (await gone(timeoutMs)) return true;
    notify(`The guest has not powered off within ${timeoutMs / 1000} s: pressing the power button`);
  } else {
    if (await gone(0)) return true;
    notify(`The guest does not answer (${failure}): pressing the power button`);
  }
  const buttonFailure = await failureOf(() => client.monitor('powerButton'));
  return (buttonFailure === undefined && (await gone(buttonMs))) || gone(0);
}

/** Why the call failed; undefined when it did not. */
async function failureOf(call: () => Promise<void>): Promise<string | undefined> {
  try {
    await call();
    return undefined;
  } catch (thrown) {
    return grpcReason(thrown);
  }
}
