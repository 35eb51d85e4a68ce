import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { progressOn } from './progress.ts';

/** What a terminal with these variables is sent for one task of 200 ms. */
async function shown(env: Record<string, string>, isTTY: boolean): Promise<string> {
  const stderr = Object.assign(new PassThrough(), { isTTY, columns: 80 });
  const progress = progressOn({ stderr, env });
  await progress.task('Build x', () => new Promise((resolve) => setTimeout(resolve, 200)));
  return (await text(stderr.end())).replaceAll(/\d+\.\d s/g, '0.2 s');
}

test('progress is live and coloured on a terminal, and plain lines elsewhere', async () => {
  expect(await shown({}, true)).toContain('\x1b[32m✓\x1b[39m Build x \x1b[2m0.2 s');
  expect(await shown({ NO_COLOR: '1' }, true)).toContain('✓ Build x 0.2 s\n');
  expect(await shown({ NO_COLOR: '1' }, true)).not.toMatch(/\x1b\[\d+m/);
  expect(await shown({}, false)).toBe('kit: Build x (0.2 s)\n');
  expect(await shown({ TERM: 'dumb' }, true)).toBe('kit: Build x (0.2 s)\n');
});
