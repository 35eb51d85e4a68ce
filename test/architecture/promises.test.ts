import { expect, test } from 'vitest';
import { outsideAttacks } from '../../build/audit/outside/attack-from-outside.ts';
import { promises } from '../../build/promises/promises.ts';
import { productionAttacks, serviceAttacks } from '../../services/audit-probe/attacks.ts';

/** Judged from the facts that the attack "namespaces" lists (build/audit/judge). */
const fromFacts = ['user-namespace', 'own-ids', 'own-namespaces'];

const idsFrom = (place: string): string[] =>
  promises.flatMap(({ from, id }) => (from === place && !fromFacts.includes(id) ? id : [])).sort();

test('every promise has an attack, and every attack a promise', () => {
  const attacks = (table: object): string[] =>
    Object.keys(table)
      .filter((id) => id !== 'namespaces')
      .sort();
  expect(attacks(serviceAttacks)).toEqual(idsFrom('service'));
  expect(attacks(productionAttacks)).toEqual(idsFrom('machine'));
  expect(attacks(outsideAttacks)).toEqual(idsFrom('outside'));
  expect(new Set(promises.map(({ id }) => id)).size).toBe(promises.length);
});
