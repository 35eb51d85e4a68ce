import { describe, expect, test } from 'vitest';
import { exactJson } from '../../lib/json/exact-json.ts';
import { configLabel, type ImageConfig, layoutLabel } from '../../lib/oci/types.ts';
import type { ResolvedImage } from '../cache/stored-image.ts';
import { type ImagePlan, planImage } from '../image/plan/image-plan.ts';
import type { ImageOf } from '../images/manifest-images.ts';
import { mergeManifests } from '../manifest/merge.ts';
import { parseManifest } from '../manifest/parse.ts';
import { block, wrap } from './columns.ts';
import { explainEntries } from './entry.ts';
import { entryText } from './entry-text.ts';
import { overviewOf } from './overview.ts';
import { overviewText } from './overview-text.ts';

const hash = 'abcdef0123456789'.repeat(3).slice(0, 40);

function image(ref: string, config: ImageConfig['config']): ResolvedImage {
  const name = ref.replace(/^pkg\//, 'kit/').concat(`:${hash}`);
  const rootfs = { type: 'layers', diff_ids: [] } as const;
  return {
    name,
    digest: 'sha256:00',
    layers: [],
    config: { architecture: 'amd64', os: 'linux', config, rootfs },
  };
}

const images = new Map([
  ['pkg/init', image('pkg/init', { Labels: { [layoutLabel]: 'layered' } })],
  [
    'pkg/web',
    image('pkg/web', {
      Entrypoint: ['/usr/bin/web', '--with-a-rather-long-argument=of-some-forty-characters', 'serve'],
      Env: ['PATH=/usr/bin'],
      Labels: {
        [configLabel]: JSON.stringify({
          capabilities: ['CAP_NET_ADMIN'],
          binds: ['/run/x:/run/x'],
          readonly: true,
          runtime: { mkdir: ['/run/x'] },
        }),
      },
    }),
  ],
]);

function plan(...texts: string[]): ImagePlan {
  const manifests = texts.map((text, at) => parseManifest(text, `examples/${at}.yml`, '/'));
  const imageOf: ImageOf = ({ value }) => images.get(value.text) ?? image(value.text, {});
  return planImage(mergeManifests(manifests), imageOf, { cwd: '/' }, {});
}

const manifest = `
init: [pkg/init]
onboot: [{name: web, image: pkg/web}]
services:
  - name: web
    image: pkg/web
    net: new
    binds.add:
      - data:/srv/data:ro
    rlimits: ["memlock,unlimited,unlimited"]
    stopTimeout: 2s
volumes: [{name: data}]
`;

test('what the image says beside the fields', () => {
  const said = {
    Cmd: ['c'],
    ExposedPorts: { '80': {} },
    Volumes: { '/data': {} },
    missed: ['Tty is not obeyed: x'],
  };
  images.set(
    'says',
    image('says', { ...said, Healthcheck: { Test: ['CMD', '/check'] }, StopSignal: 'quit' }),
  );
  const [entry] = explainEntries(
    plan('{init: [pkg/init], services: [{name: a, image: says, env: [A=1]}]}'),
    'a',
  );
  const lines = entry ? entryText(entry).split('\n') : [];
  expect(
    lines.slice(3, lines.indexOf('becomes') - 1).filter((line) => !line.startsWith('  cgroupsPath')),
  ).toMatchInlineSnapshot(`
    [
      "env         A=1",
      "            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      "                                                     examples/0.yml:1:59 and kit",
      "command     c                                                     config of says",
      "stopSignal  quit                                                  config of says",
      "ready       exec: ["/check"]",
      "            interval: 30s",
      "            timeout: 30s",
      "            retries: 3                                            config of says",
      "",
      "kit's defaults",
      "  seccomp=default noNewPrivileges=true ipc=new uts=new maskedPaths=12",
      "  readonlyPaths=5 userns=new resources={"pids":{"limit":512}}",
      "  rlimits=["nofile,1024,65536"]",
      "  uidMappings=[{"containerID":0,"hostID":447348736,"size":65536}]",
      "  gidMappings=[{"containerID":0,"hostID":447348736,"size":65536}]",
      "  runtime.namespace=services.linuxkit",
      "",
      "LinuxKit's defaults",
      "  cwd=/ net=root pid=new readonly=false uid=0 gid=0",
      "",
      "the image also says",
      "  exposes        80/tcp",
      "                 (from outside: kit run --publish PORT:PORT, and \`ports:\` with a",
      "                   firewall)",
      "  volumes        /data",
      "                 (lost when the service starts again, unless a volume or a disk",
      "                   is bound there)",
      "  not obeyed     Tty is not obeyed: x",
    ]
  `);
});

test('an entry, and where each of its values came from', () => {
  const [, service] = explainEntries(plan(manifest), 'web');
  const text = service ? entryText(service) : '';
  expect(text).toMatchInlineSnapshot(`
    "services web                                                  examples/0.yml:5:5
    image pkg/web, which is kit/web:abcdef0123456789abcdef0123456789abcdef01

    net            new                                           examples/0.yml:7:10
    rlimits        memlock,unlimited,unlimited
                   nofile,1024,65536                    examples/0.yml:10:14 and kit
    stopTimeout    2s                                           examples/0.yml:11:18
    capabilities   CAP_NET_ADMIN                                    label of pkg/web
    binds          /run/x:/run/x
                   data:/srv/data:ro         label of pkg/web and examples/0.yml:9:7
    readonly       true                                             label of pkg/web
    command        /usr/bin/web
                   --with-a-rather-long-argument=of-some-forty-characters
                   serve                                           config of pkg/web
    env            PATH=/usr/bin                                   config of pkg/web
    runtime.mkdir  /run/x                                           label of pkg/web

    kit's defaults
      cgroupsPath=/svc/web restart=always stopSignal=SIGTERM ociRuntime=crun
      shim=own seccomp=default noNewPrivileges=true ipc=new uts=new maskedPaths=12
      readonlyPaths=13 userns=root (because of rlimits: memlock,unlimited,unlimited)
      resources={"pids":{"limit":512}} runtime.namespace=services.linuxkit

    LinuxKit's defaults
      cwd=/ pid=new uid=0 gid=0

    becomes
      root           0 layers, read-only
      user           0:0
      capabilities   1: CAP_NET_ADMIN
      namespaces     network, ipc, uts, pid, mount, cgroup of its own
      confined       system calls filtered, no new privileges, 12 hidden and 13
                       read-only paths, 512 tasks
      mounts         /run/x from /run/x (rw,rbind,rshared)
                     /srv/data from /containers/volumes/data/merged (ro,rbind,rro)
                     the usual /dev /dev/pts /proc /sys /sys/fs/cgroup
      control group  /svc/web
    "
  `);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('as JSON, with all digits of large numbers', () => {
  const entries = explainEntries(plan(manifest), 'web');
  expect(entries.map(({ section, place }) => [section, place])).toEqual([
    ['onboot', 'examples/0.yml:3:10'],
    ['services', 'examples/0.yml:5:5'],
  ]);
  const text = exactJson(entries);
  expect(text).toContain('"hard":18446744073709551615');
  const [, service] = JSON.parse(text);
  const field = (name: string) => service.fields.find((one: { field: string }) => one.field === name);
  expect(field('binds')).toEqual({
    field: 'binds',
    value: ['/run/x:/run/x', 'data:/srv/data:ro'],
    from: [{ source: 'label' }, { source: 'manifest', place: 'examples/0.yml:9:7' }],
  });
  expect(field('stopTimeout').from).toEqual([{ source: 'manifest', place: 'examples/0.yml:11:18' }]);
  expect(field('runtime.mkdir').from).toEqual([{ source: 'label' }]);
  expect(field('command').from).toEqual([{ source: 'image config' }]);
  expect(field('pid').from).toEqual([{ source: 'LinuxKit' }]);
  expect(service.config.process.args).toHaveLength(3);
  expect(service.runtime.kit.stopTimeoutMs).toBe(2000);
});

test("an entry for LinuxKit's init has none of kit's own keys", () => {
  const [entry] = explainEntries(plan('services: [{name: web, image: pkg/web}]'), 'web');
  expect(entry?.runtime).not.toHaveProperty('kit');
  expect(entry?.config.linux).not.toHaveProperty('cgroupsPath');
});

test('an unknown entry', () => {
  expect(() => explainEntries(plan(manifest), 'wib')).toThrow(
    'Cannot explain "wib": no entry has this name (did you mean "web"?)',
  );
});

test('the image, its parts, and the entries that use them', async () => {
  const parts = [
    { title: 'kernel', bytes: 11_700_000, users: ['kernel'] },
    {
      title: 'Node runtime',
      bytes: 40_500_000,
      users: ['init', 'onboot web', 'services web', 'services dhcp', 'services x'],
    },
    { title: 'service of kit/web', bytes: 12_345, users: ['services web'] },
    { title: 'bundles and files', bytes: 999, users: [] },
  ];
  const text = `kernel: {image: pkg/kernel}\nbudgets: {image: 90M}${manifest}`;
  const overview = await overviewOf(plan(text), {
    arch: 'amd64',
    parts: async () => parts,
    memoryMiB: async () => 384,
  });
  expect(overviewText('examples/web.yml', overview)).toMatchInlineSnapshot(`
    "examples/web.yml for amd64: 52.2 MB (budget 90M), boots in 384 MiB of memory

    ENTRY               OWN     SHARED  IMAGE
    kernel          11.7 MB        0 B  pkg/kernel
    init                0 B    40.5 MB  pkg/init
    volumes data        0 B        0 B  -
    onboot web          0 B    40.5 MB  pkg/web
    services web      12 kB    40.5 MB  pkg/web

    PART                    SIZE  USED BY
    Node runtime         40.5 MB  init, onboot web, services web, services dhcp,
                                    services x
    kernel               11.7 MB  kernel
    service of kit/web     12 kB  services web
    bundles and files      999 B  all
    "
  `);
  expect(overview.entries.at(-1)).toEqual({
    entry: 'services web',
    images: ['pkg/web'],
    ownBytes: 12_345,
    sharedBytes: 40_500_000,
  });
});

describe('columns', () => {
  test.each([
    ['short', 10, ['short']],
    ['one two three', 8, ['one two', '  three']],
    ['abcdefghijkl', 5, ['abcde', '  fgh', '  ijk', '  l']],
    ['', 5, ['']],
    ['abc', 0, ['a', '  b', '  c']],
  ])('%j in %d', (text, width, lines) => expect(wrap(text, width)).toEqual(lines));

  test('a heading wider than the terminal leaves room for the text', () => {
    expect(block('h'.repeat(90), ['one two three four five'], 92)).toEqual([
      `${'h'.repeat(90)}  one two three`,
      `${' '.repeat(92)}  four five`,
    ]);
  });

  test('the origin is on the same line where there is room', () => {
    expect(block('net', ['new'], 8, 'x.yml:1:2')).toEqual([`net     new${' '.repeat(60)}x.yml:1:2`]);
    expect(block('net', ['n'.repeat(70)], 8, 'x.yml:1:2')).toEqual([
      `net     ${'n'.repeat(70)}`,
      `${' '.repeat(71)}x.yml:1:2`,
    ]);
  });
});
