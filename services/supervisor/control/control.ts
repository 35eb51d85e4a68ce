import { status } from '@grpc/grpc-js';
import type { ControlServer, DebugStart, ForwardStart } from '../../../lib/control/generated/control.ts';
import type { Ending } from '../../../lib/control/init.ts';
import { bootId } from '../../../lib/linux/system/host.ts';
import { rpcError } from '../calls/rpc-error.ts';
import { unaryCall } from '../calls/unary.ts';
import { startCopier } from '../copy/copier.ts';
import { copyCall } from '../copy/copy-call.ts';
import type { DebugContainers } from '../debug-image/debug-containers.ts';
import { parseDebugLayers } from '../debug-image/debug-layer.ts';
import type { LayerStore } from '../debug-image/layer-store.ts';
import { pushLayerCall } from '../debug-image/push-layer-call.ts';
import { execCall } from '../exec/exec-call.ts';
import { logsCall } from '../logs/logs-call.ts';
import { type ReportSettings, readReport } from '../report/report.ts';
import type { Driver } from '../service/driver.ts';
import { openForward } from '../tunnel/forward.ts';
import { openInspector } from '../tunnel/inspector.ts';
import { tunnelCall } from '../tunnel/tunnel-call.ts';
import { updateCall } from '../update/update-call.ts';
import type { Updater } from '../update/updater.ts';
import { readFilesystems } from '../usage/filesystems.ts';
import { reportedIncidents } from './reported-incidents.ts';
import { commandService } from './service-command.ts';
import { startExecution } from './start-execution.ts';
import { readStatus } from './status.ts';

export interface ControlSettings extends ReportSettings {
  /** The log folder. */
  readonly logs: string;
  /** The folder of PID 1's task reports. */
  readonly reports: string;
  /** Path of the copy program (services/copy). */
  readonly copy: string;
  readonly debugLayers: LayerStore;
  readonly debugContainers: DebugContainers;
  readonly updater: Updater;
  /** Asks PID 1 to end the machine; false if the supervisor was started by hand. */
  readonly endMachine: (ending: Ending) => boolean;
}

/** The Control service of control.proto. */
export function controlService(driver: Driver, settings: ControlSettings): ControlServer {
  const { logs, reports, copy, debugLayers, debugContainers, updater, endMachine } = settings;
  return {
    status: unaryCall(async ({ filesystems }) => ({
      ...readStatus(driver, reports),
      filesystems: filesystems ? await readFilesystems() : [],
    })),
    logs: logsCall(logs, () => driver.state.services.map(({ name }) => name)),
    incidents: unaryCall(async ({ service }) => ({
      incidents: reportedIncidents(driver.incidents, service),
      bootId: bootId(),
    })),
    report: unaryCall(() => readReport(driver, settings)),
    startService: unaryCall((request) => commandService(driver, 'start', request)),
    stopService: unaryCall((request) => commandService(driver, 'stop', request)),
    restartService: unaryCall((request) => commandService(driver, 'restart', request)),
    copy: copyCall((service, order) => startCopier(driver, copy, service, order)),
    exec: execCall((start) => startExecution(driver, debugContainers, start)),
    missingLayers: unaryCall(async ({ layers }) => ({
      missing: debugLayers.missing(parseDebugLayers(layers)),
    })),
    pushLayer: pushLayerCall(debugLayers),
    imageState: unaryCall(async () => updater.state()),
    update: updateCall(updater),
    forward: tunnelCall((start: ForwardStart) => openForward(driver, start)),
    debug: tunnelCall((start: DebugStart) => openInspector(driver, start)),
    end: unaryCall(async ({ ending }) => {
      if (!isEnding(ending)) throw rpcError(status.INVALID_ARGUMENT, `Unknown ending "${ending}"`);
      if (!endMachine(ending))
        throw rpcError(status.FAILED_PRECONDITION, 'Cannot end the machine: no init here');
      return {};
    }),
  };
}

function isEnding(text: string): text is Ending {
  return text === 'poweroff' || text === 'reboot' || text === 'halt';
}
