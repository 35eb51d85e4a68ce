import { Readable, Writable } from 'node:stream';
import type { MachineClient } from '../../machine/client/client.ts';
import { copyFiles } from '../../machine/copy/copy-files.ts';
import type { CopyRequest, MachineEndpoint } from '../../machine/copy/copy-request.ts';
import type { CopyOptions, CopyResult } from './types/actions.ts';
import { signalOf } from './wait-options.ts';

/** Copies between a path of this host and one of a machine, by the rules of docker cp. @throws */
export function copyWith(
  client: MachineClient,
  direction: CopyRequest['direction'],
  paths: { readonly host: string; readonly machine: string },
  options: CopyOptions,
): Promise<CopyResult> {
  const there: MachineEndpoint = {
    kind: 'machine',
    machine: '',
    service: options.service ?? '',
    path: paths.machine.startsWith('/') ? paths.machine : `/${paths.machine}`,
  };
  const here = { kind: 'host', path: paths.host } as const;
  const request: CopyRequest =
    direction === 'upload' ? { direction, from: here, to: there } : { direction, from: there, to: here };
  const nowhere = new Writable({ write: (_bytes, _encoding, done) => done() });
  return copyFiles(
    client,
    request,
    { follow: options.follow ?? false, note: () => {} },
    {
      ...{ stdin: Readable.from([]), stdout: nowhere, stderr: nowhere, env: {} },
      ...{ cwd: options.cwd ?? process.cwd(), signal: signalOf(options) },
    },
  );
}
