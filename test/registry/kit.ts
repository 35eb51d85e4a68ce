import { PassThrough, type Readable, Writable } from 'node:stream';
import { runCommand } from '../../build/commands/run-command.ts';

/** Runs `kit` in this process; resolves to its standard output. @throws KitError of kit, or an Error */
export async function runKit(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  stdin: Readable = new PassThrough(),
): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const sink = (keep: Buffer[]): Writable =>
    new Writable({
      write(piece, _encoding, done) {
        keep.push(Buffer.from(piece));
        done();
      },
    });
  const { signal } = new AbortController();
  const status = await runCommand(args, { stdin, stdout: sink(pieces), stderr: sink([]), cwd, env, signal });
  if (status !== 0) throw new Error(`kit ended with ${status}`);
  return Buffer.concat(pieces);
}
