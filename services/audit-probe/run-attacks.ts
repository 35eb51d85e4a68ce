import type { ProbeResult } from '../../lib/audit/probe-line.ts';
import { reasonOf } from '../../lib/errors/errors.ts';
import { type Attack, type Attacks, refusalOf, Untried } from './attack.ts';

/** Runs attacks one after another, since they change the process; yields the result of each. */
export async function* runAttacks(attacks: Attacks): AsyncGenerator<ProbeResult> {
  for (const [id, attack] of Object.entries(attacks)) yield { id, ...(await attempt(attack)) };
}

/** An error that is no refusal says nothing about the promise: the attack itself is at fault. */
async function attempt(attack: Attack): Promise<Omit<ProbeResult, 'id'>> {
  try {
    const reached = await attack();
    if (reached !== undefined) return { outcome: 'succeeded', detail: reached };
    return { outcome: 'refused', detail: '' };
  } catch (thrown) {
    if (thrown instanceof Untried) return { outcome: 'untried', detail: thrown.message };
    const refusal = refusalOf(thrown);
    if (refusal !== undefined) return { outcome: 'refused', detail: refusal };
    return { outcome: 'unknown', detail: reasonOf(thrown) };
  }
}
