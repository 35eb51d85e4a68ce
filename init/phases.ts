import type { ToInit } from '../lib/control/init.ts';
import { type Supervisor, startContainerd, startSupervisor } from './daemons/daemons.ts';
import type { Kept } from './daemons/keeper.ts';
import type { EndRequests } from './ending/end-requests.ts';
import {
  makeResolvConf,
  nameHost,
  raiseLimits,
  setClock,
  startLoopback,
  takeCtrlAltDel,
  takeFoundName,
} from './host/host.ts';
import { mountLayers, mountVolumes } from './host/layers.ts';
import { loadDrivers } from './host/modules.ts';
import { mountAll, openCgroups } from './host/mounts.ts';
import { setNetwork } from './host/network.ts';
import { closeForProduction } from './host/production.ts';
import type { Step } from './steps.ts';
import type { ContainerMachine } from './tasks/container.ts';
import { runTasks } from './tasks/tasks.ts';
import { showReady } from './timeline.ts';

/** The machine, and what init has started in it. */
export interface Init extends ContainerMachine {
  readonly requests: EndRequests;
  readonly daemons: { containerd?: Kept | undefined; supervisor?: Supervisor | undefined };
  /** Resolved when every service is ready or has failed: what can wait until then costs the boot nothing. */
  readonly settled: PromiseWithResolvers<void>;
}

/**
 * The boot, in order. containerd and the supervisor come early, since they take seconds to start and need none of what
 * follows; the supervisor waits for `go`, which comes last.
 */
export const bootSteps: readonly Step<Init>[] = [
  { name: 'mounts', ifItFails: 'stop', run: mountAll },
  { name: 'cgroups', ifItFails: 'go on', run: openCgroups },
  { name: 'limits', ifItFails: 'go on', run: setLimits },
  { name: 'ctrl-alt-del', ifItFails: 'go on', run: takeCtrlAltDel },
  { name: 'loopback', ifItFails: 'go on', run: startLoopback },
  { name: 'containerd', ifItFails: 'go on', run: beginContainerd },
  { name: 'supervisor', ifItFails: 'go on', run: beginSupervisor },
  { name: 'clock', ifItFails: 'go on', run: setClock },
  { name: 'resolv.conf', ifItFails: 'go on', run: makeResolvConf },
  { name: 'drivers', ifItFails: 'go on', run: loadDrivers },
  { name: 'network', ifItFails: 'go on', run: setNetwork },
  { name: 'hostname', ifItFails: 'go on', run: nameHost },
  { name: 'layers', ifItFails: 'go on', run: mountLayers },
  { name: 'volumes', ifItFails: 'go on', run: mountVolumes },
  { name: 'onboot', ifItFails: 'go on', run: runOnboot },
  { name: 'services', ifItFails: 'go on', run: allowServices },
];

function setLimits(init: Init): string | undefined {
  const closed = closeForProduction(init);
  return [closed, raiseLimits(init)].filter(Boolean).join(', ') || undefined;
}

function beginContainerd(init: Init): string {
  init.daemons.containerd = startContainerd(init);
  return init.daemons.containerd ? 'starting' : 'not in the image';
}

function beginSupervisor(init: Init): string {
  init.daemons.supervisor = startSupervisor(init, (message) => hear(message, init));
  return init.daemons.supervisor ? 'starting' : 'not in the image';
}

function hear(message: ToInit, init: Init): void {
  if (message.kind === 'end') init.requests.ask(message);
  if (message.kind !== 'settled') return;
  showReady(message.failed, init);
  init.settled.resolve();
}

async function runOnboot(init: Init): Promise<string> {
  const { done, request } = await runTasks('onboot', init);
  if (request) init.requests.ask(request);
  takeFoundName(init);
  return done;
}

function allowServices({ daemons, settled }: Init): string {
  daemons.supervisor?.go();
  if (daemons.supervisor) return 'may start';
  settled.resolve();
  return 'nobody to start them';
}
