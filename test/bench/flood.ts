import { join } from 'node:path';
import { kitRoot } from '../../build/host/paths.ts';
import { boot } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';

const bytes = 1_000_000_000;

/**
 * One service writes 1 GB, natively in a container: the time from its first byte until the supervisor has
 * read the last.
 */
export async function floodRow(record: (name: string, value: string, goal?: string) => void): Promise<void> {
  const name = 'log of one service, natively';
  await using machine = await boot(join(kitRoot, 'test/vm/logs.yml'), { backend: 'container' });
  await kit('exec', machine.name, 'flood', '/usr/bin/sh', '-c', `echo ${bytes} >/go`);
  // Polls rarely, since each answer costs time of the supervisor, which is measured.
  const done = await machine.until(
    'through',
    async () => /^done (\S+) (\S+)$/m.exec((await kit('logs', machine.name, 'flood', '--tail', '1')).stdout),
    (found) => found !== null,
    { timeoutMs: 300_000 },
  );
  const seconds = Number(done?.[2]) - Number(done?.[1]);
  const peak = await kit('exec', machine.name, '--host', '/usr/bin/sh', '-c', peakScript);
  const peakBytes = Number(/(\d+) kB/.exec(peak.stdout)?.[1]) * 1024;
  record(name, `${(bytes / 1e6 / seconds).toFixed(0)} MB/s, ${(peakBytes / 1e6).toFixed(1)} MB`, '≥ 50 MB/s');
}

/** The brackets keep grep and the shell from matching themselves. */
const peakScript = 'grep VmHWM /proc/$(grep -l kit/superviso[r] /proc/[0-9]*/cmdline | cut -d/ -f3)/status';
