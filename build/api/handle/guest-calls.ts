import { setTimeout as pause } from 'node:timers/promises';
import { exactJson } from '../../../lib/json/exact-json.ts';
import { MachineClient } from '../../machine/client/client.ts';
import { isUnavailable } from '../../machine/client/grpc-errors.ts';
import { guestError } from '../../machine/client/guest-error.ts';
import { isLive, type Machine, readMachine } from '../../machine/records/find.ts';
import { asMachineError, type MachinePlace, machineError } from './failure.ts';
import type { WaitOptions } from './types/wait.ts';
import { usualWaitMs } from './wait-options.ts';

/** Between two questions of `until`. */
const askAgainMs = 300;
/** How long `ask` waits for an answer. */
const patienceMs = 30_000;

/** Calls to a machine, whose failures are explained with the machine's console. */
export class GuestCalls {
  readonly place: MachinePlace;

  constructor(place: MachinePlace) {
    this.place = place;
  }

  /** Calls the guest. @param action what fails, for the error: `Cannot run "x"` */
  call<T>(
    action: string,
    signal: AbortSignal | undefined,
    call: (client: MachineClient) => Promise<T>,
  ): Promise<T> {
    return this.explain(async () => {
      signal?.throwIfAborted();
      const machine = await this.machine();
      using client = new MachineClient(this.place.dir);
      try {
        return await call(client);
      } catch (thrown) {
        throw guestError(`${action} in machine "${this.place.name}"`, machine, thrown);
      }
    }, signal);
  }

  /**
   * A call that only asks, so that it may be repeated: while the machine runs, it waits for a guest that does
   * not answer, as between two runs of its supervisor, for a while.
   */
  ask<T>(
    action: string,
    signal: AbortSignal | undefined,
    call: (client: MachineClient) => Promise<T>,
  ): Promise<T> {
    const endMs = performance.now() + patienceMs;
    return this.call(action, signal, async (client) => {
      for (;;) {
        try {
          return await call(client);
        } catch (thrown) {
          if (!isUnavailable(thrown) || performance.now() > endMs || !isLive(await this.machine()))
            throw thrown;
        }
        await pause(askAgainMs, undefined, signal && { signal }).catch(() => {});
        signal?.throwIfAborted();
      }
    });
  }

  /** @throws MachineError, or the reason of the signal when that is aborted */
  async explain<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await work();
    } catch (thrown) {
      throw await asMachineError(thrown, this.place, signal);
    }
  }

  /** `TestMachine.until`. */
  async until<T>(
    what: string,
    ask: () => Promise<T>,
    check: (answer: T) => boolean,
    { timeoutMs = usualWaitMs, signal }: WaitOptions,
  ): Promise<T> {
    const endMs = performance.now() + timeoutMs;
    for (;;) {
      signal?.throwIfAborted();
      const answer = await ask();
      if (check(answer)) return answer;
      if (performance.now() > endMs) {
        const text = `Still not ${what} after ${timeoutMs} ms: ${exactJson(answer)}`;
        throw await machineError(text, this.place);
      }
      await pause(askAgainMs, undefined, signal && { signal }).catch(() => {});
    }
  }

  /** Its record. @throws */
  async machine(): Promise<Machine> {
    const machine = await readMachine(this.place.dir);
    if (machine) return machine;
    throw new Error(`Cannot find machine "${this.place.name}": it was removed`);
  }
}
