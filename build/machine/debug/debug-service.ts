import { setTimeout as pause } from 'node:timers/promises';
import { printResult } from '../../cli/print-result.ts';
import type { Context } from '../../host/context.ts';
import { MachineClient } from '../client/client.ts';
import { runningMachine } from '../records/running-machine.ts';
import { addresses, instructions } from './instructions.ts';
import { type DebugOptions, openDebugger } from './open.ts';

/**
 * Serves the inspector of a service on this host, until the service ends, the time is up or the signal is
 * aborted.
 */
export async function debugService(
  options: DebugOptions,
  minutes: number,
  flags: { readonly json?: boolean },
  context: Context,
): Promise<void> {
  const machine = await runningMachine(options.machine, context);
  using client = new MachineClient(machine.dir);
  await using server = await openDebugger(client, options);
  printResult(context, flags, addresses(server), instructions(server, minutes, options.stopped));
  await Promise.race([
    server.ended,
    pause(minutes * 60_000, undefined, { signal: context.signal, ref: false }).catch(() => {}),
  ]);
}
