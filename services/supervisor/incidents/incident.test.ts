import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { makeFifo } from '../../../lib/linux/io/fifo.ts';
import type { MountInfo } from '../../../lib/linux/mount/mountinfo.ts';
import { LogFolder } from '../../../lib/log/folder.ts';
import type { LogLine } from '../../../lib/log/line.ts';
import { LogWriter } from '../../../lib/log/writer.ts';
import { type Incident, incidentLimits, linesOfRun, stackOf, withIncident } from './incident.ts';
import { incidentFolder } from './incident-folder.ts';
import { Incidents } from './incidents.ts';

const err = (msg: string): LogLine => ({ t: 1, stream: 'stderr', msg });
const out = (msg: string): LogLine => ({ t: 1, stream: 'stdout', msg });

const crash = [
  '/app/main.ts:7',
  "  throw new TypeError('no such user');",
  '        ^',
  '',
  '',
  'TypeError: no such user',
  '    at handle (/app/main.ts:7:9)',
  '    at Server.emit (node:events:508:28)',
  '',
  'Node.js v26.10.0',
].map(err);

/** An incident as the file has it, with one line. */
const withLine = (line: string): string =>
  `[{"what":"x","firstMs":1,"lastMs":1,"count":1,"lines":[${line}],"stack":[],"boot":"b"}]`;

describe('stackOf', () => {
  test('has the error and its frames, without the surrounding lines', () => {
    expect(stackOf([out('up'), ...crash])).toEqual([
      'TypeError: no such user',
      '    at handle (/app/main.ts:7:9)',
      '    at Server.emit (node:events:508:28)',
    ]);
  });

  test('has the last of several traces, with a message of several lines', () => {
    const next = ['Error [ERR_X]: first line', 'second line', '    at f (/app/a.ts:1:1)'].map(err);
    expect(stackOf([...crash, ...next])).toEqual(next.map(({ msg }) => msg));
  });

  test('is empty for a program without stack traces', () => {
    expect(stackOf([err('panic: at the disco'), out('    at x (a.ts:1:1)')])).toEqual([]);
  });

  test('never throws and never exceeds its limit', () => {
    const line = fc.record({
      t: fc.nat(),
      stream: fc.constantFrom('stdout' as const, 'stderr' as const, 'kit' as const),
      msg: fc.oneof(fc.string(), fc.constant('    at f (x.ts:1:1)'), fc.constant('Error: x')),
    });
    fc.assert(fc.property(fc.array(line), (lines) => stackOf(lines).length <= incidentLimits.frames));
  });
});

describe('linesOfRun', () => {
  const kept = (pid: number, msg: string) => ({ t: 1, n: 1, stream: 'stderr' as const, pid, msg });
  const log = [
    kept(7, 'first run'),
    kept(0, 'ended: exit status 1'),
    kept(8, 'second run'),
    kept(0, 'is slow'),
  ];

  test('are those since the first line of that run', () => {
    const texts = (pid?: number) => linesOfRun(log, pid).map(({ msg }) => msg);
    expect(texts(8)).toEqual(['second run', 'is slow']);
    expect(texts(9)).toEqual([]);
    expect(texts(0)).toEqual([]);
    expect(texts()).toEqual(log.map(({ msg }) => msg));
  });
});

describe('withIncident', () => {
  const boot = 'b1';

  test.each([
    ['ended: exit status 1', true],
    ['exit status 3', true],
    ['ended: exit status 1 (its limit of 10 processes refused 3)', true],
    ['ended: killed by the kernel: out of memory, its limit is 32.0 MiB', false],
    ['ended: killed by SIGSEGV', false],
    ['did not stop on SIGTERM within 2 s: killed', false],
    ['cannot start: no such file', false],
  ])('"%s" has a stack: %s', (what, hasStack) => {
    const [incident] = withIncident([], { what, nowMs: 1, boot }, crash);
    expect(incident?.stack.length).toBe(hasStack ? 3 : 0);
    expect(incident?.lines).toHaveLength(crash.length);
  });
  test('a failure like the last one of an earlier boot is a new incident', () => {
    const before = withIncident([], { what: 'ended: exit status 1', nowMs: 1, boot: 'b0' }, []);
    const both = withIncident(before, { what: 'ended: exit status 1', nowMs: 2, boot }, []);
    expect(both.map(({ count, boot }) => [count, boot])).toEqual([
      [1, 'b0'],
      [1, 'b1'],
    ]);
  });

  test('keeps the end of the log, with long lines shortened', () => {
    const lines = Array.from({ length: 80 }, (_, at) => out(`line ${at}`));
    const [incident] = withIncident([], { what: 'ended: exit status 1', nowMs: 1000, boot }, [
      ...lines,
      err('x'.repeat(2000)),
    ]);
    expect(incident).toMatchObject({ what: 'ended: exit status 1', firstMs: 1000, lastMs: 1000, count: 1 });
    expect(incident?.lines).toHaveLength(incidentLimits.lines);
    expect(incident?.lines[0]?.msg).toBe('line 31');
    expect(incident?.lines.at(-1)?.msg).toHaveLength(incidentLimits.characters + 1);
  });

  test('a crash loop is one incident with a count', () => {
    let known: Incident[] = [];
    for (let at = 0; at < 1000; at += 1)
      known = withIncident(known, { what: 'ended: exit status 1', nowMs: at, boot }, []);
    expect(known).toMatchObject([{ firstMs: 0, lastMs: 999, count: 1000 }]);
  });

  test('only the newest are kept', () => {
    let known: Incident[] = [];
    for (let at = 0; at < 25; at += 1)
      known = withIncident(known, { what: `ended: exit status ${at}`, nowMs: at, boot }, []);
    expect(known).toHaveLength(incidentLimits.incidents);
    expect(known.at(-1)?.what).toBe('ended: exit status 24');
  });
});

describe('Incidents', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kit-incidents-')));
  afterAll(() => rmSync(folder, { recursive: true }));
  const store = join(folder, 'store');
  const incidents = new Incidents(() => store, join(folder, 'log'));

  test('an incident has the end of the log, and another process can read it', () => {
    new LogWriter(new LogFolder(join(folder, 'log')), 'web').write('stderr', ['bad news']);
    incidents.add('web', 'ended: exit status 1');
    const again = new Incidents(() => store, join(folder, 'log'));
    expect(again.names()).toEqual(['web']);
    expect(again.of('web')).toMatchObject([{ what: 'ended: exit status 1', lines: [{ msg: 'bad news' }] }]);
    expect(readdirSync(store)).toEqual(['web.json']);
  });

  test('an incident has nothing of an earlier run', () => {
    const log = new LogWriter(new LogFolder(join(folder, 'log')), 'leak');
    log.pid = 41;
    log.write('stderr', ['TypeError: no such user', '    at handle (/leak/main.ts:7:9)']);
    log.write('kit', ['ended: exit status 1; next start in 0.1 s']);
    log.pid = 42;
    log.write('stdout', ['filling up']);
    incidents.add('leak', 'ended: killed by the kernel: out of memory', 42);
    incidents.add('leak', 'ended: exit status 2', 42);
    expect(incidents.of('leak')).toMatchObject([
      { lines: [{ msg: 'filling up' }], stack: [] },
      { lines: [{ msg: 'filling up' }], stack: [] },
    ]);
  });

  test.each(['', '{', '[]', 'null', '[{}]', '[{"what":1}]', withLine('null'), withLine('{"t":null}')])(
    'a damaged file (%s) counts as none',
    (text) => {
      writeFileSync(join(store, 'odd.json'), text);
      expect(incidents.of('odd')).toEqual([]);
      incidents.add('odd', 'ended: exit status 2');
      expect(incidents.of('odd')).toHaveLength(1);
    },
  );

  test('links of a service that can write /var lead to no file of the machine', () => {
    const victim = join(folder, 'victim');
    writeFileSync(victim, '[]');
    for (const name of ['linked.json', 'linked.json.new']) symlinkSync(victim, join(store, name));
    expect(incidents.of('linked')).toEqual([]);
    incidents.add('linked', 'ended: exit status 1');
    expect(incidents.of('linked')).toHaveLength(1);
    expect(readFileSync(victim, 'utf8')).toBe('[]');
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, join(folder, 'lib'));
    const through = new Incidents(() => join(folder, 'lib/kit/incidents'), join(folder, 'log'));
    expect(() => through.add('web', 'ended: exit status 1')).toThrow();
    expect(readdirSync(elsewhere)).toEqual([]);
    expect([through.of('web'), through.names()]).toEqual([[], []]);
  });

  test('a fifo in place of a file does not block', () => {
    makeFifo(join(store, 'blocked.json'));
    expect(incidents.of('blocked')).toEqual([]);
  });
});

test('incidents are kept on the disk at /var if there is a writable one', () => {
  const mount = (target: string, type: string, options = ['rw']): MountInfo => ({
    ...{ id: 1, parent: 0, target, options, type, source: type, settings: [] },
  });
  const memory = '/run/kit/incidents';
  const disk = '/var/lib/kit/incidents';
  expect(incidentFolder([])).toBe(memory);
  expect(incidentFolder([mount('/', 'overlay'), mount('/var', 'tmpfs')])).toBe(memory);
  expect(incidentFolder([mount('/var', 'tmpfs'), mount('/var', 'ext4')])).toBe(disk);
  expect(incidentFolder([mount('/var', 'tmpfs'), mount('/var/lib', 'xfs')])).toBe(disk);
  expect(incidentFolder([mount('/var', 'ext4', ['ro'])])).toBe(memory);
});
