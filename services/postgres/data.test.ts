import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunProgram } from '../../lib/linux/process/run-to-end.ts';
import { prepareData } from './prepare-data.ts';
import { hasPassword, setPassword } from './set-password.ts';

let base: string;
let data: string;
let lines: string[];
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'kit-postgres-'));
  data = join(base, 'data');
  lines = [];
});
afterEach(() => rmSync(base, { recursive: true }));

const say = (line: string): void => void lines.push(line);
const ok = { status: 0, stdout: '', stderr: '' };

/** Does with a folder what initdb does, as far as it matters here. */
const initdb: RunProgram = async (_name, args) => {
  const folder = args.at(-1) ?? '';
  // The real one refuses a folder with files.
  if (existsSync(folder)) return { ...ok, status: 1 };
  mkdirSync(folder);
  writeFileSync(join(folder, 'PG_VERSION'), '17\n');
  return ok;
};
const never: RunProgram = async () => {
  throw new Error('a program is run');
};

test('data is made once', async () => {
  let finished = '';
  await prepareData(data, { run: initdb, say }, async (folder) => {
    finished = folder;
    expect(existsSync(data)).toBe(false);
  });
  expect(finished).toBe(`${data}.unfinished`);
  expect(readdirSync(base)).toEqual(['data']);
  await prepareData(data, { run: never, say }, async () => expect.unreachable());
  expect(lines).toEqual([`made "${data}" of PostgreSQL 17`]);
});

test('what was cut off is made anew, wherever the cut was', async () => {
  const cut = async (): Promise<void> => {
    throw new Error('power');
  };
  await expect(prepareData(data, { run: initdb, say }, cut)).rejects.toThrow('power');
  expect(readdirSync(base)).toEqual(['data.unfinished']);
  await prepareData(data, { run: initdb, say }, async () => {});
  expect(readdirSync(base)).toEqual(['data']);
  expect(lines[0]).toMatch(/data\.unfinished" was cut off while it was made: it is made anew$/);
});

test('an initdb that fails leaves no data', async () => {
  const run: RunProgram = async () => ({ ...ok, status: 1, stderr: 'initdb: error: no space\n' });
  await expect(prepareData(data, { run, say }, async () => {})).rejects.toThrow(
    `Cannot make "${data}": initdb ended with status 1: initdb: error: no space`,
  );
  expect(existsSync(data)).toBe(false);
});

test.each([
  ['16\n', 'is of PostgreSQL 16, and this is 17'],
  [undefined, 'has no data of PostgreSQL, and stays as it is'],
])('data of version %j is refused, and stays as it is', async (version, message) => {
  mkdirSync(data);
  writeFileSync(join(data, 'precious'), '');
  if (version !== undefined) writeFileSync(join(data, 'PG_VERSION'), version);
  await expect(prepareData(data, { run: never, say }, async () => {})).rejects.toThrow(message);
  expect(existsSync(join(data, 'precious'))).toBe(true);
});

test('a password is set when it has changed, and is no argument of a program', async () => {
  mkdirSync(data);
  const inputs: string[] = [];
  const server: RunProgram = async (_name, args, input) => {
    expect(args.join(' ')).not.toContain("it's");
    inputs.push(String(input));
    return ok;
  };
  expect(hasPassword(data)).toBe(false);
  await setPassword(data, "it's secret", server);
  expect(inputs).toEqual(["ALTER ROLE postgres PASSWORD 'it''s secret'\n"]);
  expect(hasPassword(data)).toBe(true);
  await setPassword(data, "it's secret", never);
  await setPassword(data, "it's new", server);
  expect(inputs).toHaveLength(2);
});

test('a password that was not set is not taken for one that was', async () => {
  mkdirSync(data);
  const run: RunProgram = async () => ({ ...ok, status: 1, stderr: 'FATAL: out of memory' });
  await expect(setPassword(data, 'secret', run)).rejects.toThrow('Cannot set the password: postgres ended');
  expect(hasPassword(data)).toBe(false);
});
