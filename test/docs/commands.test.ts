import { PassThrough } from 'node:stream';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runCommand } from '../../build/commands/index.ts';
import { commandsOf, toldCommands, wordsOf } from './lines.ts';

const act = Command.prototype.action;

/** Every verb with its real flags and arguments, and with nothing to do. */
beforeAll(() => {
  vi.spyOn(Command.prototype, 'action').mockImplementation(function (this: Command) {
    return act.call(this, () => {});
  });
});
afterAll(() => vi.restoreAllMocks());

/** What kit says against the words; empty: it takes them. */
async function complaint(words: readonly string[]): Promise<string> {
  const output = new PassThrough();
  const context = {
    stdin: output,
    stdout: output,
    stderr: output,
    env: {},
    cwd: '/',
    signal: new AbortController().signal,
  };
  try {
    const status = await runCommand(words, context);
    return status === 0 ? '' : String(output.read());
  } catch (thrown) {
    return String(thrown);
  }
}

/** What a sentence may leave out: arguments, the value of an option, the verb below `kit cache`. */
const leftOut = /missing required argument|argument missing|^Usage: /;

describe('the commands that the pages tell', () => {
  const told = toldCommands();

  test('are found', () => {
    expect(told.length).toBeGreaterThan(50);
    expect(new Set(told.map(({ page }) => page)).size).toBeGreaterThan(6);
  });

  test.each(told)('$page: $text', async ({ text, whole }) => {
    for (const words of spelledOut(wordsOf(text))) {
      const said = await complaint(words);
      if (whole || !leftOut.test(said)) expect(said, words.join(' ')).toBe('');
    }
  });
});

/** `start|stop M` is `start M` and `stop M`; `[OPTION]` and `…` are for readers. */
function spelledOut(words: readonly string[]): string[][] {
  const kept = words.filter((word) => !/^[[…]/.test(word)).map((word) => word.replace(/…$|…\]$/, ''));
  const at = kept.findIndex((word) => /^[a-z-]+(?:\|[a-z-]+)+$/.test(word));
  if (at === -1) return [[...kept]];
  return (kept[at] ?? '').split('|').flatMap((word) => spelledOut(kept.with(at, word)));
}

test.each([
  ['```sh\n./kit run --detach a.yml   # boots\n```', ['run', '--detach', 'a.yml']],
  ['```\n$ kit logs --grep "a b" t1 | less\n```', ['logs', '--grep', 'a b', 't1']],
  ['```\n$ A=1 kit ps >out\nkit: Boot machine t1\n```', ['ps']],
  ['then `kit ps -a` lists', ['ps', '-a']],
])('%j', (markdown, words) => {
  expect(commandsOf('page', markdown).map(({ text }) => wordsOf(text))).toEqual([words]);
});

test('what kit does not take is found', async () => {
  expect(await complaint(['logs', '--sinse', '10m', 't1'])).toContain('unknown option');
  expect(await complaint(['loggs', 't1'])).toContain('Unknown command "loggs"');
  expect(await complaint(['exec'])).toContain('missing required argument');
});
