import { existsSync } from 'node:fs';
import { hostname, loadavg, machine, networkInterfaces, release, version } from 'node:os';
import type { Duplex } from 'node:stream';
import { openPort, serveSessions } from '../../lib/control/port.ts';
import { readServiceFile } from '../../lib/files/service-file.ts';
import { readHardwareClock, setHardwareClock } from '../../lib/linux/system/hardware-clock.ts';
import { setWallClock } from '../../lib/linux/system/host.ts';
import { clockNs } from '../../lib/linux/system/timex.ts';
import type { ServiceContext } from '../../lib/service/service.ts';
import { answer } from './agent.ts';
import { readSettings } from './arguments.ts';
import type { Clock, Machine } from './commands/machine.ts';
import { diskKernel } from './disks/disk-kernel.ts';
import { MachineDisks } from './disks/machine-disks.ts';
import { endMachine } from './end-machine.ts';
import { QapiError } from './protocol/qapi-error.ts';
import { serveHost } from './serve.ts';

/** Serves one host after another, until the service is stopped. */
export async function run({ log, ready, signal, stopped }: ServiceContext): Promise<void> {
  const { device, root, socket, freezeLimitMs } = readSettings();
  const disks = new MachineDisks(diskKernel(root), freezeLimitMs, log);
  disks.thawLeftovers();
  signal.addEventListener('abort', () => disks.close());
  if (!existsSync(device)) return log.info(`there is no ${device}: the hypervisor asks no agent`);
  const agent: Machine = {
    end: (ending) => endMachine(socket, ending),
    disks,
    clock,
    system: {
      ...{ hostname, interfaces: networkInterfaces, load: loadavg },
      kernel: () => ({ release: release(), version: version(), machine: machine() }),
      osRelease: () => readServiceFile(`${root}/etc/os-release`, 16_384) ?? '',
    },
  };
  const accept = (connection: Duplex): void => {
    void serveHost(connection, (piece) => answer(piece, agent, log)).then(() => connection.destroy());
  };
  void serveSessions(accept, () => openPort(device));
  ready();
  await stopped();
  process.exit();
}

const clock: Clock = {
  now: () => clockNs('realtime'),
  set: (ns) => {
    setWallClock(Number(ns) / 1e6);
    if (readHardwareClock() !== undefined) setHardwareClock(Number(ns) / 1e6);
  },
  takeHardware: () => {
    const timeMs = readHardwareClock();
    if (timeMs === undefined) throw new QapiError('The machine has no battery-backed clock');
    setWallClock(timeMs);
  },
};
