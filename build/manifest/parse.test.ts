import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KitError, KitErrors } from '../../lib/errors/errors.ts';
import { renderError } from '../../lib/errors/render.ts';
import { parseEntryDefaults, parseManifest } from './parse.ts';
import { manifestValue } from './print.ts';
import { brokenManifests } from './testing/broken.ts';

/** Every error of a text as `line:column: message`. */
function errorsOf(text: string): string[] {
  try {
    parseManifest(text, 'x.yml', '/folder');
    return [];
  } catch (thrown) {
    if (thrown instanceof KitError) return [shown(thrown)];
    if (thrown instanceof KitErrors) return thrown.errors.map(shown);
    throw thrown;
  }
}

function shown({ place, message }: KitError): string {
  return place ? `${place.line}:${place.column}: ${message}` : message;
}

describe('broken manifests', () => {
  test.each(brokenManifests)('$title', ({ text, errors }) => {
    expect(errorsOf(text)).toEqual(errors);
  });

  test('all errors of a file are reported together, in document order', () => {
    const text = 'kernel:\n  imag: x\nservices:\n  - name: a\n    image: 5\n    net: 6\nfile: []';
    expect(errorsOf(text).map((line) => line.split(':')[0])).toEqual(['2', '5', '6', '7']);
  });

  test('the rendered error shows the line', () => {
    try {
      parseManifest('kernel:\n  imag: x\n', 'x.yml', '/folder');
      expect.unreachable();
    } catch (thrown) {
      expect(renderError(thrown)).toBe(
        'error: x.yml:2:3: unknown key "imag" in kernel (did you mean "image"?)\n    2 |   imag: x\n   ' +
          '   |   ^',
      );
    }
  });
});

describe('valid manifests', () => {
  test.each([
    ['nothing', ''],
    ['comments only', '# nothing\n'],
    ['an empty map', '{}'],
    ['keys without values', 'services:\nkernel:\n'],
  ])('%s is an empty manifest', (_title, text) => {
    const manifest = parseManifest(text, 'x.yml', '/folder');
    expect(manifest).toMatchObject({ kernel: undefined, init: [], services: [] });
  });

  test('every field of LinuxKit', () => {
    const entry = {
      ...{
        name: 'a',
        image: 'x',
        capabilities: ['CAP_KILL'],
        'capabilities.add': ['all'],
        ambient: ['NONE'],
      },
      mounts: [{ type: 'bind', source: '/a', destination: '/b', options: ['ro'] }],
      ...{
        binds: ['/a:/b', '/a:/b:ro,rshared'],
        'binds.add': ['v:/b'],
        tmpfs: ['/tmp', '/run:size=1m,mode=1777'],
      },
      devices: [
        { path: 'all', type: 'b' },
        { path: '/dev/x', type: 'c', major: 10, minor: -1, mode: '0666' },
      ],
      ...{
        command: [],
        env: ['A=b'],
        cwd: '',
        net: 'none',
        ipc: 'new',
        uts: '/run/ns',
        pid: 'host',
        userns: '',
      },
      ...{ hostname: 'h', readonly: true, maskedPaths: ['/a'], readonlyPaths: ['/a'], uid: 'a', gid: 7 },
      ...{ additionalGids: [1, 'a', ''], noNewPrivileges: true, oomScoreAdj: -999 },
      ...{ rootfsPropagation: 'shared', cgroupsPath: '/x', sysctl: { 'net.core.somaxconn': '1' } },
      rlimits: ['nofile,1,unlimited', 'RLIMIT_RTTIME,0,18446744073709', 'Nice,UNLIMITED,1'],
      resources: {
        devices: [{ allow: false, type: 'a', major: 1, minor: 1, access: 'rwm' }],
        memory: {
          ...{ limit: 1, reservation: -1, swap: 1, kernel: 1, kernelTCP: 1, swappiness: 60 },
          disableOOMKiller: true,
        },
        cpu: {
          ...{
            shares: 1,
            quota: -1,
            period: 1,
            realtimeRuntime: 1,
            realtimePeriod: 1,
            cpus: '0-1',
            mems: '0',
          },
        },
        pids: { limit: 10 },
        blockio: {
          ...{
            weight: 10,
            leafWeight: 10,
            weightDevice: [{ major: 8, minor: 0, weight: 10, leafWeight: 10 }],
          },
          throttleReadBpsDevice: [{ major: 8, minor: 0, rate: 1 }],
          throttleWriteBpsDevice: [{ major: 8, minor: 0, rate: 1 }],
          throttleReadIOPSDevice: [{ major: 8, minor: 0, rate: 1 }],
          throttleWriteIOPSDevice: [{ major: 8, minor: 0, rate: 1 }],
        },
        hugepageLimits: [
          { pageSize: '2MB', limit: 1 },
          { pageSize: 2097152, limit: 1 },
        ],
        network: { classID: 1, priorities: [{ name: 'eth0', priority: 1 }] },
      },
      uidMappings: [{ hostID: 1, containerID: 0, size: 1 }],
      gidMappings: [{ hostID: 1, containerID: 0, size: 1 }],
      annotations: { a: 'b' },
      runtime: {
        ...{ cgroups: ['x'], mounts: [{ destination: 'a', type: 'tmpfs', source: 'tmpfs' }], mkdir: ['/a'] },
        interfaces: [{ name: 'a', add: 'veth', peer: 'b', createInRoot: true }],
        bindNS: { cgroup: '/a', ipc: '/a', mnt: '/a', net: '/a', pid: '/a', user: '/a', uts: '/a' },
        namespace: 'x',
      },
    };
    const all = {
      kernel: { image: 'k', cmdline: 'a', binary: 'bzImage', tar: '', ucode: 'u.cpio' },
      init: ['i'],
      onboot: [entry, entry],
      onshutdown: [entry, entry],
      services: [entry],
      files: [
        { path: '/a', contents: '', mode: '0600', uid: 'a', gid: 0 },
        { path: 'b', source: '~/x', optional: true },
        { path: 'c', directory: true },
        { path: 'd', symlink: '../x', directory: false },
        { path: 'e', metadata: 'json' },
      ],
      volumes: [{ name: 'v', image: 'x', readonly: true, format: 'oci', platforms: ['linux/arm/v7'] }],
      trust: { image: ['x'], org: ['y'] },
    };
    const { trust: _, ...kept } = all;
    expect(manifestValue(parseManifest(JSON.stringify(all), 'x.yml', '/'))).toEqual(kept);
  });

  test('only the first document is read', () => {
    const manifest = parseManifest('init: [a]\n---\nfoo: [', 'x.yml', '/folder');
    expect(manifest.init.map(({ value }) => value.text)).toEqual(['a']);
  });

  test('anchors and merge keys are supported', () => {
    const text = 'services:\n  - &a {name: a, image: x, net: host}\n  - {<<: *a, name: b}\n';
    const { services } = parseManifest(text, 'x.yml', '/folder');
    expect(services.map(({ value }) => value)).toMatchObject([
      { name: 'a', image: { text: 'x' }, net: 'host' },
      { name: 'b', image: { text: 'x' }, net: 'host' },
    ]);
  });

  test('every value has its position', () => {
    const text = 'services:\n  - name: a\n    image: x\n    binds:\n      - /a:/a\n      - b:/b\n';
    const [service] = parseManifest(text, 'x.yml', '/folder').services;
    expect(service?.origin.place()).toEqual({ file: 'x.yml', line: 2, column: 5, text: '  - name: a' });
    expect(service?.origin.place(['binds', 1])).toMatchObject({ line: 6, column: 9 });
    expect(service?.origin.place(['env'])).toMatchObject({ line: 2, column: 5 });
  });

  test('a label is JSON without name and image', () => {
    expect(parseEntryDefaults('{"binds":["/dev:/dev"],"readonly":true}', 'label')).toEqual({
      binds: ['/dev:/dev'],
      readonly: true,
    });
    expect(() => parseEntryDefaults('{"name":"x"}', 'label')).toThrow('unknown key "name"');
  });
});

describe('no input makes the parser hang, or throw anything but a KitError', () => {
  const isForPeople = (text: string): boolean => {
    errorsOf(text);
    return true;
  };
  const words = fc.constantFrom(
    ...[
      'kernel',
      'services',
      'name',
      'image',
      'binds',
      'ready',
      '- ',
      ': ',
      '? ',
      '\n',
      '\n  ',
      '[',
      ']',
      '{',
      '}',
    ],
    ...[
      '&a',
      '*a',
      '<<',
      '|',
      '>',
      '"',
      "'",
      '#',
      '!',
      '%',
      '---',
      '...',
      ',',
      '\t',
      '__proto__',
      'null',
      '0644',
      '\0',
    ],
  );

  test('any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), isForPeople));
  });

  test('any mixture of YAML tokens', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 80 }), (parts) => isForPeople(parts.join(''))),
      { numRuns: 500 },
    );
  });

  test('any value in any place', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) =>
        isForPeople(JSON.stringify({ services: [a], files: b })),
      ),
    );
  });

  /** `b: &b [*a,*a,…]`: each line expands to nine times the one before. */
  const nineAliases = (name: string, at: number): string =>
    `${name}: &${name} [${`*${String.fromCharCode(97 + at)},`.repeat(9)}]`;

  test.each([
    ['nested flow maps', '{'.repeat(300_000)],
    ['nested explicit keys', '? '.repeat(150_000)],
    ['nested lists', '- '.repeat(150_000)],
    ['an alias bomb', `a: &a [x]\n${[...'bcdefghijklmnop'].map(nineAliases).join('\n')}`],
    ['many unknown keys', Array.from({ length: 30_000 }, (_, at) => `k${at}: 1`).join('\n')],
    ['many wrong values', `init: [${'1,'.repeat(100_000)}]`],
  ])('%s', (_title, text) => {
    expect(errorsOf(text).length).toBeGreaterThan(0);
  });
});
