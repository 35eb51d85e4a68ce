import { once } from 'node:events';
import { type handleUnaryCall, status } from '@grpc/grpc-js';
import type {
  ControlServer,
  DebugStart,
  ForwardStart,
  ServiceReply,
  ServiceRequest,
} from '../../../lib/control/generated/control.ts';
import type { Ending } from '../../../lib/control/init.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { bootId } from '../../../lib/linux/system/host.ts';
import { isRefusal, refusal } from '../access/refusal.ts';
import { startCopier } from '../copy/copier.ts';
import { copyCall } from '../copy/serve.ts';
import { readLayers } from '../debug-image/layer.ts';
import type { LayerStore } from '../debug-image/layer-store.ts';
import { receiveCall } from '../debug-image/receive.ts';
import type { ToolsContainers } from '../debug-image/tools-container.ts';
import { execCall } from '../exec/serve.ts';
import { startExecution } from '../exec/start.ts';
import { reportedIncidents } from '../incidents/reported-incidents.ts';
import { logsCall } from '../logs/logs-call.ts';
import { type ReportSettings, readReport } from '../report/report.ts';
import type { Driver } from '../service/driver.ts';
import { serviceNamed } from '../service/named.ts';
import type { Service } from '../state/state.ts';
import { openForward } from '../tunnel/forward.ts';
import { openInspector } from '../tunnel/inspector.ts';
import { tunnelCall } from '../tunnel/serve.ts';
import { readStatus, reportedService } from './status.ts';

export interface ControlSettings extends ReportSettings {
  readonly logs: string;
  readonly reports: string;
  /** The program that copies files: services/copy. */
  readonly copy: string;
  readonly debugLayers: LayerStore;
  readonly tools: ToolsContainers;
  /** Tells PID 1; false when there is none to tell. */
  readonly end: (ending: Ending) => boolean;
}

/** The Control service of control.proto on a driver. */
export function controlService(driver: Driver, settings: ControlSettings): ControlServer {
  return {
    status: unary(async () => readStatus(driver, settings.reports)),
    logs: logsCall(settings.logs, () => driver.world.services.map(({ name }) => name)),
    incidents: unary(async ({ service }) => ({
      incidents: reportedIncidents(driver.incidents, service),
      bootId: bootId(),
    })),
    report: unary(() => readReport(driver, settings)),
    startService: unary((request) => order(driver, request, 'start', isSettled)),
    stopService: unary((request) => order(driver, request, 'stop', isDown)),
    restartService: unary((request) => order(driver, request, 'restart', isSettled)),
    copy: copyCall((service, order) => startCopier(driver, settings.copy, service, order)),
    exec: execCall((start) => startExecution(driver, settings.tools, start)),
    missingLayers: unary(async ({ layers }) => ({
      missing: settings.debugLayers.missing(readLayers(layers)),
    })),
    pushLayer: receiveCall(settings.debugLayers),
    forward: tunnelCall((start: ForwardStart) => openForward(driver, start)),
    debug: tunnelCall((start: DebugStart) => openInspector(driver, start)),
    end: unary(async ({ ending }) => {
      if (!isEnding(ending)) throw refusal(status.INVALID_ARGUMENT, `Unknown ending "${ending}"`);
      if (!settings.end(ending))
        throw refusal(status.FAILED_PRECONDITION, 'Cannot end the machine: no init here');
      return {};
    }),
  };
}

const isDown = ({ phase }: Service) => phase === 'stopped' || phase === 'failed';
/** The start came to an end, one way or the other. */
const isSettled = ({ phase }: Service) => !['waiting', 'starting', 'stopping'].includes(phase);

/** Gives the order and answers when it was carried out. */
async function order(
  driver: Driver,
  { service: name }: ServiceRequest,
  kind: 'start' | 'stop' | 'restart',
  done: (service: Service) => boolean,
): Promise<ServiceReply> {
  serviceNamed(driver, name);
  driver.dispatch({ kind, name });
  for (;;) {
    const service = driver.service(name);
    if (service && done(service)) return { service: reportedService(driver, service) };
    await once(driver, 'change');
  }
}

/** grpc-js's callback form around an async function. */
function unary<Request, Reply>(
  answer: (request: Request) => Promise<Reply>,
): handleUnaryCall<Request, Reply> {
  return (call, callback) => {
    answer(call.request).then(
      (reply) => callback(null, reply),
      (thrown: unknown) => callback(isRefusal(thrown) ? thrown : refusal(status.INTERNAL, reasonOf(thrown))),
    );
  };
}

function isEnding(text: string): text is Ending {
  return text === 'poweroff' || text === 'reboot' || text === 'halt';
}
