import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bindLibrary } from '../../../../lib/linux/ffi.ts';
import { needs } from '../../../../test/support/needs.ts';
import { testTools } from '../../../../test/support/tools.ts';
import type { Seccomp } from '../../oci/oci-runtime.ts';
import { mobyProfile } from '../profile.ts';
import { renderDefault } from '../seccomp.ts';
import { compileFilter } from './compile.ts';
import { answerOf, audit } from './testing.ts';

/** The libseccomp that Debian's crun uses; its library of C may be newer than this system's. */
const { dir } = await testTools();
const libraries = join(dir, 'usr/lib');
const [triplet = ''] = readdirSync(libraries).filter((name) => name.endsWith('-linux-gnu'));
const libseccomp = bindLibrary(join(libraries, triplet, 'libseccomp.so.2'), {
  seccomp_arch_native: { arguments: [], return: 'uint32' },
  seccomp_init: { arguments: ['uint32'], return: 'pointer' },
  seccomp_arch_add: { arguments: ['pointer', 'uint32'], return: 'int32' },
  seccomp_arch_remove: { arguments: ['pointer', 'uint32'], return: 'int32' },
  seccomp_syscall_resolve_name: { arguments: ['string'], return: 'int32' },
  seccomp_rule_add_array: {
    arguments: ['pointer', 'uint32', 'int32', 'uint32', 'pointer'],
    return: 'int32',
  },
  seccomp_export_bpf: { arguments: ['pointer', 'int32'], return: 'int32' },
  seccomp_release: { arguments: ['pointer'], return: 'void' },
});

/** include/seccomp.h: AUDIT_ARCH_… but for x32, and enum scmp_compare. */
const tokens: Readonly<Record<string, number>> = {
  SCMP_ARCH_X86_64: audit.x86_64,
  SCMP_ARCH_X86: audit.i386,
  SCMP_ARCH_X32: 0x4000_003e,
  SCMP_ARCH_AARCH64: audit.aarch64,
  SCMP_ARCH_ARM: audit.arm,
};
const comparisons: Readonly<Record<string, number>> = {
  SCMP_CMP_NE: 1,
  SCMP_CMP_EQ: 4,
  SCMP_CMP_MASKED_EQ: 7,
};

const actionOf = (action: string, errno = 1): number =>
  action === 'SCMP_ACT_ALLOW' ? 0x7fff_0000 : 0x0005_0000 | errno;

/** Compiles as crun does (src/libcrun/seccomp.c, libcrun_generate_seccomp). */
function byLibseccomp(filter: Seccomp, folder: string): Buffer {
  if (!libseccomp) throw new Error('libseccomp cannot be loaded');
  const other = actionOf(filter.defaultAction, filter.defaultErrnoRet);
  const context = libseccomp.seccomp_init(other);
  const own = filter.architectures.map((name) => tokens[name] ?? 0);
  for (const token of own) libseccomp.seccomp_arch_add(context, token);
  const native = libseccomp.seccomp_arch_native();
  if (!own.includes(native)) libseccomp.seccomp_arch_remove(context, native);
  for (const { names, action, errnoRet, args = [] } of filter.syscalls) {
    const conditions = Buffer.alloc(24 * args.length);
    for (const [at, { index, op, value, valueTwo = 0 }] of args.entries()) {
      conditions.writeUInt32LE(index, 24 * at);
      conditions.writeInt32LE(comparisons[op] ?? 0, 24 * at + 4);
      conditions.writeBigUInt64LE(BigInt(value), 24 * at + 8);
      conditions.writeBigUInt64LE(BigInt(valueTwo), 24 * at + 16);
    }
    const answer = actionOf(action, errnoRet);
    for (const name of answer === other ? [] : names) {
      const number = libseccomp.seccomp_syscall_resolve_name(name);
      if (number === -1) continue;
      const added = libseccomp.seccomp_rule_add_array(context, answer, number, args.length, conditions);
      expect(`${name} ${added}`).toBe(`${name} 0`);
    }
  }
  const path = join(folder, 'filter');
  const file = openSync(path, 'w');
  libseccomp.seccomp_export_bpf(context, file);
  closeSync(file);
  libseccomp.seccomp_release(context);
  return readFileSync(path);
}

/** Numbers of every table that a kernel has, and beside them. */
const numbers = [
  ...Array.from({ length: 600 }, (_, number) => [number, 0x4000_0000 + number]).flat(),
  ...Array.from({ length: 8 }, (_, number) => 0xf_0000 + number),
  ...[1000, 4096, 0x3fff_ffff, 0x4000_0fff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff],
];

/** Those of the conditions and others, in both halves of an argument. */
const lower = [0n, 1n, 8n, 40n, 0x2_0000n, 0x2_0008n, 0xffff_ffffn, 0x7e02_0000n, 0x1000_0000n];
const values = lower.flatMap((value) => [value, value + (1n << 32n), value << 32n]);

const capabilities = [[], ['CAP_SYS_ADMIN'], ['CAP_SYS_TIME', 'CAP_SYS_PTRACE'], ['CAP_BPF', 'CAP_SYSLOG']];

const cases = (['amd64', 'arm64'] as const).flatMap((arch) =>
  capabilities.map((all) => [arch, all] as const),
);
const canCompile = needs('a libc for which libseccomp of Debian 13 can be loaded', libseccomp !== undefined);

test.each(cases)('answers as libseccomp: %s, %j', { timeout: 300_000, ...canCompile }, (arch, all) => {
  const folder = mkdtempSync(join(tmpdir(), 'kit-filter-'));
  const filter = renderDefault(mobyProfile(), arch, new Set(all));
  const [own, theirs] = [compileFilter(filter), byLibseccomp(filter, folder)];
  rmSync(folder, { recursive: true });
  const differing: string[] = [];
  for (const [name, token] of Object.entries(audit)) {
    for (const number of numbers) {
      for (const argument of values) {
        const call = { arch: token, number, argument };
        const [answer, expected] = [answerOf(own, call), answerOf(theirs, call)];
        if (answer !== expected) differing.push(`${name} ${number} ${argument}: ${answer}, not ${expected}`);
      }
    }
  }
  expect(differing).toEqual([]);
});
