import { checkInventory } from '../../../../lib/updates/inventory.ts';
import { readStatement } from '../../../../lib/updates/statement.ts';
import { attempt, check, type Target, texts } from '../../target.ts';

/** What a client wants a machine to run. */
export const updateStatements: Target = {
  reads: ['lib/updates/statement.ts#readStatement'],
  seeds: () => {
    const digest = 'a'.repeat(64);
    const inventory = { version: 1, arch: 'amd64', stateVersion: 0, machine: {}, services: { web: digest } };
    const layers = [{ id: '0123456789abcdef', digest: `sha256:${digest}`, bytes: 4096 }];
    return texts(JSON.stringify({ version: 1, inventory, top: '0123456789abcdef', layers }));
  },
  words: ['"version"', '"layers"', '"inventory"', '"top"', '"bytes"', '0123456789abcdef', '../'],
  run: (bytes) => {
    const statement = attempt(() => readStatement(bytes), RangeError);
    if (!statement) return;
    for (const { id, bytes: length } of statement.layers) {
      check(/^[0-9a-f]{16}$/.test(id), 'an id is no path');
      check(Number.isSafeInteger(length) && length > 0, 'a length is exact');
    }
    check(/^[0-9a-f]{16}$/.test(statement.top), 'the id of the top layer is no path');
    checkInventory(statement.inventory);
  },
};
