import { expect, test } from 'vitest';
import { KitError } from '../errors/errors.ts';
import { readImageConfig } from './read.ts';
import type { RunConfig } from './types.ts';

const document = { architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: [] } };
const readAll = (value: unknown) => readImageConfig(Buffer.from(JSON.stringify(value)), 'c');
const read = (config: unknown): RunConfig => readAll({ ...document, config }).config;

test.each<[string, unknown, RunConfig]>([
  ['null', null, {}],
  [
    'null and empty fields, as Docker writes them',
    {
      ...{
        Hostname: '',
        Domainname: '',
        User: '',
        AttachStdin: false,
        Tty: false,
        OpenStdin: false,
        Env: null,
      },
      ...{ Cmd: null, Image: 'sha256:1', Volumes: null, WorkingDir: '', Entrypoint: null, OnBuild: null },
      ...{
        Labels: null,
        ExposedPorts: null,
        Healthcheck: null,
        Shell: null,
        StopSignal: '',
        StopTimeout: null,
      },
    },
    { User: '', WorkingDir: '' },
  ],
  ['a label that is null', { Labels: { a: null, b: 'c' } }, { Labels: { a: '', b: 'c' } }],
  [
    'sets, as maps and lists',
    { Volumes: { '/data': {}, '/x': null }, ExposedPorts: ['80/tcp'] },
    { Volumes: { '/data': {}, '/x': {} }, ExposedPorts: { '80/tcp': {} } },
  ],
  ['a command of one word', { Cmd: '/app', Entrypoint: '' }, { Cmd: ['/app'], Entrypoint: [] }],
  ['a command line', { Cmd: 'nginx -g x' }, { Cmd: ['/bin/sh', '-c', 'nginx -g x'] }],
  [
    'a command line for the shell of the image',
    { Entrypoint: 'a b', Shell: ['/bin/bash', '-c'] },
    { Entrypoint: ['/bin/bash', '-c', 'a b'], Shell: ['/bin/bash', '-c'] },
  ],
  [
    'a health check',
    { Healthcheck: { Test: ['CMD', 'x'], Interval: 3e10, StartPeriod: 1, StartInterval: 2 } },
    { Healthcheck: { Test: ['CMD', 'x'], Interval: 3e10 } },
  ],
  [
    'what is ignored may be anything',
    { Hostname: 7, OnBuild: 'RUN', Memory: 0, ArgsEscaped: 'x', Image: {} },
    {},
  ],
])('%s', (_what, config, expected) => {
  expect(read(config)).toEqual(expected);
});

test('what is not obeyed or not known is named', () => {
  const odd = {
    Env: ['A=1', 'B', '=c', ''],
    StopTimeout: -1,
    Memory: 5,
    NetworkDisabled: true,
    Volume: '/data',
  };
  expect(read(odd)).toEqual({
    Env: ['A=1'],
    missed: [
      ...['Env has "B"', 'Env has "=c"', 'Env has ""'].map((text) => `${text}, which is not NAME=value`),
      'StopTimeout is -1: a service that does not stop is killed',
      'Memory is not obeyed: reserved by the specification, and ignored by Docker: `resources: {memory: …}`',
      'NetworkDisabled is not obeyed: `net: new` is a network without interfaces',
      '"Volume" is not a field that kit knows',
    ],
  });
  const many = Object.fromEntries(
    Array.from({ length: 1000 }, (_, at) => [`\u001b[2J${'x'.repeat(99)}${at}`, 1]),
  );
  const { missed = [] } = read(many);
  expect(missed).toHaveLength(20);
  expect(missed.join('\n').length).toBeLessThan(3000);
  expect(missed.join()).not.toContain('\u001b');
});

test.each([
  [{ Env: 'A=1' }, '"config.Env" is "A=1", expected a list'],
  [{ Env: [1] }, '"config.Env[0]" is 1, expected a string'],
  [{ Cmd: [null] }, '"config.Cmd[0]" is null, expected a string'],
  [{ Cmd: ['a\0b'] }, 'expected a string without NUL'],
  [{ User: 1000 }, '"config.User" is 1000, expected a string'],
  [{ WorkingDir: ['/'] }, '"config.WorkingDir" is ["/"], expected a string'],
  [{ Volumes: '/data' }, '"config.Volumes" is "/data", expected an object'],
  [{ StopSignal: 3 }, '"config.StopSignal" is 3, expected a string'],
  [{ StopTimeout: '10' }, '"config.StopTimeout" is "10", expected a whole number'],
  [{ Healthcheck: { Interval: '30s' } }, '"config.Healthcheck.Interval" is "30s", expected a whole number'],
  [[], '"config" is [], expected an object'],
])('%j is refused', (config, reason) => {
  expect(() => read(config)).toThrow(reason);
  expect(() => read(config)).toThrow(KitError);
});

test('the rest of the document', () => {
  const { rootfs: _, ...without } = document;
  expect(readAll({ ...document, os: null }).os).toBe('linux');
  expect(() => readAll({ ...document, os: 'windows' })).toThrow('"os" is "windows", expected "linux"');
  expect(readAll({ ...document, architecture: 'x86_64' }).architecture).toBe('amd64');
  expect(readAll({ ...document, rootfs: { diff_ids: null } }).rootfs.diff_ids).toEqual([]);
  expect(readAll({ ...document, created: 7, history: 'x', 'os.features': 1 }).config).toEqual({});
  expect(readAll(without).rootfs.diff_ids).toEqual([]);
});
