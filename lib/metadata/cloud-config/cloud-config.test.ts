import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type MetadataPlan, planFiles } from '../plan.ts';
import { unobeyedKeys } from './unobeyed-keys.ts';

const whole = (userdata: string, vendordata?: string): MetadataPlan =>
  planFiles('X', {
    userdata: Buffer.from(userdata),
    vendordata: vendordata === undefined ? undefined : Buffer.from(vendordata),
    hostname: 'from-meta-data',
    sshKeys: [],
  });

/** Without the places at the ends of sentences, which one test looks at. */
function plan(userdata: string, vendordata?: string): MetadataPlan {
  const made = whole(userdata, vendordata);
  const bare = (lines: readonly string[]): string[] =>
    lines.map((line) => line.replace(/ \(line \d+ of the [a-z-]+\)/, ''));
  return { ...made, problems: bare(made.problems), notes: bare(made.notes) };
}

const contentOf = ({ files }: MetadataPlan, path: string): string | undefined =>
  files.find((file) => file.path === path)?.content.toString();

const cloud = (...lines: readonly string[]): string => ['#cloud-config', ...lines, ''].join('\n');

/** The file `f` of one entry of write_files; what is said of it. */
function written(entry: string): {
  mode?: string;
  content?: string;
  problems: readonly string[];
  notes: readonly string[];
} {
  const { files, problems, notes } = plan(cloud('write_files:', `- {path: /run/config/f, ${entry}}`));
  const file = files.find(({ path }) => path === 'f');
  return {
    ...(file && { mode: file.mode.toString(8), content: file.content.toString('latin1') }),
    ...{ problems, notes },
  };
}

const hello = Buffer.from('hello').toString('base64');
const zipped = gzipSync('hello').toString('base64');

describe('write_files', () => {
  test.each([
    ['', hello],
    ['encoding: text/plain', 'hello'],
    ['encoding: b64', hello],
    ['encoding: base64', hello.replace(/=$/, '')],
    ['encoding: B64', hello],
    ['encoding: gz+b64', zipped],
    ['encoding: gz+base64', zipped],
    ['encoding: gzip+b64', zipped],
    ['encoding: gzip+base64', zipped],
    ['encoding: gz', `!!binary ${zipped}`],
    ['encoding: gzip', `!!binary ${zipped}`],
    ['encoding: b64', `!!binary ${Buffer.from(hello).toString('base64')}`],
    ['defer: true', '!!binary aGVsbG8='],
    ['owner: root', '!!str hello'],
  ])('%s of %s is the content', (more, content) => {
    const expected = more === '' ? hello : 'hello';
    const entry = [`content: ${content}`, more].filter(Boolean).join(', ');
    expect(written(entry)).toEqual({ mode: '600', content: expected, problems: [], notes: [] });
  });

  test.each([
    ["'0644'", '644'],
    ['0644', '644'],
    ['"644"', '644'],
    ['644', '644'],
    ['0o755', '755'],
    ['"00755"', '755'],
    ["'0420'", '420'],
    ['null', '600'],
  ])('permissions %s', (permissions, mode) => {
    expect(written(`content: x, permissions: ${permissions}`)).toEqual({
      ...{ mode, content: 'x', problems: [], notes: [] },
    });
  });

  test.each(['420', '493', 'rw-r--r--', '04755', '1777', '[6, 4, 4]', '!!binary aGVsbG8='])(
    'permissions %s are named, and only root reads the file',
    (permissions) => {
      expect(written(`content: x, permissions: ${permissions}`)).toMatchObject({
        mode: '600',
        problems: [
          'Cannot give "/run/config/f" its "permissions": expected octal digits in quotes such as "0644"; ' +
            'only root may read it',
        ],
      });
    },
  );

  test.each([
    [
      'content: x, owner: "www-data:www-data"',
      'x',
      '"/run/config/f" belongs to root, not to "www-data:www-data"',
    ],
    [
      'contents: x',
      '',
      '"/run/config/f" is empty: it has no "content"',
      'ignored keys of "/run/config/f": contents',
    ],
    [
      'content: x, source: {uri: "https://example.org/a"}',
      'x',
      '"/run/config/f" has its "content": kit does not fetch its "source"',
    ],
    [
      'content: !vault x',
      'x',
      expect.stringMatching(/^read as plain text in the user-data: Unresolved tag: !vault/),
    ],
  ])('%s is written, and a note says what is different', (entry, content, ...notes) => {
    expect(written(entry)).toEqual({ mode: '600', content, problems: [], notes });
  });

  test.each([
    [
      'source: {uri: "https://example.org/a"}',
      'its content is at an address, and kit fetches nothing for metadata',
    ],
    ['content: x, encoding: rot13', 'encoding "rot13" is not known'],
    ['content: "***", encoding: b64', 'its content is not base64'],
    ['content: aGVsbG8=, encoding: gz+b64', 'cannot be unpacked: incorrect header check'],
    ['content: [a]', 'its "content" is not text'],
  ])('%s is not written', (entry, reason) => {
    expect(written(entry)).toEqual({ problems: [`Cannot write "/run/config/f": ${reason}`], notes: [] });
  });

  test('appends to files that are planned before, also those of the metadata', () => {
    const made = plan(
      cloud(
        'ssh_authorized_keys: [ssh-rsa A]',
        'write_files:',
        '- {path: /run/config/a, content: "1\\n"}',
        '- {path: /run/config/a, content: "2\\n", append: true, permissions: "0644"}',
        '- {path: /run/config/b, content: "3\\n", append: yes}',
        '- {path: /run/config/ssh/authorized_keys, content: "ssh-rsa B\\n", append: true}',
      ),
    );
    expect(contentOf(made, 'a')).toBe('1\n2\n');
    expect(made.files.find(({ path }) => path === 'a')?.mode).toBe(0o644);
    expect(contentOf(made, 'b')).toBe('3\n');
    expect(contentOf(made, 'ssh/authorized_keys')).toBe('ssh-rsa A\nssh-rsa B\n');
  });

  test('that is no list, or has too much, is named', () => {
    expect(plan(cloud('write_files: [{path: "/run/config/a\\0b", content: x}]')).problems).toEqual([
      'Cannot write "/run/config/a?b": a path must not contain a zero byte',
    ]);
    expect(plan(cloud('write_files: {path: /run/config/a}')).problems).toEqual([
      'Cannot read "write_files": expected a list',
    ]);
    expect(plan(cloud('write_files:', '- /run/config/a')).problems).toEqual([
      'Cannot write "": an entry of "write_files" has keys and values',
    ]);
    const entries = Array.from({ length: 1002 }, (_, index) => `- {path: /run/config/${index}, content: ''}`);
    expect(plan(cloud('write_files:', ...entries)).problems).toEqual([
      'Cannot write 2 files: "write_files" has more than 1000',
    ]);
    const bomb = gzipSync(Buffer.alloc(3 << 20)).toString('base64');
    const large = Array.from(
      { length: 6 },
      () => `- {path: /run/config/x, encoding: gz+b64, content: ${bomb}}`,
    );
    expect(plan(cloud('write_files:', ...large)).problems).toEqual([
      'Cannot write "/run/config/x": all files together have more than 16777216 bytes',
    ]);
  });
});

describe('keys of users', () => {
  test.each([
    ['users:', '- default', '- {name: root, ssh_authorized_keys: [ssh-rsa A]}'],
    ['users:', '- {name: root, ssh-authorized-keys: ssh-rsa A}'],
    ['users: {root: {ssh_authorized_keys: {mine: ssh-rsa A}}}'],
    ['user: {name: root, ssh_authorized_keys: [ssh-rsa A]}'],
    ['ssh-authorized-keys: [ssh-rsa A]'],
    ['ssh_authorized_keys:', '- |', '  # mine', '  ssh-rsa A'],
    ['ssh_authorized_keys: !!binary c3NoLXJzYSBB'],
    ['x-keys: &keys [ssh-rsa A]', 'users:', '- {name: root, ssh_authorized_keys: *keys}'],
    ['x-base: &base', '  ssh_authorized_keys: [ssh-rsa A]', 'users:', '- <<: *base', '  name: root'],
  ])('%s %s', (...lines) => {
    const made = plan(cloud(...lines));
    expect(contentOf(made, 'ssh/authorized_keys')).toBe('ssh-rsa A\n');
    expect([...made.problems, ...made.notes].filter((line) => !line.includes(': x-'))).toEqual([]);
  });

  test('of users that are not made go to root, which is said', () => {
    const made = plan(
      cloud(
        'users:',
        '- {name: me, sudo: "ALL", ssh_import_id: [gh:me], ssh_authorized_keys: [ssh-rsa A]}',
        '- you',
      ),
    );
    expect(contentOf(made, 'ssh/authorized_keys')).toBe('ssh-rsa A\n');
    expect(made.notes).toEqual([
      'users are not made, root gets their SSH keys: me, you',
      'not obeyed: ssh_import_id of me: kit fetches nothing for metadata',
      'ignored keys of users: sudo',
    ]);
  });
});

test.each([
  ['hostname: a', 'a'],
  ['hostname: a\nfqdn: a.example.org', 'a'],
  ['fqdn: a.example.org', 'a.example.org'],
  ['hostname: a\nfqdn: a.example.org\nprefer_fqdn_over_hostname: true', 'a.example.org'],
  ['hostname: ~', 'from-meta-data'],
  ['hostname: null', 'from-meta-data'],
  ['hostname: 007', '007'],
  ['hostname: a\nhostname: b', 'b'],
  ['hostname: a\npreserve_hostname: true', undefined],
  ['preserve_hostname: Yes', undefined],
  ['preserve_hostname: "false"', 'from-meta-data'],
])('the name of %j', (text, name) => {
  expect(contentOf(plan(cloud(text)), 'hostname')).toBe(name);
});

test('names a name that is none, and a key that occurs twice', () => {
  expect(plan(cloud('hostname: [a]')).problems).toEqual([
    'Cannot read "hostname" of cloud-config: expected a text',
  ]);
  expect(plan(cloud('hostname: a', 'hostname: b')).notes).toEqual([
    'a key occurs twice in the user-data, line 3: the last counts',
  ]);
});

describe('ntp and timezone', () => {
  const none = { servers: undefined, zone: undefined, problems: [], notes: [] };
  test.each([
    [
      'ntp: {servers: [a.example, 10.0.2.3], pools: [pool.example]}',
      { servers: 'a.example\n10.0.2.3\npool.example\n' },
    ],
    ['ntp:\n  enabled: true\n  servers:\n    - "fd00::1"\n    - fd00::1', { servers: 'fd00::1\n' }],
    ['ntp: {servers: a.example}', { servers: 'a.example\n' }],
    ['ntp:', {}],
    ['ntp: {}', {}],
    ['ntp: {servers: []}', {}],
    [
      'ntp: {enabled: false, servers: [a.example]}',
      { notes: ['not obeyed: ntp is switched off: the manifest says which services run'] },
    ],
    [
      'ntp: {servers: [a.example], ntp_client: chrony, peers: [b]}',
      { servers: 'a.example\n', notes: ['ignored keys of ntp: ntp_client, peers'] },
    ],
    [
      'ntp: {servers: ["a b", c]}',
      { servers: 'c\n', problems: ['Cannot use the time server "a b": neither a host name nor an address'] },
    ],
    ['ntp: [a]', { problems: ['Cannot read "ntp": expected keys and values'] }],
    ['timezone: Etc/UTC', { zone: 'Etc/UTC\n' }],
    [
      'timezone: Europe/Berlin',
      {
        zone: 'Europe/Berlin\n',
        notes: ['the machine\'s logs have UTC; "Europe/Berlin" is in /run/config/timezone, for services'],
      },
    ],
    [
      'timezone: ../../etc/passwd',
      { problems: ['Cannot read "timezone": expected a name such as "Europe/Berlin"'] },
    ],
  ])('%s', (text, expected) => {
    const made = plan(cloud(text));
    const { problems, notes } = made;
    const found = {
      servers: contentOf(made, 'ntp/servers'),
      zone: contentOf(made, 'timezone'),
      problems,
      notes,
    };
    expect(found).toEqual({ ...none, ...expected });
  });

  test('no more than 32 servers', () => {
    const made = plan(
      cloud(`ntp: {servers: [${Array.from({ length: 40 }, (_, at) => `t${at}`).join(', ')}]}`),
    );
    expect(contentOf(made, 'ntp/servers')?.split('\n')).toHaveLength(33);
    expect(made.problems).toEqual(['Cannot use all 40 time servers: the first 32 count']);
  });
});

describe('keys that are not obeyed', () => {
  test('are named with the reason, one line for each reason, those that nobody knows in one', () => {
    const made = plan(
      cloud(
        'runcmd: [ls]',
        'package_update: true',
        'packages: [vim]',
        'bootcmd: [ls]',
        'moutns: []',
        'swap: {size: 1}',
      ),
    );
    expect(made.notes).toEqual([
      'not obeyed: runcmd, bootcmd: kit runs no program out of metadata',
      'not obeyed: package_update, packages: the image has all programs of the machine',
      'not obeyed: swap: swap is a disk of the manifest: `disks: [{filesystem: {type: swap}}]`',
      'ignored keys of cloud-config: moutns',
    ]);
  });

  test.each([
    ['growpart: {mode: auto, devices: ["/"]}'],
    ['growpart: {mode: off, devices: [/dev/vdb1]}'],
    ['growpart:'],
    ['resize_rootfs: true'],
    ['package_update: false'],
    ['disable_root: false'],
    ['ssh_pwauth: false'],
    ['manage_etc_hosts: false'],
  ])('%s asks for what the machine does anyway', (text) => {
    expect(plan(cloud(text))).toMatchObject({ problems: [], notes: [] });
  });

  test.each([
    [
      'growpart: {devices: [/, /dev/vdb1]}',
      'not obeyed: growpart of /dev/vdb1: a disk of the manifest grows when it says so: `disks: [{grow: true}]`',
    ],
    ['ssh_pwauth: true', 'not obeyed: ssh_pwauth: users log in with keys, never with a password'],
    ['package_update: true', 'not obeyed: package_update: the image has all programs of the machine'],
  ])('%s', (text, note) => {
    expect(plan(cloud(text)).notes).toEqual([note]);
  });

  test('each key has one reason', () => {
    const keys = unobeyedKeys.flatMap(([, names]) => names);
    expect(keys).toEqual([...new Set(keys)]);
  });
});

test('names the line, also of what was merged', () => {
  const userdata = cloud(
    'runcmd: [ls]',
    'write_files:',
    '- path: /run/config/a',
    '  content: a',
    '- path: /etc/b',
    '- 5',
  );
  const made = whole(userdata, cloud('hostname: [a]', 'packages: [b]', '#', 'runcmd: [c]'));
  expect(made.problems).toEqual([
    'Cannot read "hostname" of cloud-config: expected a text (line 2 of the vendor-data)',
    'Cannot write "/etc/b": the machine is immutable, only files below /run/config/ are written (line 6 of the user-data)',
    'Cannot write "": an entry of "write_files" has keys and values (line 7 of the user-data)',
  ]);
  expect(made.notes).toEqual([
    'not obeyed: runcmd (line 2 of the user-data): kit runs no program out of metadata',
    'not obeyed: packages (line 3 of the vendor-data): the image has all programs of the machine',
  ]);
});

describe('parts', () => {
  const message = (...parts: readonly (readonly [body: string, header?: string])[]): string =>
    [
      'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n',
      ...parts.map(
        ([body, header]) => `--b\nContent-Type: text/cloud-config\n${header ? `${header}\n` : ''}\n${body}`,
      ),
      '--b--',
    ].join('\n');
  const [one, two] = [
    'ssh_authorized_keys: [ssh-rsa A]\nhostname: a',
    'ssh_authorized_keys: [ssh-rsa B]\nfqdn: b',
  ];
  const append = 'list(append)+dict(recurse_array)+str()';

  test.each([
    ['the keys of the later one replace', message([one], [two]), 'ssh-rsa B\n'],
    ['merge_how', message([one], [`${two}\nmerge_how: ${append}`]), 'ssh-rsa A\nssh-rsa B\n'],
    ['merge_type', message([one], [`${two}\nmerge_type: ${append}`]), 'ssh-rsa A\nssh-rsa B\n'],
    [
      'a list of mergers',
      message(
        [one],
        [
          `${two}\nmerge_how:\n- {name: list, settings: [append]}\n- {name: dict, settings: [no_replace, recurse_list]}`,
        ],
      ),
      'ssh-rsa A\nssh-rsa B\n',
    ],
    [
      'a list of lists',
      message([one], [`${two}\nmerge_how: [[list, append], [dict, recurse_list]]`]),
      'ssh-rsa A\nssh-rsa B\n',
    ],
    ['a header', message([one], [two, `Merge-Type: ${append}`]), 'ssh-rsa A\nssh-rsa B\n'],
    [
      'prepending',
      message([one], [two, 'X-Merge-Type: list(prepend)+dict(recurse_list)']),
      'ssh-rsa B\nssh-rsa A\n',
    ],
    ['keeping', message([one], [two, 'Merge-Type: dict(no_replace)+list()']), 'ssh-rsa A\n'],
  ])('are merged: %s', (_case, text, keys) => {
    const made = plan(text);
    expect(contentOf(made, 'ssh/authorized_keys')).toBe(keys);
    expect(contentOf(made, 'hostname')).toBe('a');
    expect([...made.problems, ...made.notes]).toEqual([]);
  });
});

describe('vendor data', () => {
  const vendor = cloud('hostname: vendor', 'ssh_authorized_keys: [ssh-rsa V]', 'packages: [x]');
  test('counts where the user-data says nothing', () => {
    const made = plan(cloud('hostname: mine'), vendor);
    expect(contentOf(made, 'hostname')).toBe('mine');
    expect(contentOf(made, 'ssh/authorized_keys')).toBe('ssh-rsa V\n');
    expect(made.notes).toEqual(['not obeyed: packages: the image has all programs of the machine']);
  });

  test('does not count where the user-data refuses it', () => {
    const made = plan(cloud('vendor_data: {enabled: False}'), vendor);
    expect(made.files.map(({ path }) => path)).toEqual(['provider', 'hostname', 'userdata']);
    expect(contentOf(made, 'hostname')).toBe('from-meta-data');
  });

  test('that is empty asks for nothing', () => {
    expect(plan(cloud('hostname: mine'), '\n').notes).toEqual([]);
  });

  test('of other forms is named', () => {
    expect(plan(cloud('hostname: mine'), '#!/bin/sh').notes).toEqual([
      'not obeyed: the vendor-data is a script, and kit runs no program out of metadata',
    ]);
  });
});
