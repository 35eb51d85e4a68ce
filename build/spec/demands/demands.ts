import { FieldErrors } from '../field-error.ts';
import { type Demand, refusal, type Subject } from './demand.ts';
import { deviceDemands } from './devices.ts';
import { idDemands } from './ids.ts';
import { landlockDemands } from './landlock.ts';
import { limitDemands } from './limits.ts';
import { mountDemands } from './mounts.ts';
import { placeDemands } from './places.ts';
import { processDemands } from './process.ts';
import { resourceDemands } from './resources.ts';
import { sysctlDemands } from './sysctls.ts';

const demands: readonly Demand[] = [
  ...[processDemands, limitDemands, idDemands, resourceDemands, sysctlDemands],
  ...[mountDemands, deviceDemands, placeDemands, landlockDemands],
];

/**
 * Refuses an entry that could never start: with crun or runc of the packages, on a kernel with cgroup v2. In
 * the machine it would be an incident, in the words of the runtime. @throws FieldErrors with all of them
 */
export function refuseImpossible(subject: Subject): void {
  const found = demands.flatMap((demand) => demand(subject)).map(refusal);
  if (found.length > 0) throw new FieldErrors(found);
}
