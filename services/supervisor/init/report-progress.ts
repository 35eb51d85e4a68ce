import type { Driver } from '../service/driver.ts';
import type { InitChannel } from './init-channel.ts';

/** Tells PID 1 when the boot has settled, which service a shutdown is stopping, and when all have stopped. */
export function reportProgress(driver: Driver, channel: InitChannel): void {
  driver.on('settled', (failed) => channel.send({ kind: 'settled', failed }));
  driver.on('down', () => channel.send({ kind: 'stopped' }));
  let reported: string | undefined;
  driver.on('change', () => {
    const { stage, services } = driver.state;
    const name = services.findLast(({ phase }) => phase === 'stopping')?.name;
    if (stage !== 'shuttingDown' || name === undefined || name === reported) return;
    reported = name;
    channel.send({ kind: 'stopping', name });
  });
}
