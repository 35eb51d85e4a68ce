import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DiskConfig, type EncryptConfig, makingLabel, partitionName } from '../../bundle/disks.ts';
import type { Content, ProbedDevice } from '../observe/content.ts';
import { candidates, chooseDevice, holdsNothing } from './choose-disk.ts';
import { decideContainer } from './decide-container.ts';
import { decideFileSystem } from './decide-file-system.ts';
import { decidePartition } from './decide-partition.ts';
import type { Step } from './step.ts';
import { DiskTrouble } from './trouble.ts';

const device = (name: string, content: Content, more: Partial<ProbedDevice> = {}): ProbedDevice => ({
  ...{ name, path: `/dev/${name}`, bytes: 2 ** 30, sectorBytes: 512, readOnly: false, serial: undefined },
  ...{ disk: undefined, usedBy: undefined, content, partitionName: '', partitionUuid: '', ...more },
});

const nothing: Content = { kind: 'nothing' };
const gpt: Content = { kind: 'table', table: 'gpt' };
const unreadable: Content = { kind: 'unreadable', why: 'i/o error' };
const fileSystem = (type: string, label: string): Content => ({
  kind: 'file system',
  type,
  label,
  uuid: 'u1',
});

const container = (label: string, version = '2'): Content => ({
  kind: 'luks',
  version,
  label,
  uuid: 'c1',
});
const luks: EncryptConfig = { kind: 'luks2', key: { tpm: true } };
const throwaway: EncryptConfig = { kind: 'throwaway' };

const wanted = (more: Partial<DiskConfig> = {}): DiskConfig => ({
  ...{
    name: 'data',
    match: { serial: 's' },
    fileSystem: { type: 'ext4', label: 'data' },
    mount: '/var/data',
  },
  ...{ grow: false, trim: true, wipe: false, onFailure: 'continue', volumes: [], ...more },
});

const verbs = (steps: readonly Step[]): string => steps.map((step) => step.do).join(', ');

describe('chooseDevice', () => {
  const vda = device('vda', gpt);
  const vda1 = device('vda1', fileSystem('ext4', 'root'), { disk: 'vda', partitionUuid: 'p1' });
  const vdb = device('vdb', nothing, { serial: 's', bytes: 5 * 2 ** 30 });
  const vdc = device('vdc', fileSystem('xfs', 'data'));
  const loop = device('loop0', nothing, { serial: 's' });
  const all = [vda, vda1, vdb, vdc, loop];
  const choose = (match: DiskConfig['match'], devices = all, more: Partial<DiskConfig> = {}) =>
    chooseDevice(
      candidates(devices, match).map(
        (one) => all.find(({ name }) => name === one.name) ?? device(one.name, nothing),
      ),
      wanted({ match, ...more }),
    )?.name;

  test.each<[DiskConfig['match'], string | undefined]>([
    [{ serial: 's' }, 'vdb'],
    [{ serial: 't' }, undefined],
    [{ label: 'root' }, 'vda1'],
    [{ uuid: 'none' }, undefined],
    [{ partuuid: 'p1' }, 'vda1'],
    [{ path: '/dev/vdc' }, 'vdc'],
    [{ path: '/dev/loop0' }, 'loop0'],
    [{ size: { min: 2 * 2 ** 30, max: 9 * 2 ** 30 } }, 'vdb'],
    // The one that an earlier boot has formatted, before any empty one.
    [{ firstEmpty: true }, 'vdc'],
  ])('%j is %s', (match, name) => {
    expect(choose(match)).toBe(name);
  });

  test('the first empty one is taken where none has been prepared, and never one that cannot be read', () => {
    const devices = [
      device('vda', unreadable),
      device('vdb', nothing, { readOnly: true }),
      device('vdd', nothing),
    ];
    expect(chooseDevice(devices, wanted({ match: { firstEmpty: true } }))?.name).toBe('vdd');
    const unfinished = [device('vdb', fileSystem('ext4', makingLabel))];
    expect(chooseDevice(unfinished, wanted({ match: { firstEmpty: true } }))?.name).toBe('vdb');
  });

  test('a container is known by its own label and UUID, a prepared one by the label', () => {
    const devices = [device('vdb', nothing), device('vdc', container('data'))];
    const matches = [{ label: 'data' }, { uuid: 'c1' }, { firstEmpty: true }] as const;
    const found = matches.map((match) => chooseDevice(devices, wanted({ match, encrypt: luks }))?.name);
    expect(found).toEqual(['vdc', 'vdc', 'vdc']);
  });

  test('with a partition, it is known by the name of that', () => {
    const row = device('vdc1', nothing, { disk: 'vdc', partitionName: partitionName('data') });
    const devices = [device('vdb', nothing), device('vdc', gpt), row];
    const disk = wanted({ match: { firstEmpty: true }, partition: { table: 'gpt' } });
    expect(chooseDevice(devices, disk)?.name).toBe('vdc');
  });

  test('of two that match none is touched, and both are named', () => {
    const two = [device('vdb', nothing), device('vdc', nothing)];
    expect(() => chooseDevice(two, wanted())).toThrow(
      '2 devices match, and none is touched: /dev/vdb and /dev/vdc (serial "s")',
    );
  });
});

describe('decidePartition', () => {
  const ours = device('vdb1', nothing, { disk: 'vdb', partitionName: partitionName('data') });
  const foreign = device('vdb1', fileSystem('vfat', 'EFI'), { disk: 'vdb' });
  const partition = { table: 'gpt' } as const;

  test.each<[string, ProbedDevice, ProbedDevice[], Partial<DiskConfig>, string, string | undefined]>([
    ['without a partition', device('vdb', gpt), [foreign], {}, '', undefined],
    ['an empty disk', device('vdb', nothing), [], { partition }, 'make table', undefined],
    ['our table', device('vdb', gpt), [ours], { partition }, '', 'vdb1'],
    ['our table, to grow', device('vdb', gpt), [ours], { partition, grow: true }, 'grow table', 'vdb1'],
    [
      'a table of others with what is asked for',
      device('vdb', gpt),
      [foreign, device('vdb2', fileSystem('ext4', 'data'), { disk: 'vdb' })],
      { partition },
      '',
      'vdb2',
    ],
    ['wipe', device('vdb', gpt), [foreign], { partition, wipe: true }, 'wipe, make table', undefined],
    [
      'a table of others with the container',
      device('vdb', gpt),
      [
        device('vdb1', fileSystem('ext4', 'data'), { disk: 'vdb' }),
        device('vdb2', container('data'), { disk: 'vdb' }),
      ],
      { partition, encrypt: luks },
      '',
      'vdb2',
    ],
  ])('%s', (_title, disk, partitions, more, steps, name) => {
    const decided = decidePartition(disk, partitions, wanted(more));
    expect([verbs(decided.steps), decided.partition]).toEqual([steps, name]);
  });

  test.each<[ProbedDevice, ProbedDevice[], Partial<DiskConfig>, string]>([
    [
      device('vdb', gpt),
      [foreign],
      { partition },
      '/dev/vdb holds a partition table (gpt) with vdb1: vfat "EFI", and',
    ],
    [device('vdb', gpt), [], { partition }, '/dev/vdb holds a partition table (gpt), and stays as it is'],
    [
      device('vdb', fileSystem('ext4', 'x')),
      [],
      { partition },
      '/dev/vdb holds ext4 "x", and stays as it is',
    ],
    [device('vdb', unreadable), [], { partition, wipe: true }, '/dev/vdb cannot be read: i/o error'],
    [device('vdb', nothing, { readOnly: true }), [], { partition }, '/dev/vdb is read-only'],
    [device('vdb', nothing, { usedBy: 'mounted on /x' }), [], { wipe: true }, '/dev/vdb is mounted on /x'],
    [device('vdb', gpt), [{ ...ours, usedBy: 'used by dm-0' }], { wipe: true }, '/dev/vdb1 is used by dm-0'],
  ])('trouble %#', (disk, partitions, more, message) => {
    expect(() => decidePartition(disk, partitions, wanted(more))).toThrow(message);
  });
});

describe('decideFileSystem', () => {
  const use = 'check file system, mount';
  const make = `make file system, finish file system, ${use}`;

  test.each<[Content, Partial<DiskConfig>, string]>([
    [nothing, {}, make],
    [fileSystem('ext4', 'data'), {}, use],
    [fileSystem('ext4', 'data'), { wipe: true }, use],
    [fileSystem('ext4', 'data'), { grow: true }, `${use}, grow file system`],
    [fileSystem('ext4', makingLabel), {}, `wipe, ${make}`],
    [fileSystem('xfs', 'data'), { wipe: true }, `wipe, ${make}`],
    [fileSystem('ext4', 'any'), { fileSystem: { type: 'ext4' } }, use],
    [nothing, { fileSystem: { type: 'swap', label: 'data' } }, 'make swap, use swap'],
    [fileSystem('swap', 'data'), { fileSystem: { type: 'swap', label: 'data' } }, 'use swap'],
  ])('%j %j', (content, more, steps) => {
    expect(verbs(decideFileSystem(device('vdb', content), wanted(more)))).toBe(steps);
  });

  test('a read-only one is mounted so, unchecked, and does not grow', () => {
    const disk = device('vdb', fileSystem('ext4', 'data'), { readOnly: true });
    expect(decideFileSystem(disk, wanted({ grow: true }))).toMatchObject([{ do: 'mount', readOnly: true }]);
  });

  test.each<[Partial<ProbedDevice>, Partial<DiskConfig>, string]>([
    [
      { content: fileSystem('xfs', 'data') },
      {},
      '/dev/vdb holds xfs "data", not ext4 "data", and stays as it is',
    ],
    [
      { content: fileSystem('ext4', 'old') },
      {},
      '/dev/vdb holds ext4 "old", not ext4 "data", and stays as it is',
    ],
    [{ content: gpt }, {}, '/dev/vdb holds a partition table (gpt), not ext4 "data", and stays as it is'],
    [
      { content: { kind: 'other', what: 'LVM2_member' } },
      {},
      '/dev/vdb holds LVM2_member, not ext4 "data", and',
    ],
    [{ content: unreadable }, { wipe: true }, '/dev/vdb cannot be read: i/o error'],
    [{ content: nothing, readOnly: true }, {}, '/dev/vdb is read-only, and cannot be formatted'],
  ])('trouble %#', (more, config, message) => {
    expect(() => decideFileSystem(device('vdb', nothing, more), wanted(config))).toThrow(message);
  });
});

describe('decideContainer', () => {
  const decide = (at: ProbedDevice, encrypt: EncryptConfig, more: Partial<DiskConfig> = {}) =>
    decideContainer(at, { ...wanted(more), encrypt });
  const make = 'make container, open container, finish container';
  const swap = { type: 'swap', label: 'data' } as const;

  test.each<[Content, EncryptConfig, Partial<DiskConfig>, string]>([
    [nothing, luks, {}, make],
    [container('data'), luks, {}, 'open container'],
    [container('data'), luks, { wipe: true, grow: true }, 'open container'],
    [container('any'), luks, { fileSystem: { type: 'ext4' } }, 'open container'],
    [container(makingLabel), luks, {}, `wipe, ${make}`],
    [fileSystem('ext4', makingLabel), luks, {}, `wipe, ${make}`],
    [fileSystem('ext4', 'data'), luks, { wipe: true }, `wipe, ${make}`],
    [container('data', '1'), luks, { wipe: true }, `wipe, ${make}`],
    [nothing, throwaway, { fileSystem: swap }, 'make swap, open throw-away'],
    [fileSystem('swap', 'data'), throwaway, { fileSystem: swap }, 'open throw-away'],
    [container(makingLabel), throwaway, { fileSystem: swap }, 'wipe, make swap, open throw-away'],
  ])('%j %j %j', (content, encrypt, more, steps) => {
    expect(verbs(decide(device('vdb', content), encrypt, more))).toBe(steps);
  });

  test('a read-only one is opened so', () => {
    const steps = decide(device('vdb', container('data'), { readOnly: true }), luks);
    expect(steps).toMatchObject([{ do: 'open container', name: 'data', readOnly: true }]);
  });

  test.each<[Content, EncryptConfig, Partial<DiskConfig>, string]>([
    [container('old'), luks, {}, '/dev/vdb holds LUKS2 "old", not LUKS2 "data", and stays as it is'],
    [container('data', '1'), luks, {}, '/dev/vdb holds LUKS1 "data", not LUKS2 "data", and stays as it is'],
    [
      fileSystem('ext4', 'data'),
      luks,
      {},
      '/dev/vdb holds ext4 "data", not LUKS2 "data", and stays as it is',
    ],
    [container('data'), throwaway, { fileSystem: swap }, '/dev/vdb holds LUKS2 "data", not swap "data", and'],
    [
      fileSystem('swap', 'old'),
      throwaway,
      { fileSystem: swap },
      '/dev/vdb holds swap "old", not swap "data"',
    ],
    [gpt, throwaway, { fileSystem: swap }, '/dev/vdb holds a partition table (gpt), not swap "data", and'],
    [unreadable, luks, { wipe: true }, '/dev/vdb cannot be read: i/o error'],
  ])('trouble %#', (content, encrypt, more, message) => {
    expect(() => decide(device('vdb', content), encrypt, more)).toThrow(message);
  });

  test('a read-only one is not encrypted; a container is no file system', () => {
    const readOnly = device('vdb', nothing, { readOnly: true });
    expect(() => decide(readOnly, luks)).toThrow('/dev/vdb is read-only, and cannot be encrypted');
    expect(() => decideFileSystem(device('vdb', container('data')), wanted())).toThrow(
      '/dev/vdb holds LUKS2 "data", not ext4 "data", and stays as it is',
    );
  });
});

describe('whatever a disk holds, wherever the power is cut', () => {
  interface Place {
    content: Content;
    /** What is in it, where it is a container. */
    inside: Content;
  }

  interface Disk extends Place {
    row: (Place & { name: string }) | undefined;
  }

  const content = fc.oneof(
    fc.constantFrom<Content>(nothing, gpt, unreadable, { kind: 'other', what: 'LVM2_member' }),
    fc.constantFrom(container('data'), container('old'), container(makingLabel), container('data', '1')),
    fc
      .tuple(
        fc.constantFrom('ext4', 'xfs', 'btrfs', 'swap', 'vfat'),
        fc.constantFrom('data', 'old', '', makingLabel),
      )
      .map(([type, label]) => fileSystem(type, label)),
  );
  const config = fc.record({
    encrypted: fc.constantFrom('not' as const, 'kept' as const, 'throwaway' as const),
    type: fc.constantFrom('ext4' as const, 'xfs' as const, 'btrfs' as const, 'swap' as const),
    table: fc.boolean(),
    grow: fc.boolean(),
  });

  /** Boots once; after `cut` steps the power fails. Returns whether all was done. */
  function boot(disk: Disk, asked: DiskConfig, cut: number): boolean {
    let left = cut;
    const observed = (): [ProbedDevice, ProbedDevice[]] => {
      const { row } = disk;
      const rows = row ? [device('vdb1', row.content, { disk: 'vdb', partitionName: row.name })] : [];
      return [device('vdb', disk.content), rows];
    };
    let opened: Place | undefined;
    const perform = (step: Step): boolean => {
      if (left === 0) return false;
      left -= 1;
      const isInside = step.device === '/dev/mapper/data';
      const at = isInside ? opened : step.device === '/dev/vdb1' ? disk.row : disk;
      if (!at) throw new Error(`there is no ${step.device}`);
      const key = isInside ? 'inside' : 'content';
      const held = at[key];
      const touched = ['wipe', 'make table', 'make container', 'make file system', 'make swap'].includes(
        step.do,
      );
      if (touched && !holdsNothing(held)) throw new Error(`${step.do} destroys ${JSON.stringify(held)}`);
      switch (step.do) {
        case 'wipe':
          at[key] = nothing;
          break;
        case 'make table':
          Object.assign(disk, { content: gpt, row: { name: step.name, content: nothing, inside: nothing } });
          break;
        case 'make container':
          // What a disk has had before looks like anything from within.
          Object.assign(at, { content: container(makingLabel), inside: { kind: 'other', what: 'noise' } });
          break;
        case 'open container':
          expect(held).toMatchObject({ kind: 'luks', version: '2' });
          opened = at;
          break;
        case 'finish container':
          expect([held, opened]).toEqual([container(makingLabel), at]);
          Object.assign(at, { content: container(step.label), inside: nothing });
          break;
        case 'open throw-away':
          expect(held).toMatchObject({ type: 'swap', label: 'data' });
          Object.assign(at, { inside: nothing });
          opened = at;
          break;
        case 'make file system':
          at[key] = fileSystem(step.type, makingLabel);
          break;
        case 'make swap':
          at[key] = fileSystem('swap', step.label);
          break;
        case 'finish file system':
          expect(held).toEqual(fileSystem(step.type, makingLabel));
          at[key] = fileSystem(step.type, step.label);
          break;
        case 'mount':
          expect(held).toMatchObject({ type: step.type, label: 'data' });
          expect(isInside).toBe(asked.encrypt !== undefined);
          break;
        default:
      }
      return true;
    };
    const { steps, partition } = decidePartition(...observed(), asked);
    if (!steps.every(perform)) return false;
    const [whole, rows] = observed();
    const target = (asked.partition && rows.find(({ name }) => name === (partition ?? 'vdb1'))) ?? whole;
    const { encrypt } = asked;
    if (!encrypt) return decideFileSystem(target, asked).every(perform);
    if (!decideContainer(target, { ...asked, encrypt }).every(perform)) return false;
    const mapped = { ...target, path: '/dev/mapper/data', content: opened?.inside ?? unreadable };
    return decideFileSystem(mapped, asked).every(perform);
  }

  interface Settings {
    readonly type: DiskConfig['fileSystem']['type'];
    readonly table: boolean;
    readonly grow: boolean;
    readonly encrypted: 'not' | 'kept' | 'throwaway';
  }

  const asked = ({ type, table, grow, encrypted }: Settings) =>
    wanted({
      ...{ fileSystem: { type, label: 'data' }, grow },
      ...(table && { partition: { table: 'gpt' } }),
      ...(encrypted !== 'not' && {
        encrypt: type === 'swap' && encrypted === 'throwaway' ? throwaway : luks,
      }),
    });

  /** The steps after which the power fails, boot by boot. */
  const cutting = fc.array(fc.nat(9));

  test('nothing that holds something is formatted', () => {
    fc.assert(
      fc.property(
        content,
        fc.option(content),
        content,
        config,
        cutting,
        (on, within, inside, settings, cuts) => {
          const isOurs = within?.kind === 'nothing';
          const row = within && { name: isOurs ? partitionName('data') : '', content: within, inside };
          const disk: Disk = { content: row ? gpt : on, inside, row: row ?? undefined };
          for (const cut of [...cuts, 99]) {
            try {
              boot(disk, asked(settings), cut);
            } catch (thrown) {
              if (!(thrown instanceof DiskTrouble)) throw thrown;
            }
          }
        },
      ),
    );
  });

  test('an empty disk is whole after the first boot that is not cut, and then only mounted', () => {
    fc.assert(
      fc.property(config, cutting, (settings, cuts) => {
        const disk: Disk = { content: nothing, inside: nothing, row: undefined };
        for (const cut of cuts) boot(disk, asked(settings), cut);
        expect(boot(disk, asked(settings), 99)).toBe(true);
        const before = structuredClone(disk);
        expect(boot(disk, asked(settings), 99)).toBe(true);
        expect(disk).toEqual(before);
      }),
    );
  });
});
