/**
 * Logs in the guest: one file a source, `/run/log/<source>.jsonl`, one JSON object a line:
 *
 *   {"t":1767225600123,"stream":"stdout","msg":"listening on 8080"}
 *
 * t: milliseconds since the epoch by the guest's clock. stream: stdout, stderr, or kit for what init and the supervisor
 * say about the source. A full file becomes `<source>.jsonl.1`, in place of the one before.
 */
import { join } from 'node:path';

export type LogStream = 'stdout' | 'stderr' | 'kit';

export interface LogLine {
  readonly t: number;
  readonly stream: LogStream;
  readonly msg: string;
}

/** Bytes. A source takes twice `file` at most; the rest of a longer line is dropped. */
export const logLimits = { file: 512 * 1024, line: 16 * 1024 } as const;

/** The file that new lines of a source go to. */
export function logFile(folder: string, source: string): string {
  return join(folder, `${source}.jsonl`);
}

/** One line of the file, with its newline. Written out, as a service that floods its output makes millions of them. */
export function formatLine({ t, stream, msg }: LogLine): string {
  return `{"t":${t},"stream":"${stream}","msg":${JSON.stringify(msg)}}\n`;
}

/** The line, or undefined for one that was torn by a crash or is not ours. */
export function parseLine(text: string): LogLine | undefined {
  try {
    const { t, stream, msg } = JSON.parse(text);
    if (typeof t !== 'number' || typeof msg !== 'string') return undefined;
    return { t, stream: stream === 'stderr' || stream === 'kit' ? stream : 'stdout', msg };
  } catch {
    return undefined;
  }
}
