import type { ToInit } from '../lib/control/init.ts';
import type { InitContext } from './context.ts';
import { startContainerd } from './daemons/containerd.ts';
import { startSupervisor } from './daemons/supervisor.ts';
import { startFirewall } from './host/firewall.ts';
import { makeResolvConf, raiseLimits, sendCtrlAltDelToInit, setClock, startLoopback } from './host/host.ts';
import { setHostname, watchHostname } from './host/hostname.ts';
import { mountLayers, mountVolumes } from './host/layers.ts';
import { loadDrivers } from './host/modules.ts';
import { mountAll, setUpCgroups } from './host/mounts.ts';
import { setUpLateTunnels, setUpNetwork } from './host/network/network.ts';
import { hardenForProduction } from './host/production.ts';
import { setLateSysctls, setSysctls } from './host/sysctls.ts';
import { startWatchdog } from './host/watchdog.ts';
import { WatchdogFeeder } from './host/watchdog-feeder.ts';
import type { InitStep } from './steps.ts';
import { runTasks } from './tasks/tasks.ts';
import { logReady } from './timeline.ts';

/**
 * The boot, in order. containerd and the supervisor start early: they take seconds to load and need nothing
 * of what follows. The supervisor starts no service before the message `go`, which is the last step.
 */
export const bootSteps: readonly InitStep<InitContext>[] = [
  { name: 'mounts', onError: 'stop', run: mountAll },
  { name: 'cgroups', onError: 'continue', run: setUpCgroups },
  { name: 'limits', onError: 'continue', run: setLimits },
  { name: 'sysctls', onError: 'continue', run: setSysctls },
  { name: 'ctrl-alt-del', onError: 'continue', run: sendCtrlAltDelToInit },
  { name: 'loopback', onError: 'continue', run: startLoopback },
  { name: 'containerd', onError: 'continue', run: beginContainerd },
  { name: 'supervisor', onError: 'continue', run: beginSupervisor },
  { name: 'clock', onError: 'continue', run: setClock },
  { name: 'resolv.conf', onError: 'continue', run: makeResolvConf },
  { name: 'drivers', onError: 'continue', run: loadDrivers },
  { name: 'watchdog', onError: 'continue', run: beginWatchdog },
  { name: 'firewall', onError: 'stop', run: startFirewall },
  { name: 'network', onError: 'continue', run: setUpNetwork },
  { name: 'hostname', onError: 'continue', run: setHostname },
  { name: 'layers', onError: 'continue', run: mountLayers },
  { name: 'volumes', onError: 'continue', run: mountVolumes },
  { name: 'onboot', onError: 'continue', run: runOnboot },
  { name: 'services', onError: 'continue', run: allowServices },
];

function setLimits(init: InitContext): string | undefined {
  const hardened = hardenForProduction(init);
  return [hardened, raiseLimits(init)].filter(Boolean).join(', ') || undefined;
}

function beginWatchdog(init: InitContext): string | undefined {
  const started = startWatchdog(init);
  if (!(started instanceof WatchdogFeeder)) return started;
  init.daemons.watchdog = started;
  return started.text;
}

function beginContainerd(init: InitContext): string {
  init.daemons.containerd = startContainerd(init);
  return init.daemons.containerd ? 'starting' : 'not in the image';
}

function beginSupervisor(init: InitContext): string {
  init.daemons.supervisor = startSupervisor(init, (message) => handleMessage(message, init));
  return init.daemons.supervisor ? 'starting' : 'not in the image';
}

function handleMessage(message: ToInit, init: InitContext): void {
  if (message.kind === 'end') init.requests.request(message);
  if (message.kind === 'alive') init.daemons.watchdog?.alive();
  if (message.kind !== 'settled') return;
  logReady(message.failed, init);
  init.servicesSettled.resolve();
}

async function runOnboot(init: InitContext): Promise<string> {
  const { summary, request } = await runTasks('onboot', init);
  if (request) init.requests.request(request);
  setUpLateTunnels(init);
  watchHostname(init);
  setLateSysctls(init);
  return summary;
}

function allowServices({ daemons, servicesSettled }: InitContext): string {
  daemons.supervisor?.go();
  if (daemons.supervisor) return 'may start';
  servicesSettled.resolve();
  return 'no supervisor in the image';
}
