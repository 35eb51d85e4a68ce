import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterAll, describe, expect, test } from 'vitest';
import { renderError } from '../../lib/errors/render.ts';
import { configLabel, type ImageConfig } from '../../lib/oci/types.ts';
import { runCommand } from '../commands/run-command.ts';
import { kitRoot } from '../host/paths.ts';
import { parseManifest } from '../manifest/parse.ts';
import { maskedPaths } from '../spec/containment/paths.ts';
import { lintManifest } from './lint.ts';
import { rules } from './rules.ts';

const cwd = mkdtempSync(join(tmpdir(), 'kit-lint-'));
afterAll(() => rmSync(cwd, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), text);
}

/** Images that are in the cache. */
const known: Readonly<Record<string, ImageConfig['config']>> = {
  greedy: { Labels: { [configLabel]: '{"capabilities": ["all"], "pid": "host", "binds": ["/:/hostroot"]}' } },
  modest: { Labels: { [configLabel]: '{"readonly": true, "resources": {"memory": {"limit": 1}}}' } },
};

/** `line:column rule` of each finding. */
async function advice(text: string): Promise<string[]> {
  const findings = await lintManifest(parseManifest(text, 'x.yml', cwd), async ({ text }) => known[text]);
  return findings.map(({ rule, place }) => `${place.line}:${place.column} ${rule}`);
}

write('plain/build.yml', 'image: plain\nconfig: {readonly: true}\n');
write('open/build.yml', 'image: open\nconfig: {seccomp: unconfined}\n');
write('calm/build.yml', 'image: calm\nconfig: {readonly: true, resources: {memory: {limit: 1000}}}\n');
/** A service without warnings. */
const calm = 'name: a, image: ./calm';
const secret = '-----BEGIN OPENSSH PRIVATE KEY-----';

/** A volume on a disk, with these keys. */
const disk = (keys: string) => `disks: [{name: d, match: {serial: s}, mount: /var/d}]
volumes: [{name: db, disk: d${keys && `, ${keys}`}}]`;

/** A service with these keys and kit's init, whose defaults count. */
const kit = (keys: string) => `{init: [pkg/init], services: [{name: a, image: ./plain, ${keys}}]}`;

const table: readonly (readonly [rule: string, found: string, fine: string])[] = [
  [
    'secret-in-manifest',
    '{signing: {key: keys/db.key, certificate: db.crt}, files: [{path: etc/db.key, source: ./keys/db.key}]}',
    '{signing: {key: keys/db.key, certificate: db.crt}, files: [{path: etc/db.crt, source: db.crt}]}',
  ],
  ['unsigned-updates', 'updates: {stateVersion: 1}', 'updates: {keys: [a.pub]}'],
  [
    'all-capabilities',
    `services: [{${calm}, capabilities: [All]}]`,
    `services: [{${calm}, capabilities: [CAP_CHOWN]}]`,
  ],
  [
    'all-capabilities',
    `onboot: [{${calm}, capabilities.add: [all]}]`,
    `onboot: [{${calm}, capabilities: [none]}]`,
  ],
  [
    'powerful-capability',
    `services: [{${calm}, capabilities: [CAP_SYS_ADMIN]}]`,
    `onboot: [{${calm}, capabilities: [CAP_SYS_ADMIN]}]`,
  ],
  ['host-network', `services: [{${calm}, net: host}]`, `services: [{${calm}, net: new}]`],
  ['host-pid', `services: [{${calm}, pid: root}]`, `services: [{${calm}, pid: new}]`],
  [
    'all-devices',
    `services: [{${calm}, devices: [{path: all, type: b}]}]`,
    `services: [{${calm}, devices: [{path: /dev/x, type: b, mode: "0600"}]}]`,
  ],
  [
    'root-bind',
    `services: [{${calm}, binds: ["/:/host"]}]`,
    `services: [{${calm}, binds: ["/:/host:ro", "/run:/run"]}]`,
  ],
  [
    'root-bind',
    `services: [{${calm}, binds.add: ["/:/host:rw"]}]`,
    `services: [{${calm}, binds.add: ["/:/host:rslave,ro"]}]`,
  ],
  [
    'no-memory-limit',
    'services: [{name: a, image: ./x, readonly: true}]',
    'services: [{name: a, image: ./x, readonly: true, resources: {memory: {limit: 1}}}]',
  ],
  ['writable-root', 'services: [{name: a, image: ./calm, readonly: false}]', `services: [{${calm}}]`],
  [
    'no-ready',
    `services: [{${calm}}, {name: b, image: ./calm, after: [a]}]`,
    `services: [{${calm}, ready: {tcp: 1}}, {name: b, image: ./calm, net: new, after: [a]}]`,
  ],
  [
    'shim-of-one',
    `services: [{${calm}, shim: shared}, {name: b, image: ./calm}]`,
    `services: [{${calm}, shim: shared}, {name: b, image: ./calm, net: new, shim: shared}]`,
  ],
  [
    'port-behind-firewall',
    `services: [{${calm}, ready: {tcp: 80}, ports: ["443/tcp"]}]\nnetwork: {firewall: true}`,
    `services: [{${calm}, ready: {tcp: 80}, ports: ["80-90/tcp"]}]\nnetwork: {firewall: true}`,
  ],
  [
    'unwritable-volume',
    `${disk('')}\nservices: [{${calm}, uid: 70, binds: ["db:/data"]}]`,
    `${disk('uid: 70')}\nservices: [{${calm}, uid: 70, binds: ["db:/data"]}]`,
  ],
  [
    'unwritable-volume',
    `${disk('')}\nservices: [{${calm}, uid: 70, binds: ["/x:/y", "db:/data:rw"]}]`,
    `${disk('')}\nservices: [{${calm}, uid: 70, binds: ["db:/data:ro"]}]`,
  ],
  [
    'hostname-without-uts',
    `services: [{${calm}, hostname: a}]`,
    `services: [{${calm}, hostname: a, uts: new}]`,
  ],
  [
    'no-effect',
    `services: [{${calm}, resources: {memory: {limit: 1, swappiness: 1}}}]`,
    `services: [{${calm}, resources: {memory: {limit: 1, swap: 1}}}]`,
  ],
  [
    'no-effect',
    `onboot: [{${calm}, resources: {network: {classID: 1}}}]`,
    `onboot: [{${calm}, resources: {}}]`,
  ],
  [
    'less-containment',
    `services: [{${calm}, seccomp: unconfined}]`,
    `services: [{${calm}, seccomp: ./own.json, noNewPrivileges: true, maskedPaths: [${maskedPaths}]}]`,
  ],
  ['less-containment', `services: [{${calm}, noNewPrivileges: false}]`, `services: [{${calm}}]`],
  ['less-containment', `onboot: [{${calm}, readonlyPaths: [/proc/sys]}]`, `onboot: [{${calm}}]`],
  ['less-containment', `services: [{${calm}, maskedPaths: []}]`, `services: [{${calm}}]`],
  ['less-containment', 'services: [{name: a, image: ./open}]', `services: [{${calm}}]`],
  [
    'landlock-gap',
    `services: [{${calm}, landlock: {write: [/usr/lib], execute: [/usr/]}}]`,
    `services: [{${calm}, landlock: {write: [/data, /usrx], execute: [/usr], bind: []}}]`,
  ],
  ['landlock-gap', `services: [{${calm}, landlock: {write: [/data/..]}}]`, `services: [{${calm}}]`],
  ['label-privileges', 'services: [{name: a, image: greedy}]', `services: [{${calm}}]`],
  ['all-capabilities', 'services: [{name: a, image: greedy}]', `services: [{${calm}}]`],
  ['host-pid', 'services: [{name: a, image: greedy}]', `services: [{${calm}}]`],
  ['root-bind', 'services: [{name: a, image: greedy}]', `services: [{${calm}}]`],
  ['no-memory-limit', kit('capabilities: [all]'), kit('capabilities: []')],
  ['no-memory-limit', kit('resources: {memory: {limit: -1}}'), kit('resources: {memory: {limit: 1}}')],
  ['hostname-without-uts', kit('hostname: a, uts: host'), kit('hostname: a')],
  [
    'shared-network',
    `services: [{${calm}}, {name: b, image: ./calm}]`,
    `services: [{${calm}}, {name: b, image: ./calm, net: new}, {name: c, image: pkg/sshd}]`,
  ],
  ['image-without-digest', 'init: ["redis:7"]', `init: ["redis@sha256:${'0'.repeat(64)}", ./calm, pkg/init]`],
  [
    'secret-in-manifest',
    `services: [{${calm}, env: [A=b, DB_PASSWORD=x]}]`,
    `services: [{${calm}, env: [DB_PASSWORD=, DB_PASSWORD_FILE=]}]`,
  ],
  [
    'secret-in-manifest',
    `files: [{path: a, contents: "${secret}"}]`,
    'files: [{path: a, contents: "ssh-ed25519 AAAA"}]',
  ],
  [
    'secret-in-manifest',
    'control: {listen: ":1", key: /etc/k}\nfiles: [{path: etc/k, source: k}]',
    'control: {listen: ":1", key: /run/k}\nfiles: [{path: etc/k, source: k}]',
  ],
  [
    'secret-in-manifest',
    'disks: [{name: d, match: {serial: s}, encrypt: {key: {file: /etc/k}}}]\nfiles: [{path: etc/k, source: k}]',
    'disks: [{name: d, match: {serial: s}, encrypt: {key: {file: /run/k}}}]\nfiles: [{path: etc/k, source: k}]',
  ],
  [
    'plain-swap',
    'disks: [{name: d, match: {serial: s}, filesystem: {type: swap}}]',
    'disks: [{name: d, match: {serial: s}, filesystem: {type: swap}, encrypt: {key: throwaway}}]',
  ],
  [
    'plain-swap',
    'disks: [{name: d, match: {serial: s}, swapFile: 1G}]',
    'disks: [{name: d, match: {serial: s}, swapFile: 1G, encrypt: {key: {tpm: true}}}]',
  ],
  [
    'world-writable-file',
    'files: [{path: a, contents: "", mode: "0666"}]',
    'files: [{path: a, directory: true, mode: "1777"}]',
  ],
  ['unused-volume', 'volumes: [{name: v}]', `volumes: [{name: v}]\nservices: [{${calm}, binds: ["v:/v"]}]`],
  [
    'passwordless-console',
    'services: [{name: a, image: pkg/getty, env: [INSECURE=true]}]',
    'services: [{name: a, image: pkg/getty}]',
  ],
  [
    'no-console',
    'kernel: {image: pkg/kernel, cmdline: xconsole=1}',
    'kernel: {image: pkg/kernel, cmdline: quiet console=ttyS0}',
  ],
  [
    'linuxkit-image',
    'services: [{name: a, image: "linuxkit/getty:v1.0"}]',
    `services: [{name: a, image: "linuxkit/no-such-part@sha256:${'0'.repeat(64)}", readonly: true, resources: {memory: {limit: 1000}}}]`,
  ],
  ['two-inits', 'init: [pkg/init, "linuxkit/init:v1.0"]', 'init: [pkg/init, pkg/crun]'],
];

const digest = `@sha256:${'0'.repeat(64)}`;

describe('rules', () => {
  test.each(table)('%s', async (rule, found, fine) => {
    expect((await advice(found)).map((line) => line.split(' ')[1])).toContain(rule);
    expect(await advice(fine)).toEqual([]);
  });

  test('what a foreign label asks for, and what the manifest grants instead', async () => {
    const unknown = `services: [{name: a, image: "modest${digest}"}]`;
    expect(await advice(`services: [{name: a, image: modest}]`)).toEqual(['1:29 image-without-digest']);
    const greedy =
      'services: [{name: a, image: greedy, capabilities: [], pid: new, binds: [], readonly: true}]';
    expect((await advice(greedy)).map((line) => line.split(' ')[1])).toEqual([
      'no-memory-limit',
      'image-without-digest',
    ]);
    // Unknown to the cache: nothing is known of its label.
    expect(await advice(unknown)).toEqual(['1:12 no-memory-limit', '1:12 writable-root']);
  });

  test('every rule is in the table', () => {
    expect(rules.map(({ name }) => name).filter((name) => !table.some(([rule]) => rule === name))).toEqual(
      [],
    );
  });

  test('findings have positions', async () => {
    expect(
      await advice(`services:
  - name: a
    image: foo:1
    net: host
    capabilities:
      - CAP_CHOWN
      - CAP_BPF
files:
  - path: x
    mode: "0777"
    contents: ""
`),
    ).toEqual([
      '2:5 no-memory-limit',
      '2:5 writable-root',
      '3:12 image-without-digest',
      '4:10 host-network',
      '7:9 powerful-capability',
      '10:11 world-writable-file',
    ]);
  });

  test('images in kit.lock need no digest', async () => {
    write('locked/kit.lock', `{"version": 1, "images": {"redis:7": "sha256:${'0'.repeat(64)}"}}`);
    const manifest = parseManifest('init: ["redis:7"]', 'x.yml', join(cwd, 'locked'));
    expect(await lintManifest(manifest)).toEqual([]);
  });
});

describe('a comment disables', () => {
  test.each([
    ['on the line', `net: host # kit-lint: allow host-network`],
    ['on the line above', `# kit-lint: allow host-network\n    net: host`],
    [
      'further above, between comments',
      `# kit-lint: allow host-pid, host-network\n    # since\n    net: host`,
    ],
  ])('%s', async (_title, lines) => {
    expect(await advice(`services:\n  - name: a\n    image: ./calm\n    ${lines}\n`)).toEqual([]);
  });

  test('an image of LinuxKit is reported with what takes its place', async () => {
    const found = await lintManifest(parseManifest('init: ["linuxkit/memlogd:v1.0"]', 'x.yml', cwd));
    expect(found.map(({ hint }) => hint)).toContain(
      'leave linuxkit/memlogd out, since the supervisor keeps the logs of all containers (kit logs): kit migrate FILE',
    );
  });

  test('nothing else', async () => {
    const text = `# kit-lint: allow host-network
services:
  - name: a
    image: ./calm # kit-lint: allow host-pid
    net: host
`;
    expect(await advice(text)).toEqual(['5:10 host-network']);
  });

  test('an unknown rule is an error', async () => {
    const failed = await advice('init: [./calm] # kit-lint: allow host-netwrok\n').catch((thrown) => thrown);
    expect(renderError(failed)).toBe(
      `error: x.yml:1:34: unknown rule "host-netwrok" (did you mean "host-network"?)
    1 | init: [./calm] # kit-lint: allow host-netwrok
      |                                  ^
(hint: docs/lint.md lists the rules)`,
    );
  });
});

describe('kit lint', () => {
  async function lint(
    args: string[],
    stdin = '',
    env: Record<string, string> = {},
  ): Promise<{ status: number; out: string }> {
    let out = '';
    const stdout = new Writable({
      write(piece, _encoding, done) {
        out += piece;
        done();
      },
    });
    const { signal } = new AbortController();
    const status = await runCommand(['lint', ...args], {
      stdin: Readable.from([stdin]),
      stdout,
      stderr: stdout,
      env,
      cwd,
      signal,
    });
    return { status, out };
  }

  const text = `services: [{${calm}, net: host}]`;

  test('shows the position, the reason and the fix', async () => {
    const { status, out } = await lint(['-'], text);
    const [warning, line, caret, hint] = out.split('\n');
    expect(warning).toMatch(
      /^warning: -:1:42: service "a" is in the machine's network: .* \[host-network\]$/,
    );
    expect([line, caret]).toEqual([`    1 | ${text}`, expect.stringMatching(/^ {6}\| +\^$/)]);
    expect(hint).toMatch(/^\(hint: net: new/);
    expect(status).toBe(0);
  });

  test('warnings have colours where a terminal shows them', async () => {
    const { out } = await lint(['-'], text, { FORCE_COLOR: '1' });
    expect(out).toMatch(/^\x1b\[1m\x1b\[33mwarning:\x1b\[39m\x1b\[22m -:1:42: /);
    expect(out.replaceAll(/\x1b\[\d+m/g, '')).toBe((await lint(['-'], text)).out);
  });

  test('--strict sets the exit status, --json prints JSON', async () => {
    const { status, out } = await lint(['--strict', '--json', '-'], text);
    expect(JSON.parse(out)).toMatchObject([{ rule: 'host-network', file: '-', line: 1, column: 42 }]);
    expect(status).toBe(1);
    expect(await lint(['--strict', '-'], 'init: []')).toEqual({ status: 0, out: 'No warnings.\n' });
  });

  test.each(['minimal', 'node-app', 'redis', 'sshd'])('has no warnings for examples/%s.yml', async (name) => {
    expect((await lint([join(kitRoot, 'examples', `${name}.yml`)])).out).toBe('No warnings.\n');
  });
});
