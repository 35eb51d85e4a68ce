import { reasonOf } from '../../../lib/errors/errors.ts';
import type { AuditedEntry } from '../../promises/audited-entry.ts';
import type { Promised } from '../../promises/promise.ts';
import type { Finding } from '../finding.ts';
import { placeGrant } from '../judge/place-grant.ts';
import { consoleLogin } from './console-login.ts';
import { controlCalls } from './control-calls.ts';
import { controlWithoutCertificate } from './control-port.ts';
import { loginWithForeignKey, loginWithoutKey } from './ssh-login.ts';
import type { OutsideAttack, World } from './world.ts';

/** By the id of the promise (build/promises/outside.ts), in the order in which they are made. */
export const outsideAttacks: Readonly<Record<string, OutsideAttack>> = {
  ...controlCalls,
  'control-port': controlWithoutCertificate,
  'boot-shell': async ({ initrdFiles }) =>
    initrdFiles.has('shell') ? 'the initrd has stage 1 with a shell' : undefined,
  'console-login': consoleLogin,
  'foreign-metadata': loginWithForeignKey,
  'ssh-login': loginWithoutKey,
};

/** Attacks a running machine from its host, one promise after another. */
export async function attackFromOutside(
  world: World,
  promised: readonly Promised[],
  entries: readonly AuditedEntry[],
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const promise of promised)
    findings.push({ promise, entry: undefined, ...(await attempt(promise, world, entries)) });
  return findings;
}

/** Of the slowest attack, which waits for four logins, several times what it takes under emulation. */
const attackMs = 150_000;

async function attempt(
  { id, unless = [] }: Promised,
  world: World,
  entries: readonly AuditedEntry[],
): Promise<Pick<Finding, 'outcome' | 'detail' | 'grants'>> {
  const attack = outsideAttacks[id];
  if (!attack) return { outcome: 'unknown', detail: 'there is no such attack' };
  try {
    const reached = await withinTime(attack(world), world.work.signal);
    if (reached === undefined) return { outcome: 'kept', detail: '' };
    const grants = entries.flatMap((entry) => {
      const grant = unless.map((condition) => condition(entry)).find((one) => one !== undefined);
      return grant ? [placeGrant(grant, entry)] : [];
    });
    return grants.length > 0
      ? { outcome: 'granted', detail: reached, grants }
      : { outcome: 'broken', detail: reached };
  } catch (thrown) {
    world.work.signal.throwIfAborted();
    return { outcome: 'unknown', detail: reasonOf(thrown) };
  }
}

/** What waits for an answer that does not come, and for the user's Ctrl-C, must not wait for ever. */
async function withinTime<T>(attack: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const late = AbortSignal.timeout(attackMs);
  const { promise, reject } = Promise.withResolvers<never>();
  const either = AbortSignal.any([signal, late]);
  const stop = () => reject(new Error(`no answer within ${attackMs / 1000} s`));
  either.addEventListener('abort', stop);
  return Promise.race([attack, promise]).finally(() => either.removeEventListener('abort', stop));
}
