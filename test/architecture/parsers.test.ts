import { describe, expect, test } from 'vitest';
import { targets } from '../fuzz/targets.ts';
import { importsOf, isGenerated, isTest, isTestSupport, sourcesIn, textOf } from './sources.ts';

/**
 * Every parser of bytes that kit does not write itself is a target of test/fuzz. Two signs tell a parser: its
 * name, and what its file does with bytes. Here is the rest, by the reason why it is none.
 */
const notParsers: Readonly<Record<string, readonly string[]>> = {
  'a word of the command line, or a setting of the user': [
    'build/backend/request/disks.ts#parseDisk',
    'build/backend/request/hardware.ts#parseHardware',
    'build/backend/request/hardware.ts#parseSmbios',
    'build/backend/request/networking.ts#parseNetworking',
    'build/backend/request/publish.ts#parsePublish',
    'build/backend/request/shares.ts#parseShares',
    'build/backend/request/sizes.ts#parseCpus',
    'build/backend/request/sizes.ts#parseMemory',
    'build/backend/request/sizes.ts#parseSize',
    'build/cli/program.ts#parse',
    'build/commands/flags/arch.ts#parseArch',
    'build/commands/flags/integer.ts#parseInteger',
    'build/commands/flags/reboot-flags.ts#parseWait',
    'build/commands/flags/run-flags.ts#readData',
    'build/commands/flags/run-flags.ts#readRequest',
    'build/commands/flags/timeout.ts#parseSeconds',
    'build/machine/copy/copy-request.ts#parseCopyRequest',
    'build/machine/copy/copy-request.ts#parseEndpoint',
    'build/machine/forward/forward-spec.ts#parseForward',
    'build/machine/logs/since.ts#parseSince',
    'build/registry/options.ts#parseMirror',
    'build/registry/options.ts#readMirrors',
    'lib/service/arguments.ts#readArguments',
    'services/binfmt/arguments.ts#readSettings',
    'services/dhcp/arguments.ts#readSettings',
    'services/dm-crypt/arguments.ts#readSettings',
    'services/kernel-settings/arguments.ts#readSettings',
    'services/extend/arguments.ts#readSettings',
    'services/format/arguments.ts#readSettings',
    'services/host-timesync-daemon/arguments.ts#readSettings',
    'services/logwrite/arguments.ts#readSettings',
    'services/losetup/arguments.ts#readSettings',
    'services/memlogd/arguments.ts#readSettings',
    'services/mount/arguments.ts#readSettings',
    'services/ntp/arguments.ts#readSettings',
    'services/qemu-ga/arguments.ts#readSettings',
    'services/sshd/arguments.ts#readSettings',
    'services/metrics/settings.ts#readSettings',
    'services/postgres/settings.ts#readSettings',
    'services/swap/arguments.ts#readSettings',
    'services/syslog/settings.ts#readSettings',
    'services/trim-after-delete/arguments.ts#readSettings',
    'services/vsudd/arguments.ts#readSettings',
    'services/vsudd/forward.ts#parseForward',
  ],
  'opens files, which a target parses': [
    'build/config/config-file.ts#readConfig',
    'build/debian/unpack.ts#unpackDebs',
    'build/images/manifest-files.ts#readManifestFiles',
    'build/image/kernel/module-archives.ts#readModuleArchives',
    'build/image/kernel/module-archives.ts#unpackModules',
    'build/layers/plain-layer.ts#unpackLayer',
    'build/lock/lock-file.ts#readImageLock',
    'build/lock/locked.ts#readImageLocks',
    'build/cluster/file/read-cluster.ts#readCluster',
    'build/manifest/read.ts#readManifests',
    'build/metadata/read-source.ts#readSource',
    'build/packages/debian/firmware.ts#readFirmware',
    'build/packages/debian/module-files.ts#readTables',
    'build/packages/definition/build-yml.ts#readBuildYml',
    'build/packages/external/lock/read-lock.ts#readProjectLock',
    'build/cve/database.ts#readDatabase',
    'build/policy/read-policy.ts#readPolicy',
    'build/trust/read-signatures.ts#readSignatures',
    'build/trust/read-signatures.ts#readStatements',
    'init/host/sysctl-files.ts#readSysctlFiles',
    'lib/service/metadata.ts#readMetadata',
    'lib/disks/programs/luks.ts#readLuksHeader',
    'lib/kernel-settings/config-folder.ts#readConfigFolder',
    'lib/disks/programs/partition-table.ts#readPartitionTable',
    'services/ntp/files/state-file.ts#readState',
    'services/sshd/login/authorized-files.ts#readAuthorizedKeys',
    'services/sshd/sftp/names.ts#readDirectory',
    'services/sshd/sftp/names.ts#readLink',
  ],
  'bytes are passed on as they are': [
    'build/audit/report/sign.ts#readSigningKey',
    'lib/files/read-limited.ts#readLimited',
    'build/backend/data-file.ts#readDataFile',
    'build/pieces/read-pieces.ts#readAll',
    'build/pieces/read-pieces.ts#readBytes',
    'build/pieces/read-pieces.ts#readPieces',
    'lib/disks/keys/key-file.ts#readKeyFile',
    'lib/files/service-file.ts#readServiceFile',
    'lib/volumes/random-access.ts#readExactly',
    'services/supervisor/access/tls-files.ts#readTlsFiles',
    'services/supervisor/control/status.ts#readStatus',
    'services/supervisor/logs/read-logs.ts#readLogs',
    'services/supervisor/report/report.ts#readReport',
  ],
  'kit has written it': [
    'build/audit/image/read-bundles.ts#readBundles',
    'build/audit/machine/await-probes.ts#readProbes',
    'build/backend/launch-file.ts#readLaunch',
    'build/backend/launch-file.ts#readNextLaunch',
    'build/cache/stored-image.ts#readImage',
    'build/machine/records/find.ts#readMachine',
    'build/machine/records/record.ts#readRecord',
    'build/manifest/config/read-config.ts#readConfig',
    'build/packages/bundle/prebuilt.ts#readPrebuilt',
    'build/packages/depfile.ts#readDepfile',
    'lib/bundle/read.ts#readBundle',
    'lib/bundle/read.ts#readBundles',
    'services/metadata/trust/trust.ts#readTrust',
    'services/supervisor/init/task-reports.ts#readTaskReports',
    'services/supervisor/service/service-spec.ts#readServiceSpec',
    'services/supervisor/update/service-set.ts#readInventory',
    'services/supervisor/update/updater.ts#readUpdatesConfig',
  ],
  'the kernel has written it, in one form': [
    'lib/linux/net/vsock.ts#readVsockAddress',
    'lib/linux/process/keyring.ts#readUserKey',
    'lib/linux/system/hardware-clock.ts#readHardwareClock',
    'lib/linux/system/ptp.ts#readPtpClock',
    'lib/linux/system/timex.ts#decodeTimex',
    'services/metadata/cloud/hardware.ts#readHardware',
    'services/ntp/clock/standstill.ts#readClocks',
    'services/supervisor/service/service-spec.ts#readOwnOomScore',
    'services/supervisor/usage/cgroup.ts#readCgroup',
    'services/supervisor/usage/cgroup.ts#readCpuUsec',
    'services/supervisor/usage/cgroup.ts#readTextOrEmpty',
    'services/supervisor/usage/meminfo.ts#readMeminfo',
    'services/supervisor/usage/filesystems.ts#readFilesystems',
  ],
  'a part of the manifest, which is parsed': [
    'build/spec/oci/rlimits.ts#parseRlimit',
    'lib/linux/mount/mount-options.ts#parseMountOptions',
  ],
  'a part of what a target parses': [
    'build/binary/bzip2/block.ts#readBlock',
    'build/binary/bzip2/huffman.ts#readLengths',
    'lib/disks/programs/parse-json.ts#parseWith',
    'lib/oci/json.ts#parseJson',
    'lib/volumes/iso9660-system-use.ts#readSystemUse',
  ],
  'behind a signature, which is checked first': ['build/debian/archive/release.ts#readRelease'],
};

const notParsing: Readonly<Record<string, readonly string[]>> = {
  'kit has written it': [
    'build/attest/attest-image.ts',
    'build/cluster/folder.ts',
    'build/cluster/network/switches.ts',
    'build/parts/reference.ts',
    'build/audit/image/image-settings.ts',
    'build/backend/launch-file.ts',
    'build/cache/derived.ts',
    'build/cache/layer-memo.ts',
    'build/host/kit-package.ts',
    'build/image/kernel/kernel-files.ts',
    'build/image/kernel/own-modules.ts',
    'build/machine/client/transport.ts',
    'build/machine/records/record.ts',
    'build/machine/support/host-part.ts',
    'build/packages/bundle/prebuilt.ts',
    'build/packages/components.ts',
    'build/packages/depfile.ts',
    'build/packages/external/compile/toolchain.ts',
    'build/packages/node-runtime/locked-node.ts',
    'build/packages/node-runtime/node-runtime.ts',
    'build/packages/recipes.ts',
    'build/packages/type-check/record.ts',
    'build/trust/stored-signatures.ts',
    'build/update/next-image.ts',
    'build/verify/record.ts',
    'init/host/firewall.ts',
    'init/host/layers.ts',
    'init/host/modules.ts',
    'init/host/network/network.ts',
    'init/host/watchdog.ts',
    'init/timeline.ts',
    'lib/bundle/read.ts',
    'lib/log/progress.ts',
    'services/audit-probe/floods/control-floods.ts',
    'services/copy/main.ts',
    'services/disks/main.ts',
    'services/dhcp/dns.ts',
    'services/ntp/files/status-file.ts',
    'services/metadata/trust/trust.ts',
    'services/sshd/sftp/handles.ts',
    'services/supervisor/access/listeners.ts',
    'services/supervisor/init/heartbeat.ts',
    'services/supervisor/init/task-reports.ts',
    'services/supervisor/trim/trim-weekly.ts',
    'services/supervisor/service/state-file.ts',
    'services/supervisor/update/saved-sets.ts',
    'services/supervisor/update/updater.ts',
  ],
  'a program that kit brings has written it: esbuild, npm, QEMU': [
    'build/npm/notices.ts',
    'build/packages/bundle/bundle.ts',
    'build/packages/project/source-names.ts',
    'build/qemu/kvm-probe.ts',
  ],
  'a table of kit itself': ['build/spec/containment/filter/calls.ts'],
  'passes text to a parser that a target covers': [
    'build/config/config-file.ts',
    'build/update/update-machine.ts',
    'services/supervisor/update/service-set.ts',
  ],
  'for a library, after a parser that a target covers': ['build/signing/certificate.ts'],
  'the engine of this user has written it': ['build/transfer/archives/docker-engine.ts'],
  'a part of what a target has parsed': ['services/dhcp/v6/client6.ts', 'services/dhcp/v6/prefix.ts'],
  'compares a few numbers at fixed places': [
    'build/binary/partitions/guid.ts',
    'build/binary/pe/add-sections.ts',
    'build/image/kernel/decompress-kernel.ts',
    'build/packages/debian/strip.ts',
    'build/packages/external/addons/guest.ts',
    'build/spec/users/id-ranges.ts',
    'lib/disks/programs/unused-ext4.ts',
    'lib/disks/observe/block-devices.ts',
  ],
  'the kernel has written it, in one form': [
    'lib/linux/mount/block-device.ts',
    'lib/linux/mount/file-system-calls.ts',
    'lib/linux/net/frame-ring.ts',
    'lib/linux/net/loopback-pair.ts',
    'lib/linux/net/peer-credentials.ts',
    'lib/linux/net/socket-pair.ts',
    'lib/linux/net/vsock.ts',
    'lib/linux/netlink/generic-netlink.ts',
    'lib/linux/netlink/netlink.ts',
    'lib/linux/process/process.ts',
    'lib/linux/system/port-read.ts',
    'lib/linux/system/ptp.ts',
    'lib/linux/system/timex.ts',
    'lib/linux/system/watchdog.ts',
    'lib/linux/terminal/pty.ts',
    'lib/linux/terminal/termios.ts',
  ],
};

const advice =
  'a parser of bytes from outside needs a target in test/fuzz/targets; anything else a line in this file';

const sources = ['build', 'init', 'services', 'lib']
  .flatMap(sourcesIn)
  .filter((path) => !isTest(path) && !isTestSupport(path) && !isGenerated(path));

const fuzzed = new Set(targets.flatMap(({ target }) => target.reads));
const fuzzedFiles = new Set([...fuzzed].map((name) => name.split('#')[0] ?? ''));

const exported = /^export (?:async )?(?:function\*?|class|const) (\w+)/gm;
const exportsOf = (path: string): string[] =>
  [...textOf(path).matchAll(exported)].map(([, name = '']) => `${path}#${name}`);

describe('parsers of outside bytes', () => {
  test('every target names functions that are there', () => {
    const there = new Set([...fuzzedFiles].flatMap(exportsOf));
    expect([...fuzzed].filter((name) => !there.has(name))).toEqual([]);
    expect(targets.length).toBeGreaterThan(80);
  });

  test('what is called a parser is a target of test/fuzz, or is none for a reason', () => {
    const called = /#(?:(?:parse|read|decode|unpack|recognise)(?:[A-Z]\w*)?|\w+Splitter)$/;
    const rest = sources.flatMap(exportsOf).filter((name) => called.test(name) && !fuzzed.has(name));
    expect(rest.toSorted(), advice).toEqual(Object.values(notParsers).flat().toSorted());
  });

  test('files that decode bytes have a target, are used by one that has, or do not parse for a reason', () => {
    const decoding = /JSON\.parse\(|\.readU?Int\d|\.readBigU?Int|TextDecoder|parseJson\(|readYaml\(/;
    const used = new Set([...fuzzedFiles].flatMap(importsOf).map(({ to }) => to));
    const rest = sources.filter(
      (path) => decoding.test(textOf(path)) && !fuzzedFiles.has(path) && !used.has(path),
    );
    expect(rest.toSorted(), advice).toEqual(Object.values(notParsing).flat().toSorted());
  });
});
