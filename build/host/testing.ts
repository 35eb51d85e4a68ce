import { PassThrough } from 'node:stream';
import type { Context } from './context.ts';

/** A context for tests. Its streams are buffers in memory that are connected to nothing. */
export function testContext(change: Pick<Context, 'cwd' | 'env'> & Partial<Context>): Context {
  const signal = new AbortController().signal;
  return {
    ...{ stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough(), signal },
    ...change,
  };
}
