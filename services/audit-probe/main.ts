/**
 * The program that `kit audit` brings into each service: it has the service's own confinement, attacks each
 * promise from inside, and reports in its log (lib/audit/probe-line.ts). Its argument says from where:
 * `service`, or for the one that has every right `machine` or, if
 * the image keeps what --production promises, `production`.
 */
import { formatProbeLine, probeEnd } from '../../lib/audit/probe-line.ts';
import { machineAttacks, productionAttacks, serviceAttacks } from './attacks.ts';
import { runAttacks } from './run-attacks.ts';

const tables = { service: serviceAttacks, machine: machineAttacks, production: productionAttacks };
const attacks = tables[process.argv[2] as keyof typeof tables];
for await (const result of runAttacks(attacks)) process.stdout.write(`${formatProbeLine(result)}\n`);
process.stdout.write(`${formatProbeLine({ id: probeEnd, outcome: 'refused', detail: '' })}\n`);
// A child that an attack has left behind must not keep the service running.
process.exit();
