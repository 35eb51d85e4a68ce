import { expect, test } from 'vitest';
import { parseKernelConfig } from './kernel-config.ts';
import { kernelReportText, lintKernel } from './lint-kernel.ts';
import { recommendations } from './recommended.ts';

/** The configuration that follows every recommendation for amd64, with these lines in place of others. */
function configWith(lines: Readonly<Record<string, string>> = {}): string {
  const followed = recommendations
    .filter(({ arch = 'amd64', option }) => arch === 'amd64' && !(option in lines))
    .map(({ option, want }) => (want === 'n' ? `# CONFIG_${option} is not set` : `CONFIG_${option}=${want}`));
  const own = Object.entries(lines).map(([option, value]) => `CONFIG_${option}=${value}`);
  return ['# Linux/x86 6.12', 'CONFIG_X86_64=y', 'CONFIG_MODULES=y', ...followed, ...own].join('\n');
}

const report = (text: string): ReturnType<typeof lintKernel> => {
  const config = parseKernelConfig(text);
  if (config === undefined) throw new Error('no options');
  return lintKernel(config);
};

test('a kernel that follows every recommendation has no findings', () => {
  const amd64 = recommendations.filter(
    ({ arch = 'amd64', within }) => arch === 'amd64' && within !== 'DEVMEM',
  );
  expect(report(configWith())).toEqual({ followed: amd64.length, missing: [], waived: [] });
});

test('what is missing is named, and what is waived has its reason', () => {
  const text = kernelReportText(
    report(configWith({ STRICT_KERNEL_RWX: 'n', MODULE_SIG_FORCE: 'n', PROC_KMEM: 'm' })),
  );
  expect(text.split('\n').slice(0, -2)).toEqual([
    'missing: CONFIG_STRICT_KERNEL_RWX should be y: against code of the kernel that can be written',
    'missing: CONFIG_PROC_KMEM is m, should not be set: against memory of the kernel as a file',
    'waived: CONFIG_MODULE_SIG_FORCE should be y: module.sig_enforce=1 on the command line of images for production',
  ]);
});

test('a kernel without modules need not verify any, nor one without /dev/mem restrict it', () => {
  const missing = (text: string): string[] => report(text).missing.map(({ option }) => option);
  expect(missing('CONFIG_X86_64=y\n')).not.toContain('MODULE_SIG');
  expect(missing('CONFIG_X86_64=y\nCONFIG_MODULES=y\n')).toContain('MODULE_SIG');
  expect(missing('CONFIG_X86_64=y\n')).not.toContain('STRICT_DEVMEM');
  expect(missing('CONFIG_X86_64=y\nCONFIG_DEVMEM=y\n')).toContain('STRICT_DEVMEM');
});

test('recommendations of another architecture do not count, and each is there once', () => {
  const names = recommendations.map(({ option }) => option);
  expect(new Set(names).size).toBe(names.length);
  const found = report('CONFIG_ARM64=y\n').missing.map(({ option }) => option);
  expect(found).toContain('UNMAP_KERNEL_AT_EL0');
  expect(found).not.toContain('X86_KERNEL_IBT');
});

test('a text without options is no configuration', () => {
  expect(parseKernelConfig('# CONFIG_X is not set\nhello')).toBeUndefined();
});
