import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { folderModes } from './folder-modes.ts';
import { parseMetaData } from './meta-data.ts';
import { type MetadataPlan, planFiles } from './plan.ts';

const plan = (userdata: string, metaData = ''): MetadataPlan =>
  planFiles('CDROM', { ...parseMetaData(metaData), userdata: Buffer.from(userdata) });

/** Contents by path; the last file of a path counts. */
const contents = ({ files }: MetadataPlan): Record<string, string> =>
  Object.fromEntries(files.map(({ path, content }) => [path, content.toString()]));

const modes = ({ files }: MetadataPlan): Record<string, number> =>
  Object.fromEntries(files.map(({ path, mode }) => [path, mode]));

const outside = 'the machine is immutable, only files below /run/config/ are written';

describe('cloud-config', () => {
  const text = `#cloud-config
hostname: t1
ssh_authorized_keys:
  - ssh-ed25519 AAAA one@example
  - |
    ssh-ed25519 BBBB two@example
users:
  - default
  - name: root
    ssh_authorized_keys: [ssh-rsa CCCC three@example]
packages: [vim]
write_files:
  - path: /run/config/app/settings.json
    permissions: '0600'
    content: |
      {"a": 1}
  - {path: /run/config/b64, encoding: b64, content: aGVsbG8=}
  - {path: /run/config/gz, encoding: gz+b64, content: ${gzipSync('zipped').toString('base64')}}
  - {path: /run/config/../../etc/passwd, content: root}
  - {path: /etc/motd, content: hello}
  - {path: /run/config/x, encoding: rot13, content: hello}
`;

  const lineWith = (part: string): number => text.split('\n').findIndex((line) => line.includes(part)) + 1;

  test('reads keys, hostname and files', () => {
    const made = plan(
      text,
      'instance-id: i-1\nlocal-hostname: other\npublic-keys: [ssh-rsa DDDD four@example]\n',
    );
    expect(contents(made)).toEqual({
      provider: 'CDROM',
      userdata: text,
      instance_id: 'i-1',
      hostname: 't1',
      'ssh/authorized_keys':
        'ssh-rsa DDDD four@example\nssh-ed25519 AAAA one@example\n' +
        'ssh-ed25519 BBBB two@example\nssh-rsa CCCC three@example\n',
      'app/settings.json': '{"a": 1}\n',
      b64: 'hello',
      gz: 'zipped',
    });
    expect(modes(made)).toMatchObject({
      'ssh/authorized_keys': 0o600,
      'app/settings.json': 0o600,
      b64: 0o600,
      userdata: 0o600,
      hostname: 0o644,
    });
    expect(made.notes).toEqual([
      `not obeyed: packages (line ${lineWith('packages:')} of the user-data): the image has all programs of the machine`,
    ]);
    expect(made.problems).toEqual([
      `Cannot write "/run/config/../../etc/passwd": ${outside} (line ${lineWith('../../etc')} of the user-data)`,
      `Cannot write "/etc/motd": ${outside} (line ${lineWith('/etc/motd')} of the user-data)`,
      `Cannot write "/run/config/x": encoding "rot13" is not known (line ${lineWith('/run/config/x')} of the user-data)`,
    ]);
  });

  test.each([
    ['invalid YAML', '#cloud-config\na: [b\n', /^Cannot read the user-data: /],
    ['YAML that is not a map', '#cloud-config\n- a\n', /expected keys and values/],
    ['an alias bomb', `#cloud-config\n${aliasBomb()}`, /too many aliases/],
    [
      'a gzip bomb',
      `#cloud-config\nwrite_files: [{path: /run/config/x, encoding: gz+b64, content: ${gzipBomb()}}]`,
      /cannot be unpacked/,
    ],
    ['an invalid hostname', '#cloud-config\nhostname: "a b"\n', /Cannot use hostname "a b"/],
  ])('reports %s and plans the rest', (_case, userdata, problem) => {
    const made = plan(userdata, 'public-keys: [ssh-rsa DDDD]\n');
    expect(made.problems.join('\n')).toMatch(problem);
    expect(contents(made)).toMatchObject({ userdata, 'ssh/authorized_keys': 'ssh-rsa DDDD\n' });
  });
});

describe("LinuxKit's JSON", () => {
  test('reads folders and files', () => {
    const made = plan(
      JSON.stringify({
        ssh: { entries: { authorized_keys: { content: 'ssh-ed25519 AAAA', perm: '0600' } } },
        hostname: { content: 'web' },
        deep: {
          perm: '0755',
          entries: { er: { entries: { file: { perm: '755', content: '' } } }, empty: { entries: {} } },
        },
      }),
    );
    expect(contents(made)).toMatchObject({
      'ssh/authorized_keys': 'ssh-ed25519 AAAA',
      hostname: 'web',
      'deep/er/file': '',
    });
    expect(modes(made)).toMatchObject({
      'ssh/authorized_keys': 0o600,
      'deep/er/file': 0o755,
      hostname: 0o600,
      userdata: 0o600,
    });
    expect(Object.fromEntries(folderModes(made.files, made.folders))).toEqual({
      ssh: 0o700,
      deep: 0o755,
      'deep/er': 0o711,
      'deep/empty': 0o700,
    });
    expect(made.problems).toEqual([]);
  });

  test.each([
    ['..', { content: '' }],
    ['.', { content: '' }],
    ['', { content: '' }],
    ['../../etc/passwd', { content: '' }],
    ['/etc/passwd', { content: '' }],
    ['a\0b', { content: '' }],
    ['n'.repeat(256), { content: '' }],
    ['both-missing', {}],
    ['number', 5],
    ['list', []],
    ['nothing', null],
    ['content', { content: 5 }],
    ['perm', { content: '', perm: 'rw-r--r--' }],
    ['setuid', { content: '', perm: '04755' }],
    ['entries', { entries: 'x' }],
  ])('refuses an entry named %j and plans the rest', (name, entry) => {
    const made = plan(
      JSON.stringify({ [name]: entry, folder: { entries: { [name]: entry } }, good: { content: 'yes' } }),
    );
    expect(made.problems).toHaveLength(2);
    expect(Object.keys(contents(made)).sort()).toEqual(['good', 'provider', 'userdata']);
  });

  test('refuses excessive nesting, too many files and invalid JSON', () => {
    const nested = `${'{"a":{"entries":'.repeat(5000)}{}${'}}'.repeat(5000)}`;
    expect(plan(nested).problems.join()).toContain('folders deep');
    const many = Object.fromEntries(
      Array.from({ length: 5000 }, (_, index) => [`f${index}`, { content: '' }]),
    );
    expect(plan(JSON.stringify(many)).files.length).toBeLessThan(1100);
    expect(plan('{ "a": ').problems).toEqual([
      'Cannot read the user-data: it begins like JSON but is not valid',
    ]);
  });
});

test('keeps user data of any form as it is', () => {
  for (const userdata of ['#!/bin/sh\necho hello\n', 'ssh-ed25519 AAAA me', '', '[1]', '\xff\xfe']) {
    expect(plan(userdata)).toMatchObject({ problems: [], notes: [expect.stringMatching(/^not obeyed: /)] });
    expect(contents(plan(userdata))).toEqual({ provider: 'CDROM', userdata });
  }
});

test.each([
  ['a list', 'public-keys:\n  - ssh-rsa A\n  - ssh-rsa B\n'],
  ['one text', 'public-keys: |\n  ssh-rsa A\n  ssh-rsa B\n'],
  ['a map of names', 'public-keys:\n  me: ssh-rsa A\n  you: [ssh-rsa B]\n'],
  ["EC2's numbered map", 'public-keys:\n  "0": {openssh-key: ssh-rsa A}\n  "1": {openssh-key: ssh-rsa B}\n'],
  ['JSON', '{"public-keys": ["ssh-rsa A", "ssh-rsa B"]}'],
  [
    "OpenStack's two lists",
    '{"public_keys": {"a": "ssh-rsa A"}, "keys": [{"name": "a", "type": "ssh", "data": "ssh-rsa A\\n"},' +
      '{"name": "w", "type": "x509", "data": "-----BEGIN"}, {"name": "b", "type": "ssh", "data": "ssh-rsa B"}]}',
  ],
])('reads public keys of meta-data from %s', (_case, text) => {
  expect(contents(plan('', text))['ssh/authorized_keys']).toBe('ssh-rsa A\nssh-rsa B\n');
});

test('reads scalars of meta-data as their literal text', () => {
  expect(parseMetaData('instance-id: 0007\nhostname: 1e3\n')).toMatchObject({
    instanceId: '0007',
    hostname: '1e3',
  });
});

test('names keys that are none, and what of meta-data is not obeyed', () => {
  const made = plan(
    '#cloud-config\nssh_authorized_keys: [gh:somebody, ssh-rsa A]\n',
    'public-keys: "0=my-key"\nnetwork-interfaces: |\n  auto eth0\nlocal-hostname: ~\n',
  );
  expect(contents(made)).toMatchObject({ 'ssh/authorized_keys': 'ssh-rsa A\n' });
  expect(contents(made)).not.toHaveProperty('hostname');
  expect(made.problems).toEqual([
    'Cannot use 2 of 3 lines of SSH keys: expected OpenSSH\'s form, such as "ssh-ed25519 AAAA… me@example"',
  ]);
  expect(made.notes).toEqual(['ignored keys of meta-data: network-interfaces']);
  expect(() => parseMetaData('just a text')).toThrow('Cannot read meta-data: expected keys and values');
});

test('property: for any user data, every file is below the folder and nothing is thrown', () => {
  const inner = fc.letrec((tie) => ({
    entry: fc.oneof(
      { depthSize: 'small', maxDepth: 4 },
      fc.record({ content: fc.string(), perm: fc.constantFrom('0644', '0600', 'x') }, { requiredKeys: [] }),
      fc.record({
        entries: fc.dictionary(fc.constantFrom('a', '..', '.', '/', 'b/c', '__proto__', 'd'), tie('entry'), {
          maxKeys: 3,
        }),
      }),
    ),
  }));
  const json = fc
    .dictionary(fc.constantFrom('a', '..', '../x', '__proto__', 'constructor'), inner.entry)
    .map((it) => JSON.stringify(it));
  const cloud = fc.string().map((text) => `#cloud-config\n${text}`);
  fc.assert(
    fc.property(fc.oneof(json, cloud, fc.string()), (userdata) => {
      for (const { path } of planFiles('X', { userdata: Buffer.from(userdata), sshKeys: [] }).files) {
        expect(path.startsWith('/') || path.split('/').some((part) => part === '..' || part === '')).toBe(
          false,
        );
      }
    }),
    { numRuns: 1000 },
  );
});

function aliasBomb(): string {
  const lines = ['a: &a [x, x, x, x, x, x, x, x, x]'];
  for (const [one, next] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh'].map((pair) => [...pair])) {
    lines.push(`${next}: &${next} [${Array(9).fill(`*${one}`).join(', ')}]`);
  }
  return `${lines.join('\n')}\n`;
}

function gzipBomb(): string {
  return gzipSync(Buffer.alloc(20 << 20)).toString('base64');
}
