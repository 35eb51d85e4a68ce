import { setTimeout as pause } from 'node:timers/promises';

/** Longer than an election, so that the next machine is asked when this one does not answer. */
const answerMs = 4000;
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/**
 * A client of etcd's JSON API that writes one key after the other, `k/0`, `k/1` and so on, through whichever
 * machine answers, until it is stopped. A key counts as written once a machine has said so.
 */
export class Writer {
  written = 0;
  readonly #urls: readonly string[];
  readonly #stop = new AbortController();
  readonly #done: Promise<void>;

  constructor(urls: readonly string[]) {
    this.#urls = urls;
    this.#done = this.#run();
  }

  /** How many keys were written. */
  async stop(): Promise<number> {
    this.#stop.abort();
    await this.#done;
    return this.written;
  }

  async #run(): Promise<void> {
    for (let at = 0; !this.#stop.signal.aborted; ) {
      const url = this.#urls[at % this.#urls.length] ?? '';
      const key = `k/${this.written}`;
      const answer = await call(url, 'put', { key: base64(key), value: base64(key) }).catch(() => undefined);
      if (answer) this.written += 1;
      else at += 1;
      await pause(20);
    }
  }
}

/** Numbers of the keys that are there, each of which has its own name as its value. */
export async function writtenKeys(url: string): Promise<Set<number>> {
  const range = { key: base64('k/'), range_end: base64('k0') };
  const { kvs = [] } = (await call(url, 'range', range)) as {
    readonly kvs?: readonly { readonly key: string; readonly value: string }[];
  };
  const whole = kvs.filter(({ key, value }) => key === value);
  return new Set(whole.map(({ key }) => Number(Buffer.from(key, 'base64').toString().slice(2))));
}

async function call(url: string, method: 'put' | 'range', body: object): Promise<object> {
  const signal = AbortSignal.timeout(answerMs);
  const answer = await fetch(`${url}/v3/kv/${method}`, {
    method: 'POST',
    body: JSON.stringify(body),
    signal,
  });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return (await answer.json()) as object;
}
