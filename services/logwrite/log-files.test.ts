import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LogLine } from '../../lib/control/generated/control.ts';
import { LogProgress } from '../../lib/log/progress.ts';
import { type LogDisk, realDisk } from './disk.ts';
import { LogFiles } from './log-files.ts';
import type { RotationLimits } from './rotating-file.ts';
import type { SourceProgress } from './source.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kit-logwrite-'));
  mkdirSync(join(folder, 'log'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Thrown when the simulated program is killed during a call. */
class Killed extends Error {}

/**
 * A disk whose write calls succeed, fail, or end the program before, during or after the call, as `next`
 * returns.
 */
type Outcome = 'done' | 'before' | 'after' | 'partial' | 'full';
function faultyDisk(next: () => Outcome): LogDisk {
  const faulty = <Args extends unknown[], Result>(act: (...args: Args) => Result) => {
    return (...args: Args): Result => {
      const outcome = next();
      if (outcome === 'before') throw new Killed();
      if (outcome === 'full') throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', errno: -28 });
      const result = act(...args);
      if (outcome === 'after') throw new Killed();
      return result;
    };
  };
  return {
    ...realDisk,
    renameSync: faulty(realDisk.renameSync),
    ftruncateSync: faulty(realDisk.ftruncateSync),
    // Does nothing: power cuts are not simulated.
    fdatasyncSync: faulty((_fd: number) => {}),
    writeSync(fd: number, bytes: Buffer) {
      const outcome = next();
      const partial = bytes.subarray(0, Math.ceil(bytes.length / 2));
      if (outcome === 'before') throw new Killed();
      if (outcome === 'full') return realDisk.writeSync(fd, partial);
      realDisk.writeSync(fd, outcome === 'partial' ? partial : bytes);
      if (outcome === 'partial' || outcome === 'after') throw new Killed();
      return bytes.length;
    },
  } as LogDisk;
}

const line = (source: string, sequence: number, message = `line ${sequence}`): LogLine => ({
  timeMs: 1_767_225_600_000n + BigInt(sequence >> 2),
  source,
  stream: 'stderr',
  message,
  pid: 0,
  sequence: BigInt(sequence),
  missed: 0n,
});

const start = (limits: RotationLimits, disk = realDisk, logged: string[] = []) => {
  const progress = new LogProgress<SourceProgress>(join(folder, 'state/progress.json'));
  progress.begin('boot');
  const files = new LogFiles({ folder: join(folder, 'log'), limits, disk }, progress, (text) =>
    logged.push(text),
  );
  return { files, progress };
};

/** The files of a source, newest first. */
function filesOf(source: string): string[] {
  const names = readdirSync(join(folder, 'log')).filter((name) => name.startsWith(`${source}.log`));
  const age = (name: string): number => Number(/\.(\d+)$/.exec(name)?.[1] ?? -1);
  return names.sort((one, other) => age(one) - age(other)).map((name) => join(folder, 'log', name));
}

const linesOf = (source: string): string[] =>
  filesOf(source)
    .reverse()
    .flatMap((path) => readFileSync(path, 'utf8').split('\n').slice(0, -1))
    .map((text) => text.split(' ').slice(2).join(' '));

/**
 * Feeds lines like the supervisor: from the first unwritten one, again after each time the program is killed.
 */
function feed(count: number, batch: number, limits: RotationLimits, outcomes: readonly Outcome[]): void {
  let at = 0;
  const disk = faultyDisk(() => outcomes[at++] ?? 'done');
  for (let run = start(limits, disk); ; run = start(limits, disk)) {
    try {
      let sequence = run.progress.sources.get('web')?.sequence ?? 0;
      while (sequence < count) {
        for (let n = 0; n < batch && sequence < count; n += 1) run.files.add(line('web', ++sequence));
        flushUntilDone(run.files);
      }
      return;
    } catch (thrown) {
      if (!(thrown instanceof Killed)) throw thrown;
    }
  }
}

function flushUntilDone(files: LogFiles): void {
  for (;;) {
    try {
      files.flush();
      return;
    } catch (thrown) {
      if (!(thrown instanceof Error && thrown.message === 'ENOSPC')) throw thrown;
    }
  }
}

test('property: no line is lost, repeated or cut, and limits hold, despite kills and a full disk', () => {
  const outcome = fc.oneof(
    { weight: 4, arbitrary: fc.constant<Outcome>('done') },
    { weight: 3, arbitrary: fc.constantFrom<Outcome>('before', 'after', 'partial', 'full') },
  );
  const sizes = fc.record({ size: fc.integer({ min: 20, max: 400 }), files: fc.integer({ min: 1, max: 5 }) });
  fc.assert(
    fc.property(
      fc.array(outcome, { maxLength: 80 }),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 9 }),
      sizes,
      (outcomes, count, batch, limits) => {
        rmSync(folder, { recursive: true });
        mkdirSync(join(folder, 'log'), { recursive: true });
        feed(count, batch, limits, outcomes);
        const paths = filesOf('web');
        expect(paths.length).toBeLessThanOrEqual(limits.files + 1);
        for (const path of paths) {
          const { size } = statSync(path);
          const lines = readFileSync(path, 'utf8').split('\n').length - 1;
          expect(size <= limits.size || lines === 1, `${path}: ${size} bytes`).toBe(true);
        }
        const kept = linesOf('web');
        expect(kept).toEqual(Array.from(kept, (_, n) => `line ${count - kept.length + n + 1}`));
        if (paths.length < limits.files) expect(kept.length).toBe(count);
      },
    ),
  );
});

const roomy: RotationLimits = { size: 1 << 20, files: 2 };

test('reports a file that cannot be written once, counts its lost lines, and writes the others', () => {
  const logged: string[] = [];
  const { files } = start(roomy, realDisk, logged);
  const path = join(folder, 'log/web.log');
  mkdirSync(path);
  const write = (sequence: number): void => {
    files.add(line('web', sequence));
    files.add(line('db', sequence));
    files.flush();
  };
  for (const sequence of [1, 2, 3]) write(sequence);
  expect(logged).toEqual([`Cannot write "${path}": illegal operation on a directory; its lines are lost`]);
  rmSync(path, { recursive: true });
  writeFileSync(join(folder, 'elsewhere'), 'secret\n');
  symlinkSync('../elsewhere', path);
  write(4);
  expect(readFileSync(join(folder, 'elsewhere'), 'utf8')).toBe('secret\n');
  rmSync(path);
  write(5);
  expect(linesOf('web')).toEqual(['4 lines lost', 'line 5']);
  expect(linesOf('db')).toEqual([1, 2, 3, 4, 5].map((n) => `line ${n}`));
  expect(logged.length).toBe(1);
});

test('writes how many lines the supervisor missed, and creates a removed file again', () => {
  const { files } = start(roomy);
  files.add({ ...line('web', 8), missed: 7n });
  files.flush();
  files.add({ ...line('web', 10), missed: 1n });
  files.flush();
  expect(linesOf('web')).toEqual(['7 lines lost', 'line 8', '1 line lost', 'line 10']);
  rmSync(join(folder, 'log/web.log'));
  files.add(line('web', 11));
  files.flush();
  expect(linesOf('web')).toEqual(['line 11']);
});

test('ignores the progress of another boot', () => {
  const { files } = start(roomy);
  files.add(line('web', 5));
  files.flush();
  const next = start(roomy);
  expect(next.progress.sources.get('web')?.sequence).toBe(5);
  next.progress.begin('another');
  expect(next.progress.sources.size).toBe(0);
  next.files.add(line('web', 5));
  next.files.flush();
  expect(linesOf('web')).toEqual(['line 5', 'line 5']);
});

test('keeps foreign content longer than a line, and adds its missing newline', () => {
  writeFileSync(join(folder, 'log/web.log'), 'x'.repeat(100_000));
  const { files } = start(roomy);
  files.add(line('web', 1));
  files.flush();
  expect(readFileSync(join(folder, 'log/web.log'), 'utf8')).toMatch(/^x{100000}\n2026\S+ web line 1\n$/);
});

test('ignores invalid progress', () => {
  mkdirSync(join(folder, 'state'));
  writeFileSync(join(folder, 'state/progress.json'), '{"logId":"boot","sources":7}');
  expect(start(roomy).progress.sources.size).toBe(0);
});
