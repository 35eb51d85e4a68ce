import { readServiceFile } from '../../lib/files/service-file.ts';
import { kernelDate, kernelVersionFile } from '../../lib/linux/system/kernel-date.ts';
import { listPtpClocks, readPtpClock } from '../../lib/linux/system/ptp.ts';
import { runService } from '../../lib/service/service.ts';
import { readSettings } from './arguments.ts';
import { kernelClock, maySetClock } from './clock/kernel-clock.ts';
import { markReady } from './files/status-file.ts';
import { NtpProgram } from './program.ts';
import { resolveServer } from './servers/resolve.ts';

await runService(async ({ signal, stopped, log }) => {
  const settings = readSettings();
  if (!maySetClock()) {
    log.notice('nothing to do: this clock belongs to the host, which keeps it');
    // For services that wait for it.
    markReady(settings.folder, true);
    return stopped();
  }
  const program = new NtpProgram(settings, {
    ...{ clock: kernelClock, resolve: resolveServer, random: Math.random, log, port: 123 },
    ptp: { list: listPtpClocks, read: readPtpClock },
    kernelDate: kernelDate(readServiceFile(kernelVersionFile, 256) ?? ''),
  });
  signal.addEventListener('abort', () => program.close());
});
