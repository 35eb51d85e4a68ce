import { closeSync } from 'node:fs';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import { hasVsock, listenOnVsock } from '../../lib/linux/net/vsock.ts';
import { readHardwareClock } from '../../lib/linux/system/hardware-clock.ts';
import { setWallClock } from '../../lib/linux/system/host.ts';
import { RateLimit } from '../../lib/log/rate-limit.ts';
import { runService } from '../../lib/service/service.ts';
import { readSettings } from './arguments.ts';
import { setClock } from './set-clock.ts';

await runService(async ({ log, ready }) => {
  const { port } = readSettings();
  if (!hasVsock()) return log.notice('nothing to do: this machine has no vsock (/dev/vsock)');
  const clocks = { now: Date.now, hardware: readHardwareClock, set: setWallClock };
  const reports = new RateLimit();
  try {
    // Whoever connects, the clock is set to what the hypervisor says the time is.
    listenOnVsock(port, (fd, { cid }) => {
      try {
        const done = setClock(clocks);
        if (reports.report(`${cid} ${done}`) !== undefined) log.notice(`vsock ${cid} connected: ${done}`);
      } catch (thrown) {
        log.error(`Cannot set the clock: ${reasonOf(thrown)}`);
      } finally {
        // That it is closed tells the peer that it is done.
        closeSync(fd);
      }
    });
  } catch (thrown) {
    throw new KitError(`Cannot listen on port ${port} of vsock: ${reasonOf(thrown)}`, { cause: thrown });
  }
  log.info(`port ${port} sets the clock to the battery-backed one`);
  ready();
});
