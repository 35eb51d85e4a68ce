import { guestPaths } from '../../lib/bundle/bundle.ts';
import { type WatchdogConfig, watchdogResetFile } from '../../lib/bundle/watchdog.ts';
import type { WatchdogDevice } from '../../lib/linux/system/watchdog.ts';
import type { StepContext } from '../steps.ts';
import { loadModuleByName } from './modules.ts';
import { WatchdogFeeder } from './watchdog-feeder.ts';

/** The kernel makes it for the first watchdog. */
const device = '/dev/watchdog0';

/**
 * Starts the watchdog if the manifest has `watchdog:`, and remembers whether it has reset the machine.
 * @returns who feeds it, or why nobody does; undefined without `watchdog:`
 */
export function startWatchdog(init: StepContext): WatchdogFeeder | string | undefined {
  const config = watchdogConfig(init);
  if (!config) return undefined;
  const { system, console } = init;
  if (!system.ownsMachine()) return 'skipped in a container';
  // The drivers of hardware are loaded by now.
  if (!system.files.has(device)) loadModuleByName('softdog', init);
  const watchdog = system.openWatchdog(device, config.timeoutS);
  if (watchdog.hasReset) reportReset(init, watchdog);
  const feeder = new WatchdogFeeder(watchdog, (line) => console.log(line));
  feeder.start();
  return feeder;
}

/** Undefined without `watchdog:` in the manifest. */
function watchdogConfig({ system }: StepContext): WatchdogConfig | undefined {
  const text = system.files.read(guestPaths.watchdog);
  return text === undefined ? undefined : JSON.parse(text);
}

/** The supervisor records an incident of it. */
function reportReset({ system, console }: StepContext, { identity }: WatchdogDevice): void {
  const what = `the watchdog (${identity}) reset the machine, which had not fed it`;
  console.log(what);
  system.files.write(watchdogResetFile, `${what}\n`);
}
