import { describe, expect, test } from 'vitest';
import { type Section, sections } from '../../../lib/bundle/bundle.ts';
import { defaultPath } from '../../../lib/process/default-path.ts';
import { bundle, type Fields, type Image, linuxkit, scope } from '../testing.ts';
import { imageCommand } from './image-defaults.ts';

const path = `PATH=${defaultPath}`;
const at = (section: Section) => ({ ...scope, section });
const made = (image: Image, fields: Fields = {}) => bundle(fields, {}, { Cmd: ['c'], ...image });
const kitOf = (image: Image, fields: Fields = {}) => made(image, fields).runtime.kit;

describe('the command', () => {
  test.each<[Image, string[]]>([
    [{ Entrypoint: ['/e', 'x'], Cmd: ['c'] }, ['/e', 'x', 'c']],
    [{ Entrypoint: [], Cmd: ['c'] }, ['c']],
    [{ Entrypoint: [''], Cmd: ['c'] }, ['c']],
    [{ Entrypoint: ['', 'x'] }, ['', 'x']],
    [{}, []],
  ])('%j', (image, command) => {
    expect(imageCommand(image)).toEqual(command);
  });

  test.each<[string, Image]>([
    ['"web" has no command: its image does not set one', {}],
    ['"web" has no command: its image does not set one', { Entrypoint: [''], Cmd: [] }],
    ['the name of the program is empty', { Cmd: ['', 'x'] }],
  ])('%s', (message, image) => {
    expect(() => bundle({}, {}, image)).toThrow(message);
    expect(bundle({ command: ['/m'] }, {}, image).spec.process.args).toEqual(['/m']);
  });
});

describe('PATH', () => {
  const envOf = (fields: Fields, image: Image, context = scope) =>
    bundle(fields, {}, { Cmd: ['c'], ...image }, context).spec.process.env;

  test('where neither the manifest nor the image sets it', () => {
    expect(envOf({}, {})).toEqual([path]);
    expect(envOf({}, { Env: ['A=1'] })).toEqual(['A=1', path]);
    expect(envOf({ env: ['B=2'] }, { Env: ['PATH=/x'] })).toEqual(['B=2', path]);
    expect(envOf({}, { Env: ['XPATH=1'] })).toEqual(['XPATH=1', path]);
  });

  test('one that is set stays, an empty one too', () => {
    expect(envOf({}, { Env: ['PATH=/bin'] })).toEqual(['PATH=/bin']);
    expect(envOf({}, { Env: ['PATH='] })).toEqual(['PATH=']);
    expect(envOf({ env: ['PATH=/m'] }, { Env: ['PATH=/bin'] })).toEqual(['PATH=/m']);
  });

  test("LinuxKit's init gets what LinuxKit would write", () => {
    expect(envOf({}, {}, linuxkit)).toBeUndefined();
  });

  test('kit explain says that kit added it', () => {
    expect(made({}).origins.get('env')).toEqual([{ source: 'kit', path: ['env'] }]);
    expect(made({}, { env: ['A=1'] }).origins.get('env')).toEqual([
      { source: 'manifest', path: ['env'] },
      { source: 'kit', path: ['env'] },
    ]);
  });
});

describe('the end', () => {
  test.each([
    ...[
      ['SIGQUIT', 'SIGQUIT'],
      ['quit', 'SIGQUIT'],
      ['3', 'SIGQUIT'],
      ['SIGRTMIN+3', 'SIGRTMIN+3'],
    ],
    ...[
      ['RTMIN+3', 'SIGRTMIN+3'],
      ['37', 'SIGRTMIN+3'],
      ['32', '32'],
      ['RTMAX', 'SIGRTMIN+30'],
    ],
  ])('STOPSIGNAL %s is %s', (StopSignal = '', signal = '') => {
    expect(kitOf({ StopSignal })).toMatchObject({ stopSignal: signal });
    expect(kitOf({}, { stopSignal: StopSignal })).toMatchObject({ stopSignal: signal });
  });

  test('a signal that does not exist is named, unless the manifest has another', () => {
    const message = 'its STOPSIGNAL is "SIGFOO", which is no signal';
    expect(() => made({ StopSignal: 'SIGFOO' })).toThrow(message);
    expect(kitOf({ StopSignal: 'SIGFOO' }, { stopSignal: 15 })).toMatchObject({ stopSignal: 'SIGTERM' });
  });

  test('StopTimeout, in seconds', () => {
    expect(kitOf({ StopTimeout: 90 })).toMatchObject({ stopTimeoutMs: 90_000 });
    expect(kitOf({ StopTimeout: 0 })).toMatchObject({ stopTimeoutMs: 0 });
    expect(kitOf({ StopTimeout: 2 ** 53 })?.stopTimeoutMs).toBeLessThan(2 ** 31);
    expect(kitOf({ StopTimeout: 90 }, { stopTimeout: '1s' })).toMatchObject({ stopTimeoutMs: 1000 });
  });
});

test.each([
  ['app', '/app'],
  ['a/../b', '/b'],
  ['./', '/'],
  ['/srv/$X', '/srv/$X'],
  ['', '/'],
])('WORKDIR %j is %s', (WorkingDir, cwd) => {
  expect(made({ WorkingDir }).spec.process.cwd).toBe(cwd);
  expect(made({ WorkingDir }, { cwd: '/m' }).spec.process.cwd).toBe('/m');
});

test('only services take the health check of their image', () => {
  const image: Image = { Cmd: ['c'], Healthcheck: { Test: ['CMD', '/check'] } };
  const probes = sections.map((section) => bundle({}, {}, image, at(section)).runtime.kit?.ready);
  expect(probes.filter((ready) => ready !== null)).toHaveLength(1);
});
