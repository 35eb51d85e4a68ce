import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { repeatable } from '../commands/flags/repeatable.ts';
import { printResult } from './print-result.ts';
import { parse, program, subcommand } from './program.ts';

/** Runs `kit test ARGS`; gives the exit status and everything it wrote. */
async function run(...args: string[]): Promise<{ status: number; out: string; error: string }> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const { signal } = new AbortController();
  const command = program('test', { stdin, stdout, stderr, env: {}, cwd: '/', signal });
  subcommand(command, 'ls')
    .option('--name <name>', 'names', repeatable, [])
    .option('--json', 'print JSON')
    .action((flags) => printResult({ stdout }, flags, flags.name, `${flags.name.length} names\n`));
  const status = await parse(command, args);
  return { status, out: await text(stdout.end()), error: await text(stderr.end()) };
}

test('the result is printed as text, or as JSON', async () => {
  expect(await run('ls', '--name', 'a', '--name', 'b')).toEqual({ status: 0, out: '2 names\n', error: '' });
  expect(await run('ls', '--name', 'a', '--json')).toEqual({ status: 0, out: '["a"]\n', error: '' });
});

test('help goes to standard output, without empty defaults, and lists --debug for subcommands', async () => {
  const { status, out } = await run('ls', '--help');
  expect(status).toBe(0);
  expect(out).toContain('Usage: kit test ls [options]');
  expect(out).toMatch(/--name <name> +names\n/);
  expect(out).toContain('--debug');
});

test.each([['frob'], ['ls', '--frob'], ['ls', '--name']])(
  'usage errors exit with status 2: %j',
  async (...args) => {
    const { status, out, error } = await run(...args);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(error).toMatch(/^error: .*\n(?:.*\n)?\(hint: kit test --help shows the usage\)\n$/);
  },
);
