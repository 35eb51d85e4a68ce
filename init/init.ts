import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf } from '../lib/errors/errors.ts';
import { releaseMemory } from '../lib/linux/process/own-memory.ts';
import type { InitContext } from './context.ts';
import { EndRequests, installHandlers } from './end-requests.ts';
import { lockModules } from './host/lock-modules.ts';
import { watchPowerButton } from './host/power-button.ts';
import { bootSteps } from './phases.ts';
import { endMachine } from './shutdown/shutdown.ts';
import { runSteps } from './steps.ts';
import { openConsole } from './system/console.ts';
import { linuxSystem } from './system/linux-system.ts';
import { Reaper } from './system/reaper.ts';
import { openConsoleShell } from './tasks/shell.ts';
import { timesBeforeInit, writeTimeline } from './timeline.ts';

/** Sets up the console, the handlers and the reaper, which have to exist before anything can fail. */
export function startInit(): InitContext {
  const console = openConsole();
  const requests = new EndRequests();
  installHandlers(requests, console);
  const reaper = new Reaper();
  reaper.start();
  const daemons: InitContext['daemons'] = {};
  return {
    console,
    requests,
    system: linuxSystem,
    ending: requests.ending,
    waitFor: (pid) => reaper.waitFor(pid),
    taskFailed: () => daemons.supervisor?.taskFailed(),
    daemons,
    servicesSettled: Promise.withResolvers(),
  };
}

/** Runs the boot steps. A fatal failure ends in power-off, after a shell if `kit.shell` is given. */
export async function boot(init: InitContext): Promise<void> {
  const { system, console, requests } = init;
  try {
    const before = timesBeforeInit(init);
    const times = [...before, ...(await runSteps(bootSteps, init))];
    writeTimeline(times, init);
    void runDeferredWork(init);
  } catch (thrown) {
    console.log(reasonOf(thrown));
    if (system.files.read('/proc/cmdline')?.split(/\s+/).includes('kit.shell'))
      await openConsoleShell('kit.shell: starting a shell; the machine powers off when it exits', init);
    requests.request({ ending: 'poweroff', by: 'init, which cannot boot' });
  }
}

/** Runs the deferred work once the services are up, or after 30 s: a service may never become ready. */
async function runDeferredWork(init: InitContext): Promise<void> {
  await Promise.race([init.servicesSettled.promise, sleep(30_000)]);
  await watchPowerButton(init);
  releaseMemory();
  // Services may need modules until then, but one that never becomes ready must not keep them open.
  await Promise.race([init.servicesSettled.promise, sleep(90_000)]);
  lockModules(init);
}

/** Waits until the end of the machine is requested, and carries it out. */
export async function shutDown(init: InitContext): Promise<void> {
  try {
    await endMachine(await init.requests.first, init);
  } catch (thrown) {
    // reboot(2) failed, for instance in a container without CAP_SYS_BOOT: all that is left is to exit.
    init.console.log(reasonOf(thrown));
    if (process.pid !== 1) process.exit(1);
  }
}
