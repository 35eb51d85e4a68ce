import { Readable } from 'node:stream';
import { textLines } from '../../lib/log/block.ts';
import { LineSplitter, type Lines } from '../../lib/log/splitter.ts';
import type { Program, ProgramEnd } from '../system/program.ts';
import type { OutputLog } from '../system/system.ts';

/** The behaviour of a program once it is started. */
export interface FakeProgram {
  readonly stdout?: string;
  readonly stderr?: string;
  /** Absent: it exits with status 0. */
  readonly end?: ProgramEnd | Promise<ProgramEnd>;
}

export const exited = (status: number): ProgramEnd => ({ status, signal: null });

export function fakeProgram(
  { stdout = '', stderr = '', end = exited(0) }: FakeProgram,
  kill: (signal: NodeJS.Signals) => void,
): Program {
  return {
    stdout: Readable.from([Buffer.from(stdout)]),
    stderr: Readable.from([Buffer.from(stderr)]),
    ended: Promise.resolve(end),
    kill,
    send: () => {},
    onMessage: () => {},
  };
}

/** A log that appends `stdout: <line>` to `lines`. */
export function fakeLog(lines: string[]): OutputLog {
  return {
    sink(stream, onLines = () => {}) {
      const splitter = new LineSplitter();
      const take = (taken: Lines): void => {
        for (const line of textLines(Buffer.concat(taken.pieces))) lines.push(`${stream}: ${line}`);
        onLines(taken);
      };
      return { push: (chunk) => take(splitter.push(chunk)), end: () => take(splitter.end()) };
    },
    close: () => {},
  };
}
