import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node';
import './needs.ts';

/**
 * Prints why a test failed as soon as it has, for runs of an hour that are cut off; and at the end which
 * tests were skipped, one line per reason (`needs` of needs.ts).
 */
export default class ShelfReporter implements Reporter {
  onTestCaseResult(test: TestCase): void {
    const { state, errors = [] } = test.result();
    if (state === 'failed') printFailure(test.module, test.fullName, errors);
  }

  /** A hook of it has failed. */
  onTestSuiteResult(suite: TestSuite): void {
    if (suite.errors().length > 0) printFailure(suite.module, suite.fullName, suite.errors());
  }

  /** It cannot be loaded, or a hook outside of suites has failed. */
  onTestModuleEnd(module: TestModule): void {
    if (module.errors().length > 0) printFailure(module, 'the file', module.errors());
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const line of skippedLines(modules.flatMap((module) => [...module.children.allTests('skipped')])))
      process.stdout.write(`${line}\n`);
  }
}

function printFailure(
  { relativeModuleId }: Pick<TestModule, 'relativeModuleId'>,
  name: string,
  errors: readonly { readonly message: string }[],
): void {
  const text = errors.map(({ message }) => message).join('\n');
  process.stdout.write(`Failed: ${relativeModuleId} > ${name}\n${text}\n`);
}

type Skip = Pick<TestCase, 'meta'> & { readonly module: Pick<TestModule, 'relativeModuleId'> };

/** `Skipped 13: needs root, for network namespaces (lib/linux/host.test.ts, test/network/dhcp.test.ts)` */
export function skippedLines(tests: readonly Skip[]): string[] {
  // Tests deselected by -t or .only have no reason.
  const withReason = tests.filter((test) => test.meta().skipped !== undefined);
  return [...Map.groupBy(withReason, (test) => test.meta().skipped)].map(([reason, group]) => {
    const files = [...new Set(group.map(({ module }) => module.relativeModuleId))].sort();
    return `Skipped ${group.length}: ${reason} (${files.join(', ')})`;
  });
}
