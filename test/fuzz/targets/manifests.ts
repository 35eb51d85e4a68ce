import fc from 'fast-check';
import { stringify } from 'yaml';
import { subordinateRange } from '../../../build/container/ids/subordinate-ids.ts';
import { parseImageLock } from '../../../build/lock/lock-file.ts';
import { mergeManifests } from '../../../build/manifest/merge.ts';
import { parseEntryDefaults, parseManifest } from '../../../build/manifest/parse.ts';
import { manifestValue, printManifest } from '../../../build/manifest/print.ts';
import { anyManifest } from '../../../build/manifest/testing/arbitrary.ts';
import { migrateManifest } from '../../../build/migrate/migrate.ts';
import { parseBuildYml } from '../../../build/packages/definition/build-yml.ts';
import { parseProfile } from '../../../build/spec/containment/profile.ts';
import { resolveUser } from '../../../build/spec/image/image-user.ts';
import { KitError, KitErrors } from '../../../lib/errors/errors.ts';
import { parseExactJson, exactJson as written } from '../../../lib/json/exact-json.ts';
import { attempt, check, type Target, texts } from '../target.ts';

const yamlWords = [
  '&a ',
  '*a',
  '<<: ',
  '- ',
  ': ',
  '|\n',
  '!!binary ',
  '"',
  '{',
  '[',
  '\n---\n',
  '#',
  '.inf',
  '0x',
];

export const manifest: Target = {
  reads: ['build/manifest/parse.ts#parseManifest', 'build/manifest/yaml-document.ts#readYaml'],
  seeds: () =>
    texts(
      'kernel: {image: pkg/kernel, cmdline: console=ttyS0}\ninit: [pkg/init]\nservices:\n  - {name: web, image: x, binds: [/a:/b], env: [A=b]}\n',
      'files:\n  - {path: etc/x, contents: "a", mode: "0644"}\n  - {path: d, directory: true}\ntrust: {org: [a]}\n',
    ),
  words: [...yamlWords, 'services:\n', '  image: ', 'name: ', 'onboot:\n', 'files:\n', 'path: ../', '@pkg:'],
  inputs: () => anyManifest.map((value) => Buffer.from(stringify(value))),
  run: (bytes) => {
    const parse = (text: string) => mergeManifests([parseManifest(text, 'x.yml', '/folder')]);
    const parsed = attempt(() => parse(bytes.toString()));
    if (!parsed) return;
    const again = parse(printManifest(parsed));
    check(
      written(manifestValue(again)) === written(manifestValue(parsed)),
      'a manifest that is printed is the same manifest',
    );
  },
};

export const migration: Target = {
  reads: ['build/migrate/migrate.ts#migrateManifest'],
  seeds: () =>
    texts(
      'kernel:\n  image: linuxkit/kernel:6.6.13\n  ucode: x.cpio # y\ninit:\n  - linuxkit/init:1\n  - linuxkit/memlogd:1\n',
      'init: [linuxkit/runc:1, linuxkit/containerd:1]\nservices:\n- {name: a, image: linuxkit/sshd:1, pid: host, binds: [/a:/b]}\n',
      'onboot:\n  - name: dhcpcd\n    image: linuxkit/dhcpcd:1\n    command:\n      - dhcpcd\n      # once\n      - "-1"\ntrust: {org: [a]}\n',
      'onboot:\n  - {name: f, image: linuxkit/format:1}\n  - {name: m, image: linuxkit/mount:1, command: [/usr/bin/mountie, /var/d]}\n',
    ),
  words: [
    ...yamlWords,
    'image: linuxkit/',
    'sysctl:1',
    'rngd:1',
    'getty:1',
    'capabilities:',
    'binds:',
    'command: [',
  ],
  run: async (bytes) => {
    const text = bytes.toString();
    for (const disks of [false, true]) {
      const migrated = await migrateManifest(text, 'x.yml', '/folder', { disks }).catch((thrown: unknown) => {
        check(thrown instanceof KitError || thrown instanceof KitErrors, 'errors are those of kit');
      });
      if (!migrated) continue;
      const again = await migrateManifest(migrated.text, 'x.yml', '/folder', { disks });
      check(again.changes.length === 0 && again.text === migrated.text, 'what is migrated stays as it is');
    }
  },
};

export const imageLabel: Target = {
  reads: ['build/manifest/parse.ts#parseEntryDefaults'],
  seeds: () =>
    texts(
      '{"binds": ["/etc/resolv.conf:/etc/resolv.conf"], "capabilities": ["all"], "runtime": {"mkdir": ["/var"]}}',
      'capabilities:\n  - CAP_NET_ADMIN\npid: host\nrlimits: ["nofile,1024,unlimited"]\n',
    ),
  words: [...yamlWords, '"binds":', '"capabilities":', '"runtime":', '"mounts":', 'null', '"resources":'],
  run: (bytes) => {
    attempt(() => parseEntryDefaults(bytes.toString(), 'label'));
  },
};

export const buildYml: Target = {
  reads: ['build/packages/definition/build-yml.ts#parseBuildYml'],
  seeds: () =>
    texts(
      'image: web\nmain: main.ts\nconfig: {binds: [/a:/b]}\nbase: [../x]\n',
      'image: a\ndebian: {packages: [crun], depends: true, include: [/usr/bin/*]}\nsymlinks: {/a: b}\n',
    ),
  words: [...yamlWords, 'image: ', 'debian: ', 'config: ', 'main: ', 'base: ', '../', 'external: '],
  run: (bytes) => {
    attempt(() => parseBuildYml(bytes.toString(), '/nonexistent', 'build.yml'));
  },
};

export const seccompProfile: Target = {
  reads: ['build/spec/containment/profile.ts#parseProfile'],
  seeds: () =>
    texts(
      '{"defaultAction":"SCMP_ACT_ERRNO","archMap":[{"architecture":"SCMP_ARCH_X86_64","subArchitectures":null}],"syscalls":[{"names":["read"],"action":"SCMP_ACT_ALLOW","args":[{"index":0,"value":8,"op":"SCMP_CMP_EQ"}],"includes":{"caps":["CAP_SYS_ADMIN"]}}]}',
    ),
  words: [
    ...yamlWords,
    '"SCMP_ACT_ALLOW"',
    '"names":',
    '"args":',
    'null',
    '18446744073709551615',
    '"value":',
  ],
  run: (bytes) => {
    attempt(() => parseProfile(bytes.toString(), 'profile.json'));
  },
};

export const imageLock: Target = {
  reads: ['build/lock/lock-file.ts#parseImageLock'],
  seeds: () =>
    texts(
      `{"version": 1, "images": {"redis:7": "sha256:${'a'.repeat(64)}", "pkg/sshd": {"amd64": "sha256:${'b'.repeat(64)}"}}}`,
    ),
  words: ['"version": 1', '"images":', '"__proto__":', 'null', '"arm64":'],
  run: (bytes) => {
    for (const locked of attempt(() => parseImageLock(bytes, 'kit.lock'))?.values() ?? [])
      check(typeof locked === 'string' || typeof locked === 'object', 'digests');
  },
};

export const imageUser: Target = {
  reads: [
    'build/spec/image/image-user.ts#resolveUser',
    'build/container/ids/subordinate-ids.ts#subordinateRange',
  ],
  seeds: () =>
    texts(
      'web:staff|root:x:0:0::/:/bin/sh\nweb:x:1000:100::/:\n|staff:x:50:web,a\nother:x:60:web',
      '1000:7||',
    ),
  words: ['|', ':', '\n', 'web', ':x:', '4294967295', '-1', 'root:100000:65536\n'],
  inputs: () =>
    fc
      .tuple(
        fc.constantFrom('web', 'web:staff', '1000', '0:staff', ':'),
        ...[0, 1].map(() =>
          fc.array(fc.stringMatching(/^(?:web|staff|a)?:x?:\d{0,11}:(?:web|\d{1,11})?$/), { maxLength: 4 }),
        ),
      )
      .map(([user, ...files]) =>
        Buffer.from([user, ...files.map((lines) => (lines as string[]).join('\n'))].join('|')),
      ),
  run: (bytes) => {
    const [user = '', passwd, group] = bytes.toString().split('|');
    const found = attempt(() => resolveUser(user, { passwd, group }));
    for (const id of found ? [found.uid, found.gid, ...found.additionalGids] : [])
      check(Number.isInteger(id) && id >= 0 && id < 2 ** 31, `an id is one that runtimes accept: ${id}`);
    const range = subordinateRange(passwd ?? '', 'web', 1000);
    check(range === undefined || range.count > 0, 'a range has ids');
  },
};

export const exactJson: Target = {
  reads: ['lib/json/exact-json.ts#parseExactJson'],
  seeds: () => texts('{"limit":18446744073709551615,"a":[1.5,-0,1e400,null,"\\u0000"],"__proto__":{"b":1}}'),
  words: ['18446744073709551615', '1e400', '-0', '"__proto__":', '[', ']', '0.1', '\\ud800'],
  run: (bytes) => {
    const value = attempt(() => parseExactJson<unknown>(bytes.toString()), SyntaxError);
    if (value === undefined) return;
    const text = written(value);
    check(written(parseExactJson(text)) === text, 'numbers keep their digits');
  },
};
