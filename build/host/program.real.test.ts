import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KitError } from '../../lib/errors/errors.ts';
import { ProgramError, programOutput, runProgram } from './program.ts';

const { signal } = new AbortController();

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-program-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

/** The output of a shell script. */
const output = (script: string, part: { signal?: AbortSignal; env?: Record<string, string> } = {}) =>
  programOutput('sh', ['-c', script], { signal, cwd: dir, ...part });

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  return Buffer.concat(await Array.fromAsync(stream)).toString();
}

const failure = (work: Promise<unknown>): Promise<unknown> => work.catch((thrown: unknown) => thrown);

test('all output of a program is read, then it succeeds', async () => {
  expect(await textOf(output('echo one; head -c 1000000 /dev/zero | tr "\\0" x'))).toHaveLength(1_000_004);
});

test('a failing program causes an error at the end of its output', async () => {
  const pieces: string[] = [];
  const read = async (): Promise<void> => {
    for await (const piece of output('echo half; echo "no more" >&2; exit 3')) pieces.push(String(piece));
  };
  const thrown = await failure(read());
  expect(pieces.join('')).toBe('half\n');
  expect(thrown).toBeInstanceOf(ProgramError);
  expect(String(thrown)).toMatch(/: exit status 3\nno more$/);
});

test('when the reader stops early, the program is terminated without an error', async () => {
  // Like dpkg-deb, the script would report EPIPE and continue.
  const script = 'trap "" PIPE; echo $$ >pid; while :; do echo x 2>/dev/null || echo failed >failed; done';
  for await (const piece of output(script)) {
    expect(String(piece)).toMatch(/^x\n/);
    break;
  }
  const pid = readFileSync(join(dir, 'pid'), 'utf8').trim();
  expect(existsSync(`/proc/${pid}`)).toBe(false);
});

test('an error of the reader is thrown unchanged', async () => {
  const read = async (): Promise<void> => {
    for await (const _piece of output('while :; do echo x; done')) throw new KitError('Cannot write');
  };
  await expect(read()).rejects.toThrow(/^Cannot write$/);
});

test('a program aborted while it writes ends, and the abort reason is thrown', async () => {
  const abort = new AbortController();
  const read = async (): Promise<void> => {
    // A child of the program writes, as for dpkg-deb.
    for await (const _piece of output('(while :; do echo x; done) & wait', { signal: abort.signal }))
      abort.abort(new Error('Interrupted'));
  };
  await expect(read()).rejects.toThrow(/^Interrupted$/);
});

test('a program that does not start is named', async () => {
  const missing = programOutput('nonesuch', [], { signal, env: { PATH: dir } });
  const thrown = await failure(textOf(missing));
  expect(thrown).toMatchObject({ message: 'Cannot run nonesuch: it is not there', status: undefined });
  expect(thrown).toMatchObject({ notStarted: { missing: true }, ending: 'it is not there' });
});

test('a program ended by a signal has no exit status', async () => {
  const thrown = await failure(runProgram('sh', ['-c', 'kill -9 $$'], { signal }));
  expect(thrown).toMatchObject({ status: undefined, notStarted: undefined, ending: 'ended by SIGKILL' });
});

async function* breaking(): AsyncGenerator<Buffer> {
  yield Buffer.alloc(100_000);
  throw new KitError('Cannot read archive "x": it ends in the middle of a header');
}

test.each(['cat >/dev/null', 'cat >/dev/null; exit 3'])(
  'an error of the input stream is thrown, however the program ends (%s)',
  async (script) => {
    const running = runProgram('sh', ['-c', script], { signal, input: breaking() });
    await expect(running).rejects.toThrow(/^Cannot read archive "x": it ends in the middle of a header$/);
  },
);

test('a program that stops reading its input and exits with 0 succeeds', async () => {
  async function* endless(): AsyncGenerator<Buffer> {
    for (;;) yield Buffer.alloc(100_000);
  }
  await expect(runProgram('true', [], { signal, input: endless() })).resolves.toMatchObject({ stdout: '' });
});
