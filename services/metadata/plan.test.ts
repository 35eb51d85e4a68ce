import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMetaData } from './meta-data.ts';
import { type Plan, planFiles } from './plan.ts';

const plan = (userdata: string, metaData = ''): Plan =>
  planFiles('CDROM', { ...parseMetaData(metaData), userdata: Buffer.from(userdata) });

/** Paths with content, of which the last of a path counts. */
const contents = ({ files }: Plan): Record<string, string> =>
  Object.fromEntries(files.map(({ path, content }) => [path, content.toString()]));

const modes = ({ files }: Plan): Record<string, number> =>
  Object.fromEntries(files.map(({ path, mode }) => [path, mode]));

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

  test('keys, name and files', () => {
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
        'ssh-rsa DDDD four@example\nssh-ed25519 AAAA one@example\nssh-ed25519 BBBB two@example\nssh-rsa CCCC three@example\n',
      'app/settings.json': '{"a": 1}\n',
      b64: 'hello',
      gz: 'zipped',
    });
    expect(modes(made)).toMatchObject({
      'ssh/authorized_keys': 0o600,
      'app/settings.json': 0o600,
      b64: 0o644,
    });
    expect(made.notes).toEqual(['ignored of cloud-config: packages']);
    expect(made.problems).toEqual([
      'Cannot write "/run/config/../../etc/passwd": the machine is immutable, only files below /run/config/ are written',
      'Cannot write "/etc/motd": the machine is immutable, only files below /run/config/ are written',
      'Cannot write "/run/config/x": encoding "rot13" is not known',
    ]);
  });

  test.each([
    ['no YAML', '#cloud-config\na: [b\n', /^Cannot read cloud-config: /],
    ['no map', '#cloud-config\n- a\n', /want keys and values/],
    ['a bomb of aliases', `#cloud-config\n${bomb()}`, /too many aliases/],
    [
      'a bomb of gzip',
      `#cloud-config\nwrite_files: [{path: /run/config/x, encoding: gz+b64, content: ${zeros()}}]`,
      /cannot be unpacked/,
    ],
    ['a bad name', '#cloud-config\nhostname: "a b"\n', /Cannot use hostname "a b"/],
  ])('%s is a problem, and the rest is done', (_what, userdata, problem) => {
    const made = plan(userdata, 'public-keys: [ssh-rsa DDDD]\n');
    expect(made.problems.join('\n')).toMatch(problem);
    expect(contents(made)).toMatchObject({ userdata, 'ssh/authorized_keys': 'ssh-rsa DDDD\n' });
  });
});

describe("LinuxKit's JSON", () => {
  test('folders and files', () => {
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
      hostname: 0o644,
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
  ])('refuses %j and does the rest', (name, entry) => {
    const made = plan(
      JSON.stringify({ [name]: entry, folder: { entries: { [name]: entry } }, good: { content: 'yes' } }),
    );
    expect(made.problems).toHaveLength(2);
    expect(Object.keys(contents(made)).sort()).toEqual(['good', 'provider', 'userdata']);
  });

  test('too deep, too many, no JSON', () => {
    const nested = `${'{"a":{"entries":'.repeat(5000)}{}${'}}'.repeat(5000)}`;
    expect(plan(nested).problems.join()).toContain('folders deep');
    const many = Object.fromEntries(
      Array.from({ length: 5000 }, (_, index) => [`f${index}`, { content: '' }]),
    );
    expect(plan(JSON.stringify(many)).files.length).toBeLessThan(1100);
    expect(plan('{ "a": ').problems).toEqual(['Cannot read user data: it begins like JSON but is none']);
  });
});

test('other user data is the own affair of its owner', () => {
  for (const userdata of ['#!/bin/sh\necho hello\n', 'ssh-ed25519 AAAA me', '', '[1]', '\xff\xfe']) {
    expect(plan(userdata)).toMatchObject({ problems: [], notes: [] });
    expect(contents(plan(userdata))).toEqual({ provider: 'CDROM', userdata });
  }
});

test.each([
  ['a list', 'public-keys:\n  - ssh-rsa A\n  - ssh-rsa B\n'],
  ['one text', 'public-keys: |\n  ssh-rsa A\n  ssh-rsa B\n'],
  ['a map of names', 'public-keys:\n  me: ssh-rsa A\n  you: [ssh-rsa B]\n'],
  ["EC2's numbered map", 'public-keys:\n  "0": {openssh-key: ssh-rsa A}\n  "1": {openssh-key: ssh-rsa B}\n'],
  ['JSON', '{"public-keys": ["ssh-rsa A", "ssh-rsa B"]}'],
])('public keys of meta-data as %s', (_what, text) => {
  expect(parseMetaData(text).sshKeys.filter(Boolean)).toEqual(['ssh-rsa A', 'ssh-rsa B']);
});

test('scalars of meta-data are text as written', () => {
  expect(parseMetaData('instance-id: 0007\nhostname: 1e3\n')).toMatchObject({
    instanceId: '0007',
    hostname: '1e3',
  });
});

test('whatever the user data, every file stays below the folder and nothing is thrown', () => {
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

function bomb(): string {
  const lines = ['a: &a [x, x, x, x, x, x, x, x, x]'];
  for (const [one, next] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh'].map((pair) => [...pair])) {
    lines.push(`${next}: &${next} [${Array(9).fill(`*${one}`).join(', ')}]`);
  }
  return `${lines.join('\n')}\n`;
}

function zeros(): string {
  return gzipSync(Buffer.alloc(20 << 20)).toString('base64');
}
