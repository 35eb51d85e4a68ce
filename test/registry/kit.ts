import { PassThrough, type Readable, Writable } from 'node:stream';
import { runCommand } from '../../build/commands/run-command.ts';

/** Runs `kit` in this process; resolves to its standard output. @throws KitError of kit, or an Error */
export async function runKit(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  stdin: Readable = new PassThrough(),
): Promise<Buffer> {
  return (await kitOutput(args, cwd, env, stdin)).stdout;
}

/** The same, with what kit says beside it. */
export async function kitOutput(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  stdin: Readable = new PassThrough(),
): Promise<{ readonly stdout: Buffer; readonly said: string }> {
  const [pieces, said]: [Buffer[], Buffer[]] = [[], []];
  const sink = (keep: Buffer[]): Writable =>
    new Writable({
      write(piece, _encoding, done) {
        keep.push(Buffer.from(piece));
        done();
      },
    });
  const { signal } = new AbortController();
  const output = { stdout: sink(pieces), stderr: sink(said) };
  const status = await runCommand(args, { stdin, ...output, cwd, env, signal });
  if (status !== 0) throw new Error(`kit ended with ${status}`);
  return { stdout: Buffer.concat(pieces), said: Buffer.concat(said).toString() };
}
