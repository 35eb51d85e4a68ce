import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { machineEndsFile } from '../../lib/bundle/network.ts';
import { runService } from '../../lib/service/service.ts';
import { readSettings } from './arguments.ts';
import { leaseOnce } from './once.ts';
import { DhcpProgram } from './program.ts';

await runService(async ({ signal, log }) => {
  const { once, timeoutMs, ...settings } = readSettings();
  if (once) return leaseOnce({ ...settings, log: log.info }, timeoutMs);
  const program = new DhcpProgram({ ...settings, log: log.info });
  const ends = join(dirname(settings.resolvConf), machineEndsFile);
  // The address is kept when this program restarts: connections survive, and the next run leases it again.
  signal.addEventListener('abort', () => program.close({ release: existsSync(ends) }));
});
