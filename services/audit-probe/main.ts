/**
 * The program that `kit audit` brings into each service: it has the service's own confinement, attacks each
 * promise from inside, and reports in its log (lib/audit/probe-line.ts). Its argument says from where:
 * `service`, or `machine` for the one that has every right.
 */
import { formatProbeLine, probeEnd } from '../../lib/audit/probe-line.ts';
import { machineAttacks, serviceAttacks } from './attacks.ts';
import { runAttacks } from './run-attacks.ts';

const attacks = process.argv[2] === 'machine' ? machineAttacks : serviceAttacks;
for await (const result of runAttacks(attacks)) process.stdout.write(`${formatProbeLine(result)}\n`);
process.stdout.write(`${formatProbeLine({ id: probeEnd, outcome: 'refused', detail: '' })}\n`);
// A child that an attack has left behind must not keep the service running.
process.exit();
