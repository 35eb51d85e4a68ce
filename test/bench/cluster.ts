import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { kitRoot } from '../../build/host/paths.ts';
import { freePort } from '../support/free-port.ts';
import { type Result, run } from '../support/run-kit.ts';

const count = 20;
/** Between two requests; a machine is asked again after `count` of them. */
const pauseMs = 5;
const answerMs = 2000;

const manifest = (text: string): string => `init: [pkg/init, pkg/crun, pkg/containerd, pkg/supervisor]
services:
  - name: dhcp
    image: pkg/dhcp
  - name: web
    image: pkg/busybox
    net: host
    command: [httpd, -f, -p, "8080", -h, /srv]
    binds: ["/srv:/srv:ro"]
    ready: {tcp: 8080}
files:
  - {path: srv/index.html, contents: ${JSON.stringify(text)}}
`;

const cluster = (port: number): string => `name: bench
networks: {lan: {subnet: 10.91.0.0/24}}
machines:
  web:
    manifest: web.yml
    backend: container
    count: ${count}
    networks: [lan]
    publish: ["127.0.0.\${index}:${port}:8080"]
`;

/**
 * Twenty containers of one cluster.yml come up, and are replaced one by one while a client asks all of them
 * for a page, as fast as they answer.
 */
export async function clusterRows(dir: string, record: (name: string, value: string) => void): Promise<void> {
  const folder = join(dir, 'cluster');
  await mkdir(folder);
  const port = await freePort();
  await writeFile(join(folder, 'cluster.yml'), cluster(port));
  const kit = (...args: readonly string[]): Promise<Result> =>
    run('env', [`KIT_STATE=${join(folder, 'state')}`, join(kitRoot, 'kit'), '-q', ...args], { cwd: folder });
  try {
    await writeFile(join(folder, 'web.yml'), manifest('one'));
    // The first time fills the cache.
    await timed(kit, 'up');
    await timed(kit, 'down');
    record(`${count} containers: kit up`, `${(await timed(kit, 'up')).toFixed(1)} s`);
    record(`${count} containers: kit up, nothing to do`, `${(await timed(kit, 'up')).toFixed(1)} s`);
    await writeFile(join(folder, 'web.yml'), manifest('two'));
    const load = new Load(port);
    const seconds = await timed(kit, 'up', '--roll');
    const { answered, failed, longestMs } = await load.stop();
    record(
      `${count} containers: kit up --roll under load`,
      `${seconds.toFixed(1)} s, ${(seconds / count).toFixed(1)} s each`,
    );
    const share = ((100 * failed) / (answered + failed)).toFixed(1);
    record(
      '… requests meanwhile',
      `${answered} answered, ${failed} not (${share} %), ${longestMs.toFixed(0)} ms without an answer at most`,
    );
    record(`${count} containers: kit down`, `${(await timed(kit, 'down')).toFixed(1)} s`);
  } finally {
    await kit('down', '--disks', 'bench');
  }
}

async function timed(
  kit: (...args: readonly string[]) => Promise<Result>,
  ...args: string[]
): Promise<number> {
  const started = performance.now();
  const { status, stderr } = await kit(...args);
  if (status !== 0) throw new Error(`kit ${args.join(' ')}: ${stderr}`);
  return (performance.now() - started) / 1000;
}

/** Requests to one machine after the other. */
class Load {
  #answered = 0;
  #failed = 0;
  #longestMs = 0;
  #lastMs = performance.now();
  readonly #stop = new AbortController();
  readonly #done: Promise<void>;

  constructor(port: number) {
    this.#done = this.#run(port);
  }

  async stop(): Promise<{ readonly answered: number; readonly failed: number; readonly longestMs: number }> {
    this.#stop.abort();
    await this.#done;
    return { answered: this.#answered, failed: this.#failed, longestMs: this.#longestMs };
  }

  async #run(port: number): Promise<void> {
    for (let at = 0; !this.#stop.signal.aborted; at += 1) {
      const isAnswered = await ask(`http://127.0.0.${(at % count) + 1}:${port}/`);
      if (isAnswered) {
        this.#answered += 1;
        this.#longestMs = Math.max(this.#longestMs, performance.now() - this.#lastMs);
        this.#lastMs = performance.now();
      } else this.#failed += 1;
      await pause(pauseMs);
    }
  }
}

async function ask(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(answerMs) });
    return /^(?:one|two)$/.test(await answer.text());
  } catch {
    return false;
  }
}
