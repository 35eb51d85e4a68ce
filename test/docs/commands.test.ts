import { PassThrough } from 'node:stream';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runCommand } from '../../build/commands/run-command.ts';
import { commandsOf, documentedCommands, wordsOf } from './lines.ts';

const act = Command.prototype.action;

/** Replaces the action of every command by one that does nothing. */
beforeAll(() => {
  vi.spyOn(Command.prototype, 'action').mockImplementation(function (this: Command) {
    return act.call(this, () => {});
  });
});
afterAll(() => vi.restoreAllMocks());

/** kit's error for these arguments; empty if it accepts them. */
async function usageError(words: readonly string[]): Promise<string> {
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

/**
 * Parts that a command in a sentence may omit: arguments, the value of an option, the subcommand of `kit
 * cache`.
 */
const leftOut = /Missing required argument|argument missing|^Usage: /;

describe('commands in the documentation', () => {
  const found = documentedCommands();

  test('are found', () => {
    expect(found.length).toBeGreaterThan(50);
    expect(new Set(found.map(({ page }) => page)).size).toBeGreaterThan(6);
  });

  test.each(found)('$page: $text', async ({ text, whole }) => {
    for (const words of spelledOut(wordsOf(text))) {
      const error = await usageError(words);
      if (whole || !leftOut.test(error)) expect(error, words.join(' ')).toBe('');
    }
  });
});

/** `start|stop M` stands for `start M` and `stop M`; `[OPTION]` and `…` are dropped. */
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

test('invalid commands are detected', async () => {
  expect(await usageError(['logs', '--sinse', '10m', 't1'])).toContain('Unknown option');
  expect(await usageError(['loggs', 't1'])).toContain('Unknown command "loggs"');
  expect(await usageError(['exec'])).toContain('Missing required argument');
});
