import { PassThrough } from 'node:stream';
import type { Context } from './context.ts';

/** A context for tests, with streams that nobody reads. */
export function testContext(change: Pick<Context, 'cwd' | 'env'> & Partial<Context>): Context {
  const signal = new AbortController().signal;
  return {
    ...{ stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough(), signal },
    ...change,
  };
}
