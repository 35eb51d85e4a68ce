import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { guestPaths } from '../../lib/bundle/bundle.ts';
import { bundleKernel } from '../../lib/bundle/bundle-kernel.ts';
import type { BundleKernel } from '../../lib/bundle/prepare.ts';
import type { Bundle } from '../../lib/bundle/read.ts';
import { Containerd } from '../../lib/containerd/client.ts';
import { descriptorCounter } from '../../lib/linux/process/descriptors.ts';
import { releaseMemory } from '../../lib/linux/process/own-memory.ts';
import { uptimeMs } from '../../lib/linux/system/host.ts';
import { auditSource } from '../../lib/log/audit.ts';
import { LogFolder } from '../../lib/log/folder.ts';
import { printLine } from '../../lib/log/print-line.ts';
import { LogWriter } from '../../lib/log/writer.ts';
import { AccessLimits } from './access/limits.ts';
import { type ListenerPaths, openListeners } from './access/listeners.ts';
import { RateLimitedLog } from './access/rate-limited-log.ts';
import { AuditTrail } from './audit/audit-trail.ts';
import { controlService } from './control/control.ts';
import { DebugContainers } from './debug-image/debug-containers.ts';
import { LayerStore } from './debug-image/layer-store.ts';
import { incidentFolder } from './incidents/incident-folder.ts';
import { Incidents } from './incidents/incidents.ts';
import { sendHeartbeats } from './init/heartbeat.ts';
import { InitChannel } from './init/init-channel.ts';
import { reportProgress } from './init/report-progress.ts';
import { recordTaskFailures, recordWatchdogReset } from './init/task-failures.ts';
import { copyKernelLog, kernelSource } from './logs/kernel-log.ts';
import { listAllTasks } from './report/tasks.ts';
import { adoptTasks } from './service/adopt-tasks.ts';
import { Driver } from './service/driver.ts';
import { serviceOfProcess } from './service/find-service.ts';
import { isFirstOfBoot, restoreState } from './service/restore.ts';
import { Runner } from './service/runner.ts';
import { StateFile } from './service/state-file.ts';
import { trimWeekly } from './trim/trim-weekly.ts';
import { SavedSets, withoutInterrupted } from './update/saved-sets.ts';
import { setOf, setOfImage } from './update/service-set.ts';
import { readUpdatesConfig, Updater } from './update/updater.ts';
import { readMeminfo } from './usage/meminfo.ts';

/** Paths that the supervisor uses. Those of tests differ from those of a guest. */
export interface SupervisorPaths extends ListenerPaths {
  /** The folder of bundles. */
  readonly containers: string;
  readonly logs: string;
  /** The folder of PID 1's task reports. */
  readonly reports: string;
  /** The copy program (services/copy). */
  readonly copy: string;
  /** The program that trims disks (services/trim). */
  readonly trim: string;
  readonly containerdSocket: string;
  /** The supervisor's own folder in memory, for fifos, saved state and debug images. */
  readonly state: string;
  /** Where layers are mounted, each in a folder named by its id. */
  readonly layers: string;
  /** What the image consists of, and its manifest's `updates:`: files. */
  readonly inventory: string;
  readonly updates: string;
  /** Undefined: `incidentFolder` decides. */
  readonly incidents?: string;
}

export const supervisorPaths: SupervisorPaths = { ...guestPaths, state: '/run/kit/supervisor' };

/**
 * Builds the supervisor and boots the services. Returns when their starts are ordered; the process goes on
 * running.
 */
export async function supervise(paths: SupervisorPaths, kernel: BundleKernel = bundleKernel): Promise<void> {
  const containerd = new Containerd(paths.containerdSocket);
  const stateFile = new StateFile(`${paths.state}/state.json`);
  const saved = stateFile.read();
  const updateFolder = `${paths.state}/updates`;
  const savedSets = new SavedSets(updateFolder);
  const savedUpdate = savedSets.read();
  const set = savedUpdate ? setOf(savedUpdate) : setOfImage(paths);
  const { bundles } = set;
  const interrupted = savedSets.interrupted();
  const logs = new LogFolder(paths.logs);
  const trail = new LogWriter(logs, auditSource);
  const audit = new AuditTrail(({ level, text }) => trail.write(level, [text]));
  const output = { folder: `${paths.state}/fifo`, audit };
  const runnerOf = (bundle: Bundle, log = new LogWriter(logs, bundle.name)): Runner =>
    new Runner(bundle, log, containerd, kernel, output);
  const runners = bundles.map((bundle) => [bundle.name, runnerOf(bundle)] as const);
  const incidents = new Incidents(() => paths.incidents ?? incidentFolder(), paths.logs);
  const known = withoutInterrupted(saved, interrupted);
  const driver = new Driver(restoreState(bundles, known), new Map(runners), stateFile, incidents);
  const channel = new InitChannel();
  reportProgress(driver, channel);
  sendHeartbeats(driver, channel, guestPaths.watchdog);
  const layerFolders = { folder: `${paths.state}/debug-images`, machineLayers: paths.layers };
  const debugLayers = new LayerStore(layerFolders, kernel);
  const debugContainers = new DebugContainers(containerd, debugLayers, kernel);
  debugContainers.removeLeftovers();
  const config = readUpdatesConfig(paths.updates);
  const updater = new Updater(driver, set, {
    ...{ ...paths, folder: updateFolder, config, production, kernel, runner: runnerOf },
  });
  const control = controlService(driver, {
    ...{ ...paths, debugLayers, debugContainers, updater },
    tasks: () => listAllTasks(containerd, updater.set.bundles),
    endMachine: (ending) => channel.send({ kind: 'end', ending, by: 'control' }),
  });
  const limits = new AccessLimits(descriptorCounter());
  const takesUpdates = config !== undefined;
  const listeners = { control, production, takesUpdates, limits, audit, log: new RateLimitedLog(printLine) };
  // Before the services start, so that clients see them start.
  await openListeners(listeners, paths, (pid) => serviceOfProcess(driver, pid));
  void settledOrLate(driver).then(() => copyKernelLog(new LogWriter(logs, kernelSource)));
  const adopted = adoptTasks(driver, containerd, known, interrupted).then(() => savedSets.end());
  const recordTasks = (): void => recordTaskFailures(incidents, paths.reports);
  channel.on('taskFailed', recordTasks);
  // Failures before this process read its first message, and those recorded in memory before the disk for
  // incidents was mounted.
  const recordOnboot = (): void => {
    if (!isFirstOfBoot(saved) || driver.state.stage !== 'adopting') return;
    recordTasks();
    recordWatchdogReset(incidents);
  };
  recordOnboot();
  void channel.shutdown.then(async () => {
    // Tasks of an earlier supervisor have to be stopped as well. The first one of a boot need not wait for
    // containerd.
    if (!isFirstOfBoot(saved)) await adopted;
    recordOnboot();
    driver.dispatch({ kind: 'shutdown' });
  });
  driver.firstStarts.begin('daemons', 'supervisor', uptimeMs() - performance.now());
  void adopted.then(() => driver.firstStarts.reached('readyMs', 'supervisor', uptimeMs()));
  await Promise.all([adopted, channel.go]);
  recordOnboot();
  driver.once('settled', () => setTimeout(releaseMemory, idleMs).unref());
  driver.once('settled', () => {
    const { total, available } = readMeminfo();
    driver.firstStarts.memoryAtReady = total - available;
  });
  driver.dispatch({ kind: 'boot' });
  trimWeekly(paths.trim);
}

const production = existsSync(guestPaths.production);

/** Milliseconds after the boot; by then, clients that waited for it have been answered. */
const idleMs = 5000;

const maxKernelLogDelayMs = 15_000;

/**
 * Resolves when the boot has settled, or after `maxKernelLogDelayMs`. The kernel's log has hundreds of lines
 * at boot: copying them would delay the services, and the kernel keeps them meanwhile.
 */
async function settledOrLate(driver: Driver): Promise<void> {
  await once(driver, 'settled', { signal: AbortSignal.timeout(maxKernelLogDelayMs) }).catch(() => {});
}
