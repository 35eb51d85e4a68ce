import { Readable, Writable } from 'node:stream';
import type { MachineClient } from '../../machine/client/client.ts';
import { copyFiles } from '../../machine/copy/copy-files.ts';
import type { CopyRequest, MachineEndpoint } from '../../machine/copy/copy-request.ts';
import { signalOf, type WaitOptions } from './wait-options.ts';

export interface CopyOptions extends Pick<WaitOptions, 'signal'> {
  /** The service whose container the path is in. Default: the machine itself. */
  readonly service?: string;
  /** If the source is a symbolic link, copy what it points to. */
  readonly follow?: boolean;
  /** Relative paths of this host start here. Default: the current folder. */
  readonly cwd?: string;
}

export interface CopyResult {
  readonly files: number;
  readonly bytes: number;
  /** Devices and FIFOs, which are not created. */
  readonly skipped: number;
}

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
