import { grpcReason, type MachineClient } from './client.ts';

export interface PowerOff {
  readonly client: MachineClient;
  /** Resolves to whether the machine was gone within so many milliseconds. */
  readonly gone: (ms: number) => Promise<boolean>;
  /** Something a person should know. */
  readonly say: (text: string) => void;
  /** How long the guest may take to stop its services and power off. */
  readonly timeoutMs: number;
  /** How long it may take over its power button; left out: 20 s. */
  readonly buttonMs?: number;
}

/** A guest may not even listen to its power button. */
const usualButtonMs = 20_000;
/** How long QEMU may take to end when told to. */
const quitMs = 5000;

/**
 * Ends a machine in good order, if it lets itself be ended so; else pulls the plug. Resolves to false when even the monitor
 * does not do as it is told.
 */
export async function powerOff(options: PowerOff): Promise<boolean> {
  if (await powerOffOrderly(options)) return true;
  const { client, gone, say } = options;
  say('The guest does not heed the power button: ending it at once');
  await tell(() => client.monitor('quit'));
  return gone(quitMs);
}

/**
 * Asks the guest, which stops its services in order; if it does not answer, or not do it, presses the power button.
 * Resolves to whether the machine is gone.
 */
export async function powerOffOrderly(options: PowerOff): Promise<boolean> {
  const { client, gone, say, timeoutMs, buttonMs = usualButtonMs } = options;
  const asked = await tell(() => client.end('poweroff'));
  if (asked === undefined) {
    if (await gone(timeoutMs)) return true;
    say(`The guest has not powered off within ${timeoutMs / 1000} s: pressing the power button`);
  } else {
    if (await gone(0)) return true;
    say(`The guest does not answer (${asked}): pressing the power button`);
  }
  const pressed = await tell(() => client.monitor('powerButton'));
  return (pressed === undefined && (await gone(buttonMs))) || gone(0);
}

/** Undefined, or why it did not work. */
async function tell(call: () => Promise<void>): Promise<string | undefined> {
  try {
    await call();
    return undefined;
  } catch (thrown) {
    return grpcReason(thrown);
  }
}
