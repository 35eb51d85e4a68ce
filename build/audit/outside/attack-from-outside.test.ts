import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { promises } from '../../promises/promises.ts';
import { attackFromOutside } from './attack-from-outside.ts';
import type { World } from './world.ts';

const promised = promises.filter(({ id }) => id === 'debugger-closed');

test('an attack that is never answered ends with the command', async () => {
  const control = new AbortController();
  // It takes what is sent, and says nothing.
  const silent = Object.assign(new PassThrough({ transform: (_, __, done) => done(), objectMode: true }), {
    cancel: () => {},
  });
  const world = { client: { debug: () => silent }, service: 'web', work: control } as unknown as World;
  const attacked = attackFromOutside(world, promised, []);
  setImmediate(() => control.abort(new Error('Ctrl-C')));
  await expect(attacked).rejects.toThrow('Ctrl-C');
  await expect(attackFromOutside(world, promised, [])).rejects.toThrow('Ctrl-C');
});
