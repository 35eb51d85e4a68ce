import { readServiceFile } from '../../lib/files/service-file.ts';
import { kernelDate, kernelVersionFile } from '../../lib/linux/system/kernel-date.ts';
import { listPtpClocks, readPtpClock } from '../../lib/linux/system/ptp.ts';
import { runService } from '../../lib/service/service.ts';
import { readSettings } from './arguments.ts';
import { kernelClock } from './clock/kernel-clock.ts';
import { NtpProgram } from './program.ts';
import { resolveServer } from './servers/resolve.ts';

await runService(({ signal, log }) => {
  const program = new NtpProgram(readSettings(), {
    ...{ clock: kernelClock, resolve: resolveServer, random: Math.random, log, port: 123 },
    ptp: { list: listPtpClocks, read: readPtpClock },
    kernelDate: kernelDate(readServiceFile(kernelVersionFile, 256) ?? ''),
  });
  signal.addEventListener('abort', () => program.close());
});
