import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { guestPaths } from '../../lib/bundle/bundle.ts';
import { bundleKernel } from '../../lib/bundle/bundle-kernel.ts';
import type { BundleKernel } from '../../lib/bundle/prepare.ts';
import { type Bundle, readBundles } from '../../lib/bundle/read.ts';
import { Containerd, type Task } from '../../lib/containerd/client.ts';
import type { ToInit, ToSupervisor } from '../../lib/control/init.ts';
import { releaseMemory } from '../../lib/linux/process/own-memory.ts';
import { LogFolder } from '../../lib/log/folder.ts';
import { printLine } from '../../lib/log/print-line.ts';
import { LogWriter } from '../../lib/log/writer.ts';
import { openEntrances } from './access/entrances.ts';
import { Notices } from './access/notices.ts';
import { type ControlSettings, controlService } from './control/control.ts';
import { failedTasks } from './control/reports.ts';
import { LayerStore } from './debug-image/layer-store.ts';
import { ToolsContainers } from './debug-image/tools-container.ts';
import { incidentFolder } from './incidents/incident-folder.ts';
import { Incidents } from './incidents/incidents.ts';
import { keepKernelLog, kernelSource } from './logs/kernel-log.ts';
import { adoptTasks } from './service/adopt.ts';
import { Driver } from './service/driver.ts';
import { Keeper, type Kept } from './service/keep.ts';
import { Runner } from './service/runner.ts';
import { inStartOrder } from './state/order.ts';
import { newService, newWorld, type Policy, type World } from './state/state.ts';

/** Where things are: `guestPaths` in a guest, folders of its own in a test. */
export interface Places {
  readonly containers: string;
  readonly logs: string;
  readonly reports: string;
  /** The program that copies files. */
  readonly copy: string;
  readonly controlSocket: string;
  readonly readSocket: string;
  /** The file with the manifest's `control:`, if it has any. */
  readonly control: string;
  /** The device of vsock, if the machine has it: a test on somebody's machine names one that is not there. */
  readonly vsock: string;
  readonly containerdSocket: string;
  /** A folder of the supervisor's own, in memory: fifos, state. */
  readonly state: string;
  /** Undefined: where `incidentFolder` says. */
  readonly incidents?: string;
}

export const guestPlaces: Places = { ...guestPaths, state: '/run/kit/supervisor' };

/** Runs the machine's services; returns when they are on their way, and goes on for as long as the process lives. */
export async function supervise(places: Places, kernel: BundleKernel = bundleKernel): Promise<void> {
  const containerd = new Containerd(places.containerdSocket);
  const keeper = new Keeper(`${places.state}/state.json`);
  const kept = keeper.read();
  const bundles = readBundles('services', places.containers);
  const logs = new LogFolder(places.logs);
  const runners = bundles.map((bundle) => {
    const log = new LogWriter(logs, bundle.name);
    return [bundle.name, new Runner(bundle, log, containerd, kernel, `${places.state}/fifo`)] as const;
  });
  const incidents = new Incidents(() => places.incidents ?? incidentFolder(), places.logs);
  const driver = new Driver(worldOf(bundles, kept), new Map(runners), keeper, incidents);
  const { go, stop } = hearInit();
  tellProgress(driver);
  const debugLayers = new LayerStore(
    { folder: `${places.state}/debug-images`, machineLayers: guestPaths.layers },
    kernel,
  );
  const tools = new ToolsContainers(containerd, debugLayers, kernel);
  tools.clear();
  const tasks = () => allTasks(containerd, bundles);
  await serveControl(driver, places, { debugLayers, tools, tasks });
  void keepKernelLogLater(driver, logs);
  const adopted = adoptTasks(driver, containerd, kept);
  void stop.then(async () => {
    // What an earlier supervisor left running is to be stopped as well; without one there is nothing to wait for.
    if (!isFirst(kept)) await adopted;
    keepFailedTasks(driver, kept, places);
    driver.dispatch({ kind: 'stopAll' });
  });
  await Promise.all([adopted, go]);
  keepFailedTasks(driver, kept, places);
  driver.once('settled', () => setTimeout(releaseMemory, quietMs).unref());
  driver.dispatch({ kind: 'boot' });
}

/** Milliseconds after the boot, when those who waited for it have had their answers. */
const quietMs = 5000;

/** A supervisor that follows another finds the incidents of onboot kept. */
const isFirst = ({ services }: Kept): boolean => Object.keys(services).length === 0;

/** Once onboot is over, as a disk for /var may be mounted by it; or when it was cut short, and the machine goes down. */
function keepFailedTasks({ incidents, world }: Driver, kept: Kept, { reports }: Places): void {
  if (!isFirst(kept) || world.course !== 'adopting') return;
  for (const { name, lastExit } of failedTasks(reports)) incidents.add(name, lastExit);
}

function worldOf(bundles: readonly Bundle[], kept: Kept): World {
  const services = bundles.map(({ name, runtime }) => {
    const policy: Policy = { ...runtime.kit, probed: runtime.kit.ready !== null };
    return newService(name, policy, { ...kept.services[name], pid: 0 });
  });
  return newWorld(inStartOrder(services), kept.settled);
}

/** A boot has hundreds of lines, which the kernel keeps meanwhile: the services come first. */
async function keepKernelLogLater(driver: Driver, logs: LogFolder): Promise<void> {
  await once(driver, 'settled', { signal: AbortSignal.timeout(kernelLogMs) }).catch(() => {});
  keepKernelLog(new LogWriter(logs, kernelSource));
}

const kernelLogMs = 15_000;

const production = existsSync(guestPaths.production);

/** Control is served before the services start, so that a host sees them start. */
async function serveControl(
  driver: Driver,
  places: Places,
  parts: Pick<ControlSettings, 'debugLayers' | 'tools' | 'tasks'>,
): Promise<void> {
  const end = (ending: 'poweroff' | 'reboot' | 'halt') => tellInit({ kind: 'end', ending, by: 'control' });
  const control = controlService(driver, { ...places, ...parts, end });
  await openEntrances({ control, production, notices: new Notices(printLine) }, places);
}

/** What containerd knows of, in every namespace that a service has. */
async function allTasks(containerd: Containerd, bundles: readonly Bundle[]): Promise<Task[]> {
  const namespaces = [...new Set(bundles.map(({ runtime }) => runtime.namespace))];
  return (await Promise.all(namespaces.map((namespace) => containerd.listTasks(namespace)))).flat();
}

/** What PID 1 says: `go`, at once when the supervisor was started by hand, and `stop`. */
function hearInit(): { readonly go: Promise<void>; readonly stop: Promise<void> } {
  const [go, stop] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  if (!process.send) go.resolve();
  process.on('message', ({ kind }: ToSupervisor) => (kind === 'go' ? go : stop).resolve());
  return { go: go.promise, stop: stop.promise };
}

function tellProgress(driver: Driver): void {
  driver.on('settled', (failed) => tellInit({ kind: 'settled', failed }));
  driver.on('stopped', () => tellInit({ kind: 'stopped' }));
  let told: string | undefined;
  driver.on('change', () => {
    const { course, services } = driver.world;
    const name = services.findLast(({ phase }) => phase === 'stopping')?.name;
    if (course !== 'ending' || name === undefined || name === told) return;
    told = name;
    tellInit({ kind: 'stopping', name });
  });
}

/** False when nobody is there: the supervisor was started by hand. */
function tellInit(message: ToInit): boolean {
  if (!process.send || !process.connected) return false;
  process.send(message);
  return true;
}
