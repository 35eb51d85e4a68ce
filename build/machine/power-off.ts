import { grpcReason, type MachineClient } from './client.ts';

export interface PowerOff {
  readonly client: MachineClient;
  /** Resolves to whether the machine was gone within so many milliseconds. */
  readonly gone: (ms: number) => Promise<boolean>;
  /** Something a person should know. */
  readonly say: (text: string) => void;
  /** How long the guest may take to stop its services and power off. */
  readonly timeoutMs: number;
}

/** How long a guest may take over its power button, which it may not even listen to. */
const buttonMs = 20_000;
/** How long QEMU may take to end when told to. */
const quitMs = 5000;

/**
 * Ends a machine: asks the guest, which stops its services in order; if it does not answer, presses the power
 * button; if that does not help, pulls the plug. Resolves to false when even the monitor does not do as it is
 * told.
 */
export async function powerOff({ client, gone, say, timeoutMs }: PowerOff): Promise<boolean> {
  const asked = await tell(() => client.end('poweroff'));
  if (asked === undefined) {
    if (await gone(timeoutMs)) return true;
    say(`The guest has not powered off within ${timeoutMs / 1000} s: pressing the power button`);
  } else {
    if (await gone(0)) return true;
    say(`The guest does not answer (${asked}): pressing the power button`);
  }
  const pressed = await tell(() => client.monitor('powerButton'));
  if (pressed === undefined && (await gone(buttonMs))) return true;
  if (await gone(0)) return true;
  say('The guest does not heed the power button: ending it at once');
  await tell(() => client.monitor('quit'));
  return gone(quitMs);
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
