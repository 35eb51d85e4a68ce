import { createInterface } from 'node:readline';

/** Answers each line of JSON on standard input with one on standard output, in order. */
export async function serveLines<Q>(answer: (question: Q) => Promise<unknown>): Promise<void> {
  for await (const line of createInterface({ input: process.stdin }))
    process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
}
