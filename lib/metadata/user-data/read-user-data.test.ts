import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planFiles } from '../plan.ts';

const key = 'ssh-ed25519 AAAAC3Nz me@example';
const config = `#cloud-config\nhostname: web\nssh_authorized_keys:\n  - ${key}\n`;

interface Outcome {
  readonly files: Record<string, string>;
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

/** What kit makes of user data, beside the copy of it. */
function outcome(userdata: string | Buffer, vendordata?: string): Outcome {
  const { files, problems, notes } = planFiles('X', {
    userdata: Buffer.from(userdata),
    vendordata: vendordata === undefined ? undefined : Buffer.from(vendordata),
    hostname: 'from-meta-data',
    instanceId: 'i-1',
    sshKeys: [],
  });
  const others = files.filter(({ path }) => !['provider', 'instance_id', 'userdata'].includes(path));
  return {
    files: Object.fromEntries(others.map(({ path, content }) => [path, content.toString()])),
    problems,
    notes,
  };
}

const obeyed: Outcome = {
  files: { hostname: 'web', 'ssh/authorized_keys': `${key}\n` },
  problems: [],
  notes: [],
};

const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64');

/** As Python's email package and cloud-init's make-mime write it. */
const mime = (parts: readonly (readonly [type: string, body: string, more?: string])[]): string =>
  [
    'Content-Type: multipart/mixed; boundary="===============1234567890=="',
    'MIME-Version: 1.0',
    ...['Number-Attachments: 2', '', 'for people'],
    ...parts.flatMap(([type, body, more]) => [
      '--===============1234567890==',
      ...[
        `Content-Type: ${type}; charset="us-ascii"`,
        'MIME-Version: 1.0',
        ...(more ? [more] : []),
        '',
        body,
      ],
    ]),
    '--===============1234567890==--',
    '',
  ].join('\n');

describe('a cloud-config is the same', () => {
  const encoded = mime([
    ['text/plain', '#!/bin/sh'],
    ['text/cloud-config', base64(config), 'Content-Transfer-Encoding: base64'],
  ]);
  test.each<[string, string | Buffer]>([
    ['plain', config],
    ['with line ends of Windows', config.replaceAll('\n', '\r\n')],
    ['after a byte order mark', `\ufeff${config}`],
    ['after empty lines and spaces', `\n\n  ${config}`],
    ['with more in its first line', config.replace('config\n', 'config # of mine\n')],
    ['in upper case', config.replace('#cloud-config', '#Cloud-Config')],
    ['in UTF-16, little-endian', Buffer.from(`\ufeff${config}`, 'utf16le')],
    ['in UTF-16, big-endian', Buffer.from(`\ufeff${config}`, 'utf16le').swap16()],
    ['as JSON', `#cloud-config\n${JSON.stringify({ hostname: 'web', ssh_authorized_keys: [key] })}`],
    ['gzip', gzipSync(config)],
    ['gzip twice', gzipSync(gzipSync(config))],
    ['base64', base64(config)],
    ['base64 of gzip', base64(gzipSync(config))],
    ['wrapped base64', base64(gzipSync(config)).replace(/.{20}/g, '$&\n')],
    ['an archive', `#cloud-config-archive\n- type: text/cloud-config\n  content: |\n${indent(config)}`],
    ['an archive of texts', `#cloud-config-archive\n- |\n${indent(config)}`],
    ['an archive without the mark', `#cloud-config-archive\n- |\n${indent(config.replace(/^.*\n/, ''))}`],
    ['a template that needs nothing', `## template: jinja\n${config}`],
    [
      'a template',
      `## template: jinja\n${config.replace('web', 'web{{ v1.nothing }}')}`.replace('{{ v1.nothing }}', ''),
    ],
    ['a message of one part', `MIME-Version: 1.0\nContent-Type: text/cloud-config\n\n${config}`],
    ['a message', mime([['text/cloud-config', config]])],
    ['a message, gzip, base64', base64(gzipSync(mime([['text/cloud-config', config]])))],
    ['a message with a type that says nothing', mime([['text/plain', config]])],
    ['a message that calls it a script', mime([['text/x-shellscript', config]])],
    ['a message without the mark', mime([['text/cloud-config', config.replace(/^.*\n/, '')]])],
    ['a message of Windows', mime([['text/cloud-config', config]]).replaceAll('\n', '\r\n')],
    ['a message without its end', mime([['text/cloud-config', config]]).replace(/--=+1234567890==--\n$/, '')],
    [
      'a part in quoted-printable',
      mime([
        [
          'text/cloud-config',
          config.replace('web', '=77e=\nb'),
          'Content-Transfer-Encoding: Quoted-Printable',
        ],
      ]),
    ],
    [
      'a part of gzip in base64',
      mime([['application/gzip', base64(gzipSync(config)), 'Content-Transfer-Encoding: base64']]),
    ],
    [
      'a message in a message',
      mime([['message/rfc822', mime([['text/cloud-config', config]]).replaceAll('1234567890', '2')]]),
    ],
    [
      'parts without header',
      `MIME-Version: 1.0\nContent-Type: multipart/mixed;\n boundary=b\n\n--b\n${config}--b--\n`,
    ],
  ])('%s', (_case, userdata) => {
    expect(outcome(userdata)).toEqual(obeyed);
  });

  test('beside a script, which is named', () => {
    expect(outcome(encoded)).toEqual({
      ...obeyed,
      notes: ['not obeyed: part 1 of the user-data is a script, and kit runs no program out of metadata'],
    });
  });
});

test.each<[string, string | Buffer]>([
  ['not obeyed: the user-data is empty', ''],
  ['not obeyed: the user-data is empty', ' \n\n'],
  ['not obeyed: the user-data is empty', gzipSync('')],
  ['not obeyed: the user-data is a script, and kit runs no program out of metadata', '#!/bin/sh\nreboot\n'],
  ['not obeyed: the user-data is a script, and kit runs no program out of metadata', gzipSync('#!/bin/sh')],
  [
    'not obeyed: the user-data is a list of addresses (#include), and kit fetches nothing for metadata',
    '#include\nhttps://example.org/a\n',
  ],
  [
    'not obeyed: the user-data is a list of addresses (#include), and kit fetches nothing for metadata',
    '#include-once\nhttps://example.org/a\n',
  ],
  [
    'not obeyed: the user-data is a boot hook, and kit runs no program out of metadata',
    '#cloud-boothook\n#!/bin/sh',
  ],
  [
    'not obeyed: the user-data is a program (#part-handler), and kit runs no program out of metadata',
    '#part-handler\n',
  ],
  ['not obeyed: the user-data is JSON Patch, which kit does not apply', '#cloud-config-jsonp\n[]'],
  [
    'not obeyed: the user-data is an Upstart job, and services come from the manifest',
    '#upstart-job\nstart on x',
  ],
  [
    'not obeyed: the user-data is a script for Windows, and kit runs no program out of metadata',
    '<powershell>\nGet-Date\n</powershell>',
  ],
  [
    "not obeyed: the user-data is Ignition's JSON, which kit does not obey",
    '{"ignition": {"version": "3.4.0"}}',
  ],
  [
    "not obeyed: the user-data is Ignition's JSON, which kit does not obey",
    '{"storage": {}, "ignition": {"version": "2.2.0", "config": {}}}',
  ],
  [
    "not obeyed: the user-data is Butane's YAML, the source of Ignition's, which kit does not obey",
    'variant: fcos\nversion: 1.5.0\n',
  ],
  [
    'not obeyed: the user-data is a machine configuration of Talos, which kit does not obey',
    'version: v1alpha1\nmachine:\n  type: worker\n',
  ],
  ["not obeyed: the user-data is Bottlerocket's TOML, which kit does not obey", '[settings.host]\na = 1\n'],
  ['not obeyed: the user-data is XML, which kit does not read', '<?xml version="1.0"?><Environment/>'],
  [
    'not obeyed: the user-data is compressed by xz, and kit unpacks gzip alone',
    Buffer.from('fd377a585a000004', 'hex'),
  ],
  [
    'not obeyed: the user-data is compressed by zstd, and kit unpacks gzip alone',
    Buffer.from('28b52ffd0458', 'hex'),
  ],
  ['not obeyed: the user-data is encrypted', '-----BEGIN PGP MESSAGE-----\n'],
  ['not obeyed: the user-data is of no form that kit knows', 'hello'],
  [
    'not obeyed: part 1 ("a.bin") of the user-data is of the type "application/x-thing", which kit does not know',
    mime([['application/x-thing', 'x', 'Content-Disposition: attachment; filename="a.bin"']]),
  ],
  [
    'not obeyed: part 1 of the user-data is a script, and kit runs no program out of metadata',
    mime([['text/x-shellscript-per-boot', 'x']]),
  ],
  ['the user-data is a cloud-config without keys', '#cloud-config\n# nothing\n'],
])('names in one line: %s', (line, userdata) => {
  expect(outcome(userdata)).toEqual({ files: { hostname: 'from-meta-data' }, problems: [], notes: [line] });
});

test.each<[string, string | Buffer]>([
  ['its first line is "# cloud-config", not "#cloud-config"', config.replace('#', '# ')],
  ['its first line is "#cloudconfig", not "#cloud-config"', config.replace('-', '')],
  ['its first line is "#cloud_config", not "#cloud-config"', config.replace('-', '_')],
  ['"#cloud-config" is in line 2, and must be the first one', `# mine\n${config}`],
  ['it looks like a cloud-config, but its first line is not "#cloud-config"', config.replace(/^.*\n/, '')],
  ['expected keys and values', '#cloud-config\n- a\n'],
  ['a cloud-config-archive is a list', '#cloud-config-archive\na: b\n'],
  ['it is multipart/mixed without a boundary', 'MIME-Version: 1.0\nContent-Type: multipart/mixed\n\nx'],
  [
    'it is multipart/mixed, but its boundary "b" is nowhere in it',
    'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--c\n',
  ],
  ['it is packed more than 8 times', packed(10)],
  ['cannot be unpacked: unexpected end of file', gzipSync(config).subarray(0, 40)],
  ['cannot be unpacked: Cannot create a Buffer larger than 4194304 bytes', gzipSync(Buffer.alloc(5 << 20))],
  [
    'it is a Jinja template with "{{ v1.region }}", and kit renders only the names that meta-data gives: ' +
      '{{ v1.local_hostname }}, {{ v1.instance_id }}',
    `## template: jinja\n${config}fqdn: {{ v1.region }}\n`,
  ],
])('is a mistake: %s', (fault, userdata) => {
  expect(outcome(userdata)).toEqual({
    files: { hostname: 'from-meta-data' },
    problems: [`Cannot read the user-data: ${fault}`],
    notes: [],
  });
});

test('bytes that are not UTF-8 are named, and the rest is obeyed', () => {
  const latin1 = Buffer.from(`${config}# gr\xfcn\n`, 'latin1');
  expect(outcome(latin1)).toEqual({
    ...obeyed,
    notes: ['the user-data has bytes that are not UTF-8, each read as "\ufffd"'],
  });
});

test('a template gets the names of meta-data', () => {
  const text =
    '## template: jinja\n#cloud-config\nhostname: {{ v1.local_hostname }}-{{ ds.meta_data.instance_id }}\n';
  expect(outcome(text).files).toEqual({ hostname: 'from-meta-data-i-1' });
});

test('parts are bounded in number and in all their bytes', () => {
  const many = outcome(mime(Array.from({ length: 300 }, () => ['text/cloud-config', 'a: b'] as const)));
  expect(many.problems).toEqual(['Cannot read the user-data: it has more than 200 parts']);
  const zipped = base64(gzipSync(Buffer.alloc(3 << 20, 'a')));
  const large = outcome(
    mime(
      Array.from({ length: 9 }, () => ['text/plain', zipped, 'Content-Transfer-Encoding: base64'] as const),
    ),
  );
  expect(large.problems).toContain(
    'Cannot read part 6 of the user-data: its parts have more than 16777216 bytes when unpacked',
  );
});

test('a damaged part does not affect the others', () => {
  const parts = [
    ['text/cloud-config', 'a: [b'],
    ['text/cloud-config', '***', 'Content-Transfer-Encoding: base64'],
    ['text/cloud-config', 'x', 'Content-Transfer-Encoding: x-uuencode'],
    ['text/cloud-config', config],
  ] as const;
  const { files, problems } = outcome(mime(parts));
  expect(files).toEqual(obeyed.files);
  expect(problems).toEqual([
    'Cannot read part 2 of the user-data: its base64 is damaged',
    'Cannot read part 3 of the user-data: its Content-Transfer-Encoding "x-uuencode" is not known',
    expect.stringMatching(/^Cannot read part 1 of the user-data: Flow sequence .* at line 1/),
  ]);
});

test('property: anything in a message, an archive or a template ends in files, notes or problems', () => {
  const word = fc.constantFrom(
    '--b',
    '--b--',
    '\n',
    '\r\n',
    ':',
    'Content-Type: text/cloud-config',
    '{{',
    '- a',
    ' ',
    'a: b',
    '=3D',
    'H4sI',
  );
  const start = fc.constantFrom(
    'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n',
    '#cloud-config-archive\n',
    '## template: jinja\n',
    '',
  );
  fc.assert(
    fc.property(start, fc.array(fc.oneof(word, fc.string({ maxLength: 5 }))), (first, rest) => {
      const { notes, problems, files } = outcome(first + rest.join(''));
      expect(notes.length + problems.length + Object.keys(files).length).toBeGreaterThan(1);
    }),
    { numRuns: 500 },
  );
});

function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}

function packed(times: number): Buffer {
  let bytes: Buffer = Buffer.from(config);
  for (let time = 0; time < times; time += 1) bytes = gzipSync(bytes);
  return bytes;
}
