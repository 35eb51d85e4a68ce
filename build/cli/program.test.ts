import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { testContext } from '../host/testing.ts';
import { examplesText } from './examples.ts';
import { leadingFlags } from './global-flags.ts';
import { printResult } from './print-result.ts';
import { parse, program, subcommand } from './program.ts';
import { repeatable } from './repeatable.ts';

/** Runs `kit test ARGS`; gives the exit status and everything it wrote. */
async function run(...args: string[]): Promise<{ status: number; out: string; error: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const command = program('test', testContext({ stdout, stderr, env: {}, cwd: '/' })).withExamples({
    rows: [['kit test ls', 'lists names'], ['kit test fail']],
  });
  subcommand(command, 'ls')
    .option('--name <name>', 'names', repeatable, [])
    .option('--json', 'print JSON')
    .action((flags: { name: string[]; json?: boolean }) =>
      printResult({ stdout }, flags, flags.name, `${flags.name.length} names\n`),
    );
  subcommand(command, 'fail').action(() => 3);
  const status = await parse(command, args);
  return { status, out: await text(stdout.end()), error: await text(stderr.end()) };
}

test('the result is printed as text, or as JSON', async () => {
  expect(await run('ls', '--name', 'a', '--name', 'b')).toEqual({ status: 0, out: '2 names\n', error: '' });
  expect(await run('ls', '--name', 'a', '--json')).toEqual({ status: 0, out: '["a"]\n', error: '' });
});

test('an action can give the exit status', async () => {
  expect(await run('fail')).toEqual({ status: 3, out: '', error: '' });
});

test('help goes to standard output, without empty defaults, with global flags and examples', async () => {
  const { status, out } = await run('ls', '--help');
  expect(status).toBe(0);
  expect(out).toContain('Usage: kit test ls [options]');
  expect(out).toMatch(/--name <name> +names\n/);
  expect(out).toContain('--debug');
  expect(out).toMatch(/\nExamples:\n {2}kit test ls {2}lists names\n$/);
});

test('without its subcommand, a command prints its help as an error', async () => {
  const { status, out, error } = await run();
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(error).toMatch(/^Usage: kit test/);
});

test.each([
  [['frob'], 'Unknown command "frob"', 'kit test --help shows the usage'],
  [['ls', '--frob'], 'Unknown option "--frob"', 'kit test ls --help shows the usage'],
  [['ls', '--nam', 'x'], 'Unknown option "--nam"', 'did you mean --name? kit test ls --help shows the usage'],
  [['ls', '--name'], 'Option "--name <name>" argument missing', 'kit test ls --help shows the usage'],
])('usage errors have exit status 2: %j', async (args, message, hint) => {
  await expect(run(...args)).rejects.toMatchObject({ name: 'KitError', message, hint, exitCode: 2 });
});

test('global flags at the beginning of a line are counted with their values', () => {
  expect(leadingFlags(['--cache', 'x', '-q', '--cache=y', 'build', '--debug'])).toBe(4);
  expect(leadingFlags(['build', '-q'])).toBe(0);
  expect(leadingFlags(['--frob'])).toBe(0);
});

test('what an example does stands behind it, or below it where it does not fit', () => {
  const rows = [
    ['kit a', 'one'],
    ['kit abcdefghijklmnopqrstuvwxyz', 'two words'],
  ] as const;
  expect(examplesText({ rows, notes: 'A long\nparagraph.\n\n  kept   as it is' }, 40)).toBe(
    [
      ...['Examples:', '  kit a  one', '  kit abcdefghijklmnopqrstuvwxyz', '      two words', ''],
      ...['A long paragraph.', '', '  kept   as it is'],
    ].join('\n'),
  );
});
