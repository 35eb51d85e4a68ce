import type { Incident, Service, StatusReply } from '../../../lib/control/generated/control.ts';
import { each, type Family, single } from '../family.ts';

const states = ['starting', 'running', 'ready', 'backoff', 'stopped', 'failed', 'shell'] as const;

/**
 * What the supervisor knows. Usage has the names of cAdvisor, with the service as `name`; what only kit has
 * is `kit_…`. Labels are names of the image's own containers, so their number is that of the image.
 * @param nowMs since the epoch
 */
export function serviceFamilies(
  status: StatusReply,
  incidents: readonly Incident[],
  nowMs: number,
): readonly Family[] {
  const services = status.services.filter(({ section }) => section === 'services');
  const running = services.filter(({ pid }) => pid !== 0);
  const startedS = ({ ageS }: Service): number => Math.round(nowMs - ageS * 1000) / 1000;
  return [
    ...each(
      'container_cpu_usage_seconds_total',
      'counter',
      'Processor time of this run, in seconds',
      running,
      byName,
      ({ cpuUsec }) => Number(cpuUsec) / 1e6,
    ),
    ...each(
      'container_memory_usage_bytes',
      'gauge',
      'Memory, with page cache',
      running,
      byName,
      ({ memoryBytes }) => Number(memoryBytes),
    ),
    ...each(
      'container_memory_working_set_bytes',
      'gauge',
      'Memory without page cache that was not used lately',
      running,
      byName,
      ({ workingSetBytes }) => Number(workingSetBytes),
    ),
    ...each(
      'container_spec_memory_limit_bytes',
      'gauge',
      'Limit of its memory; 0: none',
      running,
      byName,
      ({ memoryLimitBytes }) => Number(memoryLimitBytes),
    ),
    ...each('container_processes', 'gauge', 'Processes', running, byName, ({ processes }) => processes),
    ...each(
      'container_oom_events_total',
      'counter',
      'Processes of this run that the kernel killed for lack of memory',
      running,
      byName,
      ({ oomKills }) => oomKills,
    ),
    ...each(
      'container_start_time_seconds',
      'gauge',
      'When this run began, in seconds since the epoch',
      running,
      byName,
      startedS,
    ),
    ...stateFamilies(services),
    ...each(
      'kit_service_restarts_total',
      'counter',
      'Starts since the boot after the first one',
      services,
      byService,
      ({ restarts }) => restarts,
    ),
    ...each(
      'kit_service_liveness_restarts_total',
      'counter',
      'Restarts since the boot because it stayed unhealthy',
      services,
      byService,
      ({ livenessRestarts }) => livenessRestarts,
    ),
    ...each(
      'kit_service_healthy',
      'gauge',
      '1: its check passes, 0: it fails; absent without one, and before it is ready',
      services.filter(({ health }) => health !== 'unknown'),
      byService,
      ({ health }) => Number(health === 'healthy'),
    ),
    ...each(
      'kit_service_unhealthy_total',
      'counter',
      'How often it became unhealthy since the boot',
      services,
      byService,
      ({ healthFalls }) => healthFalls,
    ),
    ...each(
      'kit_service_crash_loop',
      'gauge',
      '1: it failed five times in a row or more',
      services,
      byService,
      ({ crashLoop }) => Number(crashLoop),
    ),
    ...incidentFamilies(incidents),
    ...single('kit_booting', 'gauge', '1: onboot is not over', Number(status.booting)),
  ];
}

const byName = ({ name }: Service): Readonly<Record<string, string>> => ({ name });
const byService = ({ name }: Service): Readonly<Record<string, string>> => ({ service: name });

/** A series for each state, one of which is 1: the way in which Prometheus takes enumerations. */
function stateFamilies(services: readonly Service[]): readonly Family[] {
  const samples = services.flatMap(({ name, state }) =>
    states.map((one) => ({ labels: { service: name, state: one }, value: Number(one === state) })),
  );
  const help = '1 for the state that the service is in';
  return samples.length === 0 ? [] : [{ name: 'kit_service_state', type: 'gauge', help, samples }];
}

/** Kept ones of this and earlier boots: a gauge, since old ones are dropped. Their texts are not told. */
function incidentFamilies(incidents: readonly Incident[]): readonly Family[] {
  const bySource = [...Map.groupBy(incidents, ({ service }) => service)];
  const labels = ([service]: (typeof bySource)[number]) => ({ service });
  return [
    ...each(
      'kit_incidents',
      'gauge',
      'Failures in the incidents that are kept',
      bySource,
      labels,
      ([, all]) => all.reduce((sum, { count }) => sum + count, 0),
    ),
    ...each(
      'kit_last_incident_time_seconds',
      'gauge',
      'When the last one happened, in seconds since the epoch',
      bySource,
      labels,
      ([, all]) => Math.max(...all.map(({ lastMs }) => Number(lastMs))) / 1000,
    ),
  ];
}
