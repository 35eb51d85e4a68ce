import { parseKernelConfig } from '../../../build/lint/kernel/kernel-config.ts';
import { parseStat } from '../../../build/machine/records/process.ts';
import { parseModinfo } from '../../../build/packages/debian/firmware.ts';
import { parseDependencies, parseTables } from '../../../build/packages/debian/modules.ts';
import { formatLayerIndex, parseLayerIndex } from '../../../lib/bundle/layers.ts';
import { consoleNames } from '../../../lib/cmdline/console-names.ts';
import { kernelWords } from '../../../lib/cmdline/kernel-words.ts';
import { parseSysctls, parseSysfs } from '../../../lib/kernel-settings/setting-lines.ts';
import { hasKey, parseInputEvents } from '../../../lib/linux/io/input-device.ts';
import { parseMountInfo } from '../../../lib/linux/mount/mountinfo.ts';
import { parseRegistrations } from '../../../services/binfmt/registrations.ts';
import { parseKernelRecord } from '../../../services/supervisor/logs/kernel-record.ts';
import { attempt, check, type Target, texts } from '../target.ts';

export const kernelLog: Target = {
  reads: ['services/supervisor/logs/kernel-record.ts#parseKernelRecord'],
  seeds: () =>
    texts('6,339,5140900,-;NET: Registered \\xe2\\x82\\xac\n SUBSYSTEM=pci\n', '30,1,2,c,caller=T1;x'),
  words: [',-;', '\\x5c', '\\xe2', '\n SUBSYSTEM=', '4294967295'],
  run: (bytes) => {
    const record = parseKernelRecord(bytes);
    if (record) check(!record.text.includes('\n'), 'a record is one line');
  },
};

export const mountInfo: Target = {
  reads: ['lib/linux/mount/mountinfo.ts#parseMountInfo'],
  seeds: () =>
    texts(
      '36 35 98:0 /mnt1 /mnt\\0402 rw,noatime master:1 - ext3 /dev/root rw,errors=continue\n22 1 0:1 / / rw - tmpfs a ro',
    ),
  words: [' - ', '\\040', '\\777', 'rw,', '/ '],
  run: (bytes) => {
    for (const { target, type } of parseMountInfo(bytes.toString('latin1')))
      check(target !== '' && type !== '', 'a mount has a place and a type');
  },
};

export const kernelCommandLine: Target = {
  reads: ['lib/cmdline/kernel-words.ts#kernelWords', 'lib/cmdline/console-names.ts#consoleNames'],
  seeds: () => texts('console=ttyS0,115200 quiet "a b"=c d="e f" -- init', 'BOOT_IMAGE=/x root=/dev/vda1 ro'),
  words: ['console=', '"', ' -- ', '=', 'ttyS0', '\xa0'],
  run: (bytes) => {
    const line = bytes.toString('latin1');
    for (const { text } of kernelWords(line)) check(text !== '', 'no word is empty');
    for (const name of consoleNames(line))
      check(/^[\w./-]+$/.test(name), 'a console is the name of a device');
  },
};

export const processStat: Target = {
  reads: ['build/machine/records/process.ts#parseStat'],
  seeds: () => texts(`7 (a) b) S ${Array.from({ length: 40 }, (_, at) => at).join(' ')}`),
  words: [') S ', '(', ' 0'],
  run: (bytes) => {
    parseStat(bytes.toString('latin1'));
  },
};

export const inputEvents: Target = {
  reads: ['lib/linux/io/input-device.ts#parseInputEvents', 'lib/linux/io/input-device.ts#hasKey'],
  seeds: () => [Buffer.alloc(48, 1), ...texts('10000000000000 0', 'ffffffffffffffff 3')],
  run: (bytes) => {
    check(parseInputEvents(bytes).length === Math.floor(bytes.length / 24), 'whole events only');
    hasKey(bytes.toString('latin1'), 116);
  },
};

export const settingLines: Target = {
  reads: [
    'lib/kernel-settings/setting-lines.ts#parseSysctls',
    'lib/kernel-settings/setting-lines.ts#parseSysfs',
  ],
  seeds: () =>
    texts(
      '# x\nnet.ipv4.ip_forward = 1\n-kernel/core_pattern=|/bin/false\nnet.ipv4.conf.eth0/1.forwarding=0\n',
      'kernel/mm/transparent_hugepage/enabled = madvise\n/bus/pci/devices/0000:00:01.0/x=1\n',
    ),
  words: ['net.', '/', '..', ' = ', '\n-', '#', '../..'],
  run: (bytes) => {
    const text = bytes.toString();
    for (const { settings, problems } of [parseSysctls(text, 'x.conf'), parseSysfs(text, 'x.conf')]) {
      for (const { path } of settings)
        check(
          !path.startsWith('/') && !path.split('/').some((part) => part === '..' || part === ''),
          'below the folder',
        );
      for (const problem of problems)
        attempt(() => {
          throw problem;
        });
    }
  },
};

export const binfmtLines: Target = {
  reads: ['services/binfmt/registrations.ts#parseRegistrations'],
  seeds: () =>
    texts(
      '# x\n:qemu-a:M:0:\\x7fELF\\x02:\\xff\\xff\\xff\\xff\\xff:/usr/bin/qemu-a:OCF\n',
      ',jar,E,,jar,,/usr/bin/jar,\r\n',
    ),
  words: [':M:', ':E:', '\\x', '::', ':/', 'F', 'register', '\n'],
  run: (bytes) => {
    const { all, problems } = parseRegistrations(bytes.toString('latin1'), 'x.conf');
    for (const { name, text } of all) {
      check(!/[/\n]/.test(name) && name !== '..', 'a name is that of a file');
      check(bytes.includes(Buffer.from(text, 'latin1')) && text.length <= 1920, 'the kernel gets the line');
    }
    for (const problem of problems)
      attempt(() => {
        throw problem;
      });
  },
};

export const modulesDep: Target = {
  reads: ['build/packages/debian/modules.ts#parseDependencies'],
  seeds: () =>
    texts('kernel/fs/ext4/ext4.ko.xz: kernel/fs/jbd2/jbd2.ko.xz kernel/lib/crc16.ko.xz\nkernel/a.ko:\n'),
  words: ['kernel/', '.ko.xz', ': ', '\n'],
  run: (bytes) => {
    parseDependencies(bytes.toString());
  },
};

export const modinfo: Target = {
  reads: ['build/packages/debian/firmware.ts#parseModinfo'],
  seeds: () => texts('filename:       /x/kernel/a.ko.xz\nfirmware:       a/b.fw\nfirmware:       c*.bin\n'),
  words: ['filename:  ', 'firmware:  ', '/kernel/', '.ko.xz\n', '*.bin\n'],
  run: (bytes) => {
    for (const [path, names] of parseModinfo(bytes.toString()))
      check(![path, ...names].some((name) => /\s/.test(name)), 'a name is one word');
  },
};

/** The three of depmod's tables, which are told apart by their first words. */
export const modulesSoftdep: Target = {
  reads: ['build/packages/debian/modules.ts#parseTables'],
  seeds: () => texts('kernel/fs/a.ko.xz:\nkernel/b.ko:\nsoftdep a pre: c post: b\nalias c b\n'),
  words: ['softdep ', 'alias ', ' pre: ', ' post: ', 'kernel/', '.ko.xz', ':\n', '__proto__'],
  run: (bytes) => {
    const text = bytes.toString();
    const { dependencies, soft } = parseTables({ dep: text, builtin: text, softdep: text, alias: text });
    for (const path of [...soft.keys(), ...[...soft.values()].flat()])
      check(dependencies.has(path), 'soft dependencies are modules');
  },
};

export const kernelConfig: Target = {
  reads: ['build/lint/kernel/kernel-config.ts#parseKernelConfig'],
  seeds: () => texts('#\nCONFIG_X86_64=y\n# CONFIG_FOO is not set\nCONFIG_HZ=250\nCONFIG_A="b"\n'),
  words: ['CONFIG_', '=y\n', ' is not set\n', '=m\n'],
  run: (bytes) => {
    const config = parseKernelConfig(bytes.toString('latin1'));
    check(config === undefined || config.options.size > 0, 'a configuration has options');
  },
};

export const layerIndex: Target = {
  reads: ['lib/bundle/layers.ts#parseLayerIndex'],
  seeds: () => texts('0123456789abcdef 4096 root\nfedcba9876543210 1 bundle\n'),
  words: ['0123456789abcdef', ' root\n', ' bundle\n', ' 4096'],
  run: (bytes) => {
    const entries = attempt(() => parseLayerIndex(bytes.toString()), RangeError);
    if (entries)
      check(
        attempt(() => parseLayerIndex(formatLayerIndex(entries)))?.length === entries.length,
        'the same again',
      );
  },
};
