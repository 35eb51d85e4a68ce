import { visibleTime } from '../../lib/errors/visible-time.ts';
import type { Clock } from './clock/clock.ts';
import type { ClockKeeper } from './clock/clock-keeper.ts';
import type { HardwareKeeper } from './clock/hardware-keeper.ts';
import type { ServerStatus, Status } from './files/status-file.ts';
import { secondsOf } from './protocol/timestamp.ts';
import type { Server } from './servers/server.ts';
import type { ServerList } from './servers/server-list.ts';

/** What `status.json` says. */
export function statusOf(
  keeper: ClockKeeper,
  { state: hardwareClock, setBy }: HardwareKeeper,
  list: ServerList,
  clock: Clock,
  now: number,
): Status {
  const { consensus, state, wasRight } = keeper;
  const followed = consensus && {
    server: consensus.best.name,
    stratum: consensus.best.stratum + 1,
    offset: secondsOf(consensus.offset),
    jitter: consensus.jitter,
    rootDelay: consensus.best.delay,
    rootDispersion: consensus.best.dispersion,
  };
  return {
    ...{ state, wasRight, ...followed },
    ...{ hardwareClock, ...(setBy && { hardwareClockSetBy: setBy }) },
    frequency: clock.frequency(),
    leap: consensus?.leap ?? 0,
    poll: 2 ** keeper.poll,
    from: list.from,
    servers: list.servers.map((server) => serverStatus(server, keeper, now)),
    updated: visibleTime(clock.now() / 1_000_000n),
  };
}

function serverStatus(server: Server, keeper: ClockKeeper, now: number): ServerStatus {
  const { name, protocol, at, association } = server;
  const measurement = association.filtered(now)?.best.measurement;
  return {
    ...{ name, protocol, address: at.address, state: serverState(server, keeper), reach: association.reach },
    ...(measurement && {
      stratum: measurement.stratum,
      offset: secondsOf(measurement.offset),
      delay: measurement.delay,
    }),
  };
}

function serverState(
  { name, association }: Server,
  { consensus, leader }: ClockKeeper,
): ServerStatus['state'] {
  if (association.denied !== undefined) return 'denied';
  if (association.reach === 0) return 'silent';
  if (consensus?.falsetickers.includes(name)) return 'false';
  if (leader === name) return 'followed';
  return consensus?.survivors.includes(name) ? 'counted' : 'unsure';
}
