import { spawn } from 'node:child_process';
import { existsSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolCommand } from '../../build/tools/command.ts';
import type { Tools } from '../../build/tools/tree.ts';

/** A disk as QEMU shows it: a file that may be used like any other. */
export interface ExportedDisk extends AsyncDisposable {
  readonly shown: string;
  /** What it was told, if it keeps a log. */
  readonly log: string;
}

/** What a disk does besides keeping what it is told. */
export type Behaviour =
  /** It logs each request (blklogwrites). */
  | { readonly kind: 'logs' }
  /** A write to this sector of 512 bytes fails, once or always (blkdebug). */
  | { readonly kind: 'fails'; readonly sector: number; readonly once: boolean };

/**
 * Shows the file `disk` of a folder through qemu-storage-daemon; the file is made if it is missing.
 * @param tools kit's tools tree
 */
export async function exportDisk(
  folder: string,
  bytes: number,
  behaviour: Behaviour,
  tools: Tools,
): Promise<ExportedDisk> {
  const [disk = '', log = '', shown = ''] = ['disk', 'log', 'shown'].map((name) => join(folder, name));
  if (!existsSync(disk)) writeFileSync(disk, '');
  truncateSync(disk, bytes);
  for (const path of [log, shown]) writeFileSync(path, '');
  truncateSync(log, 2 ** 34);
  const { file, args, env } = toolCommand(tools, 'qemu-storage-daemon', [
    ...['--blockdev', `driver=file,node-name=disk,filename=${disk},discard=unmap`],
    ...blockDevices(behaviour, log).flatMap((one) => ['--blockdev', one]),
    ...['--export', `type=fuse,id=disk,node-name=top,mountpoint=${shown},writable=on,allow-other=off`],
  ]);
  // Before the start, which may have mounted it by the time that this process runs again.
  const { dev } = statSync(shown);
  const child = spawn(file, args, { env, stdio: 'inherit' });
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  while (child.exitCode === null && statSync(shown).dev === dev)
    await new Promise((go) => setTimeout(go, 50));
  if (child.exitCode !== null) throw new Error('qemu-storage-daemon has ended');
  return {
    ...{ shown, log },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function blockDevices(behaviour: Behaviour, log: string): string[] {
  if (behaviour.kind === 'logs')
    return [
      `driver=file,node-name=log,filename=${log}`,
      'driver=blklogwrites,node-name=top,file=disk,log=log,log-sector-size=512,log-super-update-interval=1,discard=unmap',
    ];
  const { sector, once } = behaviour;
  const fault = {
    ...{ event: 'none', iotype: 'write', errno: 5, sector, once: once ? 'on' : 'off' },
  };
  const words = Object.entries(fault).map(([name, value]) => `inject-error.0.${name}=${value}`);
  return [['driver=blkdebug,node-name=top,image=disk,discard=unmap', ...words].join()];
}
