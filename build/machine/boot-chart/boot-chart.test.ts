import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Service, StatusReply } from '../../../lib/control/generated/control.ts';
import { renderError } from '../../../lib/errors/render.ts';
import { mergeManifests } from '../../manifest/merge.ts';
import { parseManifest } from '../../manifest/parse.ts';
import { bootTimes } from './boot-times.ts';
import { checkBootBudgets } from './budgets.ts';
import { savedTimes } from './saved-times.ts';
import { bootSvg } from './svg.ts';
import { bootText } from './text.ts';

const MiB = 1 << 20;
const nothing = new Uint8Array();

const machine = (parts: Readonly<Record<string, unknown>>) => ({
  status: async (): Promise<StatusReply> => ({
    ...StatusReply.decode(nothing),
    ...{ memoryTotal: BigInt(1000 * MiB), memoryAvailable: BigInt(800 * MiB) },
    services: [
      { ...Service.decode(nothing), name: 'sshd', pid: 7, memoryBytes: BigInt(30 * MiB) },
      { ...Service.decode(nothing), name: 'ended' },
    ],
  }),
  report: async () =>
    Object.entries(parts).map(([name, value]) => ({
      name,
      text: typeof value === 'string' ? value : JSON.stringify(value),
    })),
});

const phases = [
  { phase: 'kernel', startMs: 0, endMs: 3000 },
  { phase: 'stage 1', startMs: 3000, endMs: 4500 },
  { phase: 'onboot', startMs: 6000, endMs: 8000 },
  { phase: 'ready', startMs: 8000, endMs: 12_000 },
];
const starts = [
  { section: 'onboot', name: 'metadata', startMs: 6010, startedMs: 6010, readyMs: 7900 },
  { section: 'services', name: 'sshd', startMs: 8010, startedMs: 9000, readyMs: 12_000 },
  { section: 'services', name: 'late', startMs: 8020, startedMs: null, readyMs: null },
];

const parts = {
  'boot.json': phases,
  'starts.json': starts,
  'memory.json': { atReadyBytes: 210 * MiB },
};

test('the text: phases, containers and services, in the order of their beginnings', async () => {
  const times = await bootTimes(machine(parts), 't1');
  expect(bootText('t1', times)).toBe(`t1: ready in 12.00 s; memory in use: 210.0 MiB when ready, 200.0 MiB now
   BEGIN    TOOK  WHAT
  0.00 s  3.00 s  kernel    ===========
  3.00 s  1.50 s  stage 1             ======
  6.00 s  2.00 s  onboot                        =======
  6.01 s  1.89 s  metadata                      #######
  8.00 s  4.00 s  ready                               ==============
  8.01 s  3.99 s  sshd                                ....##########
  8.02 s not yet  late                                .............#
`);
});

test('the picture: names are texts, whatever is in them', async () => {
  const odd = [{ phase: '<b>&"\u0007', startMs: 0, endMs: 5 }];
  const svg = bootSvg('<x>', await bootTimes(machine({ 'boot.json': odd }), 't1'));
  expect(svg).toContain('&lt;b&gt;&amp;&quot;\ufffd');
  expect(svg).not.toMatch(/<b>|<x>|NaN|Infinity/);
});

test('a machine that has not recorded its boot is named', async () => {
  await expect(bootTimes(machine({}), 't1')).rejects.toThrow('it has not said how long its steps took');
});

test.each(['{', '{}', '7'])('damaged times are refused: %s', async (text) => {
  await expect(bootTimes(machine({ 'boot.json': text }), 't1')).rejects.toThrow('"boot.json" is damaged');
});

test('rows with other things in them are left out', async () => {
  const rows = [
    ...phases,
    { phase: 7 },
    null,
    { phase: 'x', startMs: -1, endMs: 2 },
    { phase: 'y', startMs: 5, endMs: 1 },
  ];
  const other = [
    { section: '__proto__', name: 'z', startMs: 1 },
    { section: 'services', name: 'w', startMs: 1e300 },
  ];
  const { bars } = await bootTimes(machine({ 'boot.json': rows, 'starts.json': other }), 't1');
  expect(bars).toHaveLength(phases.length);
});

const manifest = (budgets: string) =>
  mergeManifests([parseManifest(`budgets: {${budgets}}`, 'web.yml', '/')]);

test('a boot within its budgets', async () => {
  const times = await bootTimes(machine(parts), 't1');
  checkBootBudgets(manifest('boot: 12s, memoryAtReady: 210M, memoryInUse: 200M'), times, undefined);
  checkBootBudgets(manifest('image: 1K'), times, undefined);
});

test('a boot that exceeds them: what is largest, or what has grown since an earlier boot', async () => {
  const times = await bootTimes(machine(parts), 't1');
  const errors = (before?: typeof times): string => {
    try {
      checkBootBudgets(manifest('boot: 11s, memoryInUse: 100M'), times, before);
      return 'fine';
    } catch (thrown) {
      return renderError(thrown);
    }
  };
  expect(errors()).toContain('web.yml:1:17: the boot took 12.0 s, more than its budget of 11s');
  expect(errors()).toContain(
    '(hint: these took longest\n        4.0 s  service sshd\n        3.0 s  phase kernel',
  );
  expect(errors()).toContain('the machine had 200.0 MiB of memory in use now, more than its budget of 100M');
  expect(errors()).toContain('(hint: these use most\n     30.0 MiB  service sshd');
  const before = {
    ...times,
    bars: times.bars.map((bar) => (bar.name === 'onboot' ? { ...bar, endMs: 7000 } : bar)),
    memory: { ...times.memory, services: [{ name: 'sshd', bytes: 20 * MiB }] },
  };
  expect(errors(before)).toContain(
    '(hint: since the earlier boot these take longer\n       +1.0 s  phase onboot)',
  );
  expect(errors(before)).toContain(
    '(hint: since the earlier boot these use more\n    +10.0 MiB  service sshd)',
  );
});

test('a boot that is not over is not within its budget', async () => {
  const times = await bootTimes(machine({ 'boot.json': phases.slice(0, 3) }), 't1');
  expect(() => checkBootBudgets(manifest('boot: 1h'), times, undefined)).toThrow('the boot is not over');
  expect(() => checkBootBudgets(manifest('memoryAtReady: 1G'), times, undefined)).toThrow('does not say');
});

test('saved times come back; other files are refused', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'kit-boot-'));
  const saved = (text: string): ReturnType<typeof savedTimes> => {
    writeFileSync(join(dir, 'old.json'), text);
    return savedTimes(join(dir, 'old.json'));
  };
  const times = await bootTimes(machine(parts), 't1');
  try {
    expect(await saved(JSON.stringify(times))).toEqual(times);
    await expect(saved('{')).rejects.toThrow('Cannot compare with');
    await expect(saved('{"readyMs":1}')).rejects.toThrow('it is JSON of another kind');
    await expect(saved(JSON.stringify({ ...times, bars: [{}] }))).rejects.toThrow('of another kind');
  } finally {
    rmSync(dir, { recursive: true });
  }
});
