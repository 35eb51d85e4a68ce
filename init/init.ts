import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf } from '../lib/errors/errors.ts';
import { releaseMemory } from '../lib/linux/process/own-memory.ts';
import { openConsole } from './console.ts';
import { endMachine } from './ending/end.ts';
import { EndRequests, installHandlers } from './ending/end-requests.ts';
import { takePowerButton } from './host/power-button.ts';
import { realKernel } from './kernel.ts';
import { bootSteps, type Init } from './phases.ts';
import { Reaper } from './reaper.ts';
import { runSteps } from './steps.ts';
import { consoleShell } from './tasks/shell.ts';
import { earlierTimes, writeTimeline } from './timeline.ts';

/** What must stand before anything can go wrong: the console, the handlers, the reaper. */
export function takeCharge(): Init {
  const console = openConsole();
  const requests = new EndRequests();
  installHandlers(requests, console);
  const reaper = new Reaper();
  reaper.start();
  return {
    console,
    requests,
    kernel: realKernel,
    ending: requests.ending,
    waitFor: (pid) => reaper.waitFor(pid),
    daemons: {},
    settled: Promise.withResolvers(),
  };
}

/** Runs the boot's steps. What it cannot do without ends the machine, after a shell if the command line allows one. */
export async function boot(init: Init): Promise<void> {
  const { kernel, console, requests } = init;
  try {
    const before = earlierTimes(init);
    const times = [...before, ...(await runSteps(bootSteps, init))];
    writeTimeline(times, init);
    void doLater(init);
  } catch (thrown) {
    console.say(reasonOf(thrown));
    if (kernel.files.read('/proc/cmdline')?.split(/\s+/).includes('kit.shell'))
      await consoleShell('kit.shell: a shell; the machine powers off when it ends', init);
    requests.ask({ ending: 'poweroff', by: 'init, which cannot boot' });
  }
}

/** What can wait for the services; one of them may take for ever to be ready, so half a minute is enough. */
async function doLater(init: Init): Promise<void> {
  await Promise.race([init.settled.promise, sleep(30_000)]);
  await takePowerButton(init);
  releaseMemory();
}

/** Waits until somebody wants the machine to end, and ends it. */
export async function end(init: Init): Promise<void> {
  try {
    await endMachine(await init.requests.asked, init);
  } catch (thrown) {
    // reboot(2) refused, for instance in a container without the right: leaving is then all that remains.
    init.console.say(reasonOf(thrown));
    if (process.pid !== 1) process.exit(1);
  }
}
