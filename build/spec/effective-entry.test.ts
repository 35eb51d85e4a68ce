import { describe, expect, test } from 'vitest';
import { defaultPath } from '../../lib/process/default-path.ts';
import { entryDefaults } from '../manifest/fields.ts';
import type { EntryDefaults } from '../manifest/types.ts';
import { kitDefaults, linuxkitDefaults } from './defaults.ts';
import { at, bundle, type Fields, type Image, linuxkit, scope, spec } from './testing.ts';

const path = `PATH=${defaultPath}`;

describe('the image config', () => {
  const image: Image = { Entrypoint: ['/e'], Cmd: ['c'], Env: ['A=1'], WorkingDir: '/w' };
  test.each<[string, Fields, EntryDefaults, Image, string, unknown]>([
    ['entry point and command', {}, {}, image, 'process.args', ['/e', 'c']],
    ['an entry point alone', {}, {}, { Entrypoint: ['/e'] }, 'process.args', ['/e']],
    ['env', {}, {}, image, 'process.env', ['A=1', path]],
    ['the working folder', {}, {}, image, 'process.cwd', '/w'],
    [
      'the working folder, relative to the root',
      {},
      {},
      { ...image, WorkingDir: 'a/../w/' },
      'process.cwd',
      '/w',
    ],
    ['the working folder, empty', {}, {}, { ...image, WorkingDir: '' }, 'process.cwd', '/'],
    ['a label comes before it', {}, { command: ['/l'] }, image, 'process.args', ['/l']],
    ['so does its env, whole', {}, { env: ['B=2'] }, image, 'process.env', ['B=2', path]],
    ['so does its cwd', {}, { cwd: '/l' }, image, 'process.cwd', '/l'],
    [
      'the manifest comes before both',
      { command: ['/m'] },
      { command: ['/l'] },
      image,
      'process.args',
      ['/m'],
    ],
    ['so does its env, empty', { env: [] }, { env: ['B=2'] }, image, 'process.env', [path]],
    ['an empty cwd does not', { cwd: '' }, {}, image, 'process.cwd', '/w'],
  ])('%s', (_title, fields, label, config, key, value) => {
    expect(at(spec(fields, label, config), key)).toEqual(value);
  });
});

/** A field of the label applies, unless the manifest sets the field. */
const rows: readonly (readonly [field: keyof EntryDefaults, label: unknown, manifest: unknown])[] = [
  ['capabilities', ['CAP_CHOWN'], ['CAP_KILL']],
  ['ambient', ['CAP_CHOWN'], []],
  ['mounts', [{ type: 'tmpfs', destination: '/l' }], [{ type: 'tmpfs', destination: '/m' }]],
  ['binds', ['/l:/l'], ['/m:/m']],
  ['tmpfs', ['/l'], ['/m']],
  ['devices', [{ path: 'all', type: 'a' }], []],
  ['command', ['/l'], ['/m', 'x']],
  ['env', ['A=l'], ['B=m']],
  ['cwd', '/l', '/m'],
  ['net', 'new', 'host'],
  ['ipc', 'new', '/m'],
  ['uts', 'new', 'root'],
  ['pid', 'host', 'new'],
  ['userns', 'new', 'root'],
  ['hostname', 'l', 'm'],
  ['readonly', true, false],
  ['maskedPaths', ['/l'], []],
  ['readonlyPaths', ['/l'], ['/m']],
  ['uid', 1, 0],
  ['gid', 'redis', ''],
  ['additionalGids', [1], [2]],
  ['noNewPrivileges', false, true],
  ['seccomp', 'unconfined', 'default'],
  ['landlock', { bind: [80] }, { read: ['/etc'] }],
  ['oomScoreAdj', 1, 0],
  ['rootfsPropagation', 'shared', ''],
  ['cgroupsPath', '/l', ''],
  ['resources', { memory: { limit: 1 << 24 } }, { pids: { limit: 1 } }],
  ['sysctl', { 'kernel.sem': '1' }, { 'kernel.msgmax': '1' }],
  ['rlimits', ['core,0,0'], []],
  ['uidMappings', [{ hostID: 1, containerID: 0, size: 1 }], []],
  ['gidMappings', [{ hostID: 1, containerID: 0, size: 1 }], []],
  ['annotations', { a: 'l' }, {}],
  ['restart', 'no', 'on-failure'],
  ['after', ['db'], []],
  ['ready', { tcp: 1 }, { file: '/up' }],
  ['stopSignal', 'SIGINT', 'SIGHUP'],
  ['stopTimeout', '1s', '2s'],
  ['onFailure', 'halt', 'reboot'],
  ['timeout', '1s', '2s'],
  ['ociRuntime', 'runc', 'crun'],
  ['shim', 'shared', 'own'],
];

describe('label and manifest', () => {
  const json = ({ spec: config, runtime }: ReturnType<typeof bundle>) => ({ config, runtime });
  test.each(rows)('%s', (field, ofLabel, ofManifest) => {
    const fields = { [field]: ofManifest } as Fields;
    const label = { [field]: ofLabel } as EntryDefaults;
    expect(json(bundle({}, label))).toEqual(json(bundle({ [field]: ofLabel } as Fields)));
    expect(json(bundle(fields, label))).toEqual(json(bundle(fields)));
    expect(json(bundle(fields, label))).not.toEqual(json(bundle({}, label)));
  });

  test('liveness, which needs a check', () => {
    const ready = { tcp: 1 };
    const label = { liveness: { restarts: 1 } };
    expect(bundle({ ready }, label).runtime.kit?.liveness?.restarts).toBe(1);
    expect(bundle({ ready, liveness: { restarts: 2 } }, label).runtime.kit?.liveness?.restarts).toBe(2);
  });

  test('every field of the table is tested here, except those with special rules', () => {
    const others = ['capabilities.add', 'binds.add', 'runtime', 'liveness'];
    expect([...rows.map(([field]) => field), ...others].sort()).toEqual(Object.keys(entryDefaults).sort());
  });

  test.each(['cwd', 'net', 'ipc', 'uts', 'pid', 'userns', 'hostname'] as const)(
    'an empty %s does not override that of the label',
    (field) => {
      const label = { [field]: field === 'hostname' ? 'l' : '/l' } as EntryDefaults;
      expect(spec({ [field]: '' }, label)).toEqual(spec({}, label));
    },
  );

  test.each<[string, Fields, EntryDefaults, string[] | undefined]>([
    [
      'extends the label',
      { 'capabilities.add': ['CAP_KILL'] },
      { capabilities: ['CAP_CHOWN'] },
      ['CAP_CHOWN', 'CAP_KILL'],
    ],
    ['without a label', { 'capabilities.add': ['CAP_KILL'] }, {}, ['CAP_KILL']],
    [
      'names one twice',
      { 'capabilities.add': ['CAP_CHOWN'] },
      { capabilities: ['CAP_CHOWN'] },
      ['CAP_CHOWN'],
    ],
    [
      'means nothing beside capabilities',
      { capabilities: [], 'capabilities.add': ['CAP_KILL'] },
      { capabilities: ['CAP_CHOWN'] },
      undefined,
    ],
    ['means nothing in a label', {}, { 'capabilities.add': ['CAP_KILL'] }, undefined],
  ])('capabilities.add %s', (_title, fields, label, effective) => {
    expect(spec(fields, label).process.capabilities.effective).toEqual(effective);
  });

  test.each<[string, Fields, EntryDefaults, string[]]>([
    ['extends the label', { 'binds.add': ['/b:/b'] }, { binds: ['/a:/a'] }, ['/a', '/b']],
    ['without a label', { 'binds.add': ['/b:/b'] }, {}, ['/b']],
    ['replaces one of the same destination', { 'binds.add': ['/b:/a'] }, { binds: ['/a:/a'] }, ['/b']],
    [
      'means nothing beside binds',
      { binds: ['/c:/c'], 'binds.add': ['/b:/b'] },
      { binds: ['/a:/a'] },
      ['/c'],
    ],
    ['means nothing in a label', {}, { 'binds.add': ['/b:/b'] }, []],
  ])('binds.add %s', (_title, fields, label, sources) => {
    const { mounts } = spec(fields, label);
    expect(mounts.filter(({ type }) => type === 'bind').map(({ source }) => source)).toEqual(sources);
  });

  test('the error for an invalid label names the label', () => {
    expect(() => bundle({}, { foo: 1 } as EntryDefaults)).toThrow('unknown key "foo"');
  });

  test('every field has a default, or is optional', () => {
    const known = [...Object.keys(linuxkitDefaults), ...Object.keys(kitDefaults)];
    const absent = ['capabilities.add', 'binds.add', 'oomScoreAdj', 'ready', 'liveness', 'landlock'];
    expect([...known, ...absent].sort()).toEqual(Object.keys(entryDefaults).sort());
  });
});

describe('origins', () => {
  const image: Image = { Cmd: ['c'], Env: ['A=1'] };
  const origins = (fields: Fields, label: EntryDefaults = {}, reader = scope) =>
    bundle(fields, label, image, reader).origins;
  test.each<[string, Fields, EntryDefaults, string, unknown[]]>([
    ['the manifest', { net: 'new' }, { net: 'host' }, 'net', [{ source: 'manifest', path: ['net'] }]],
    ['a label', { net: '' }, { net: 'host' }, 'net', [{ source: 'label', path: ['net'] }]],
    ['the image config', {}, {}, 'command', [{ source: 'image config', path: ['command'] }]],
    ["LinuxKit's default", {}, {}, 'pid', [{ source: 'LinuxKit', path: ['pid'] }]],
    ["kit's default", {}, {}, 'restart', [{ source: 'kit', path: ['restart'] }]],
    ['no default', {}, {}, 'oomScoreAdj', []],
    [
      'a list of two',
      { 'binds.add': ['/b:/b'] },
      { binds: ['/a:/a'] },
      'binds',
      [
        { source: 'label', path: ['binds'] },
        { source: 'manifest', path: ['binds.add'] },
      ],
    ],
    [
      'additions to nothing',
      { 'capabilities.add': ['CAP_KILL'] },
      {},
      'capabilities',
      [{ source: 'manifest', path: ['capabilities.add'] }],
    ],
    [
      'a part of runtime',
      { runtime: { mkdir: ['/m'] } },
      { runtime: { bindNS: { net: '/n' } } },
      'runtime.bindNS.net',
      [{ source: 'label', path: ['runtime', 'bindNS', 'net'] }],
    ],
  ])('%s', (_title, fields, label, field, expected) => {
    expect(origins(fields, label).get(field) ?? []).toEqual(expected);
  });

  test('kit sets the cgroup path for its own init', () => {
    expect(origins({}).get('cgroupsPath')).toEqual([{ source: 'kit', path: ['cgroupsPath'] }]);
    expect(origins({}, {}, linuxkit).get('cgroupsPath')).toEqual([
      { source: 'LinuxKit', path: ['cgroupsPath'] },
    ]);
  });
});
