import { setTimeout as pause } from 'node:timers/promises';
import { printResult } from '../../cli/print-result.ts';
import type { Context } from '../../host/context.ts';
import { MachineClient } from '../client/client.ts';
import { runningMachine } from '../records/running-machine.ts';
import { devtoolsUrl, vscodeConfiguration } from './addresses.ts';
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

interface Target {
  readonly title: string;
  readonly url: string;
  readonly port: number;
}

function addresses({ title, url, port }: Target): object {
  return { url, port, devtools: devtoolsUrl(url), vscode: vscodeConfiguration(title, port) };
}

function instructions({ title, url, port }: Target, minutes: number, stopped: boolean): string {
  const waiting =
    'The service waits at its start: it stops before its first line once a debugger attaches.\n';
  const end = stopped ? 'Ctrl-C closes it, and the\nservice continues.' : 'Ctrl-C closes it.';
  return `Debugger listening on ${url}

Chrome: open chrome://inspect, or this address:
  ${devtoolsUrl(url)}
VS Code: add this to the configurations in .vscode/launch.json, and attach:
  ${JSON.stringify(vscodeConfiguration(title, port))}

${stopped ? waiting : ''}Set breakpoints in the TypeScript files. The debugger stays open for ${minutes} minutes. ${end}
`;
}
