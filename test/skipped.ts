import type { Reporter, TestCase, TestModule } from 'vitest/node';
import '../lib/testing.ts';

/** Says at the end of a run, one line a reason, what was skipped for want of what (`needs` of lib/testing.ts). */
export default class Skipped implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const line of skippedLines(modules.flatMap((module) => [...module.children.allTests('skipped')])))
      process.stdout.write(`${line}\n`);
  }
}

type Skip = Pick<TestCase, 'meta'> & { readonly module: Pick<TestModule, 'relativeModuleId'> };

/** `Skipped 13: needs root, for network namespaces (lib/linux/host.test.ts, test/network/dhcp.test.ts)` */
export function skippedLines(tests: readonly Skip[]): string[] {
  // Those that -t or .only left out are nobody's lack.
  const lacking = tests.filter((test) => test.meta().skipped !== undefined);
  return [...Map.groupBy(lacking, (test) => test.meta().skipped)].map(([why, of]) => {
    const files = [...new Set(of.map(({ module }) => module.relativeModuleId))].sort();
    return `Skipped ${of.length}: ${why} (${files.join(', ')})`;
  });
}
