import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { KitError } from '../../lib/errors/errors.ts';
import { renderError } from '../../lib/errors/render.ts';
import { withGlobalFlags } from '../cli/global-flags.ts';
import type { KitCommand } from '../cli/kit-command.ts';
import { testContext } from '../host/testing.ts';
import { argumentKind, optionKind } from './completion/kinds.ts';
import { verbs } from './index.ts';
import { overview } from './overview.ts';
import { runCommand } from './run-command.ts';

const context = () => testContext({ cwd: '/', env: {} });

/** Every command: the verbs, and their subcommands. */
const commands = (
  await Promise.all(
    Object.values(verbs).map(async ({ load }) => {
      const verb = (await load()).verb(context());
      withGlobalFlags(verb);
      return [verb, ...verb.commands] as KitCommand[];
    }),
  )
).flat();

const tooWide = (text: string): string[] => text.split('\n').filter((line) => line.length > 80);

/** The exit status, and what the command printed and threw. */
async function kit(...args: string[]): Promise<{ status: number; out: string; error: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const shown = { out: '', error: '' };
  stdout.on('data', (piece) => {
    shown.out += piece;
  });
  stderr.on('data', (piece) => {
    shown.error += piece;
  });
  try {
    return { status: await runCommand(args, { ...context(), stdout, stderr }), ...shown };
  } catch (thrown) {
    return { status: thrown instanceof KitError ? thrown.exitCode : 1, ...shown, error: renderError(thrown) };
  }
}

describe.each(commands.map((command) => [command.fullName, command] as const))(
  '%s --help',
  (_name, command) => {
    test('fits 80 columns', () => {
      expect(tooWide(command.helpInformation())).toEqual([]);
    });

    test('has examples, of this command', () => {
      const { rows = [] } = command.examples ?? {};
      expect(rows.filter(([line]) => line.includes(command.fullName))).not.toEqual([]);
      expect(command.helpInformation()).toContain('\nExamples:\n');
    });

    test('describes the command and its options', () => {
      expect(command.description()).not.toBe('');
      expect(command.options.filter(({ description }) => description === '')).toEqual([]);
    });

    test('has a row in the table of completions for each of its values', () => {
      for (const argument of command.registeredArguments) argumentKind(command, argument);
      for (const option of command.options) if (option.required) optionKind(command, option);
    });

    test('has errors for wrong usage that fit 80 columns', async () => {
      const [, ...words] = command.fullName.split(' ');
      const { status, error } = await kit(...words, '--no-such-flag');
      expect({ status, wide: tooWide(error) }).toEqual({ status: 2, wide: [] });
      expect(error).toMatch(
        /^error: (?:Unknown option "--no-such-flag"|Required option ".*" not specified)\n/,
      );
      expect(error.split('\n').slice(1)).toEqual([`(hint: ${command.fullName} --help shows the usage)`]);
    });
  },
);

test('the overview fits 80 columns', () => {
  expect(tooWide(overview(verbs))).toEqual([]);
});

test('kit help VERB prints the help of the verb, and of its subcommand', async () => {
  expect((await kit('help', 'build')).out).toBe((await kit('build', '--help')).out);
  expect((await kit('help', 'cache', 'ls')).out).toMatch(/^Usage: kit cache ls \[options\]\n/);
  expect(await kit('help')).toEqual({ status: 0, out: overview(verbs), error: '' });
  expect(await kit('help', 'biuld')).toEqual({
    ...{ status: 2, out: '' },
    error: 'error: Unknown command "biuld" (did you mean "build"?)\n(hint: kit --help lists the commands)',
  });
});

test.each([['-V'], ['--version'], ['version'], ['--debug', 'version'], ['-q', '-V']])(
  'kit %s prints the version',
  async (...args) => {
    expect(await kit(...args)).toMatchObject({ status: 0, out: expect.stringMatching(/^kit \d\S* \(Node /) });
  },
);

test.each([
  [['--cache', '/nowhere/cache', 'cache', 'ls', '--json']],
  [['--cache=/nowhere/cache', '-q', 'cache', 'ls', '--json']],
  [['cache', '--cache', '/nowhere/cache', 'ls', '--json']],
  [['cache', 'ls', '--json', '--debug', '--cache', '/nowhere/cache']],
  [['cache', 'ls', '--json', '--cache=/nowhere/cache', '-v', '2']],
  [
    [
      '--mirror',
      'docker.io=https://x',
      '--cert-file',
      '/x.pem',
      'cache',
      '--cache',
      '/nowhere/cache',
      'ls',
      '--json',
    ],
  ],
])('global flags are accepted before the verb and after it: %j', async (args) => {
  expect(JSON.parse((await kit(...args)).out)).toMatchObject({ dir: '/nowhere/cache' });
});

test('global flags behind a program that kit exec runs are the program’s', async () => {
  const { error } = await kit('exec', 'nowhere', 'web', 'prog', '--cache', '', '--frob');
  expect(error).toMatch(/^error: Cannot find machine "nowhere"/);
});
