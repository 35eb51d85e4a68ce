import type { Logger } from '../../lib/service/service.ts';
import type { Settings } from './arguments.ts';
import type { Answer } from './association/exchange.ts';
import type { Clock } from './clock/clock.ts';
import { ClockKeeper } from './clock/clock-keeper.ts';
import { HardwareKeeper } from './clock/hardware-keeper.ts';
import { type Readings, readClocks, standstill } from './clock/standstill.ts';
import { startClock } from './clock/start-clock.ts';
import { Records } from './files/records.ts';
import { markReady, wasRight } from './files/status-file.ts';
import { OwnClocks } from './ptp/own-clocks.ts';
import { selectServers } from './selection/select.ts';
import { addressesOf, askerOf, type Sources } from './servers/ask-by-protocol.ts';
import type { Server } from './servers/server.ts';
import { ServerList } from './servers/server-list.ts';
import { statusOf } from './status.ts';

export interface Environment extends Omit<Sources, 'ntsCa'> {
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** 123 except in tests. */
  readonly port: number;
  /** Milliseconds since 1970: the machine's kernel was built then. */
  readonly kernelDate: number | undefined;
}

/** Milliseconds between looks at the clocks and at the lists of servers. */
const watchMs = 4000;
/** Requests without an answer until another address of the server's name is tried. */
const longSilent = 12;

/** Keeps the clock right: asks servers, selects among them, and tells the clock. */
export class NtpProgram {
  readonly #settings: Settings;
  readonly #world: Environment;
  readonly #list: ServerList;
  readonly #keeper: ClockKeeper;
  readonly #hardware: HardwareKeeper;
  readonly #records: Records;
  /** Nanoseconds since 1970. */
  readonly #floor: bigint;
  readonly #watch: NodeJS.Timeout;
  #timer: NodeJS.Timeout | undefined;
  /** Aborted at a step: answers to requests of before it are worthless. */
  #requests = new AbortController();
  #readings: Readings;
  /** Since the start, a step or a standstill all servers have been asked often enough. */
  #isMeasured = false;
  #closed = false;

  constructor(settings: Settings, world: Environment) {
    this.#settings = settings;
    this.#world = world;
    const { clock, log } = world;
    const { folder, stateFile } = settings;
    this.#records = new Records({ folder, stateFile, clock, log });
    this.#floor = startClock(world, stateFile);
    const isRight = wasRight(folder);
    if (!isRight) markReady(folder, false);
    this.#keeper = new ClockKeeper(clock, { ...settings.limits, ...settings.pace, log }, isRight);
    this.#hardware = new HardwareKeeper(clock, log);
    const { sources, pace } = settings;
    const { port, random } = world;
    const tell = (line: string): void => log.info(line);
    const own = new OwnClocks(settings.ptp, world.ptp, tell);
    this.#list = new ServerList(
      {
        ...{ sources, pace, port, random, clocks: () => own.names, log: tell },
        resolve: (server) => addressesOf(server, world),
        asker: (server, at) => askerOf(server, at, { ...world, ntsCa: settings.ntsCa }),
      },
      clock.steady(),
    );
    this.#readings = readClocks(clock);
    this.#watch = setInterval(() => this.#look(), watchMs);
    this.#look();
  }

  /** Saves the state; the kernel keeps the frequency, and ends a slew by itself. */
  close(): void {
    this.#closed = true;
    clearInterval(this.#watch);
    clearTimeout(this.#timer);
    this.#requests.abort();
    if (this.#keeper.wasRight) this.#records.save();
  }

  #look(): void {
    const { clock, log } = this.#world;
    const readings = readClocks(clock);
    const seconds = standstill(this.#readings, readings);
    this.#readings = readings;
    if (seconds !== undefined) {
      log.warn(`the machine stood still for ${Math.round(seconds)} s: asks all servers again`);
      this.#keeper.allowStep();
      this.#hardware.restart();
      this.#restart();
    }
    if (this.#keeper.tick()) this.#restart();
    if (this.#hardware.look(this.#keeper.isRight)) this.#publish(clock.steady());
    if (this.#keeper.wasRight) this.#records.saveIfDue();
    this.#list.refresh(clock.steady()).then((changed) => {
      if (!changed) return;
      this.#isMeasured = false;
      this.#schedule();
    });
  }

  /** Asks all servers anew: what they said is of before a step, or of before a standstill. */
  #restart(): void {
    this.#requests.abort();
    this.#requests = new AbortController();
    this.#isMeasured = false;
    const now = this.#world.clock.steady();
    for (const server of this.#list.servers) server.restart(now);
    this.#readings = readClocks(this.#world.clock);
    this.#schedule();
  }

  /** Asks the servers whose turn it is, and sets the timer for the next. */
  #schedule(): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    const now = this.#world.clock.steady();
    for (const server of this.#list.servers)
      if (server.association.nextAt <= now && !server.isAsking) this.#ask(server, now);
    const next = Math.min(...this.#list.servers.map(({ association }) => association.nextAt));
    if (!Number.isFinite(next)) return;
    // Requests that are under way set it again when they end.
    this.#timer = setTimeout(() => this.#schedule(), Math.max(20, (next - now) * 1000));
  }

  async #ask(server: Server, now: number): Promise<void> {
    const { clock } = this.#world;
    const { signal } = this.#requests;
    const { patience } = this.#settings.pace;
    server.isAsking = true;
    server.asked(now, this.#keeper.poll);
    const answer = await server.ask(clock, { floor: this.#floor, patience, signal });
    server.isAsking = false;
    if (this.#closed || !this.#list.servers.includes(server)) return;
    if (!signal.aborted) this.#hear(server, answer);
    this.#schedule();
  }

  #hear(server: Server, answer: Answer): void {
    const now = this.#world.clock.steady();
    const { association } = server;
    if (answer.kind === 'measurement') {
      server.isNews('');
      association.answered(answer, now);
    } else if (answer.kind === 'kiss') {
      const text = server.kissed(answer, now);
      if (server.isNews(text)) this.#world.log.warn(`${server.name}: ${text}`);
    } else {
      if (answer.kind === 'unsent') association.unsent(now);
      if (answer.why !== undefined && server.isNews(answer.why))
        this.#world.log.info(`${server.name}: ${answer.why}`);
    }
    if (association.unanswered >= longSilent || association.denied !== undefined)
      this.#list.replace(server, now);
    this.#update(now);
  }

  #update(now: number): void {
    const { servers } = this.#list;
    // One server must not set the clock before the others had the time to contradict.
    const isHeard = servers.every((server) => server.isHeard) && this.#list.isComplete(now);
    if (!this.#isMeasured && !isHeard) return;
    this.#isMeasured = true;
    const candidates = servers.flatMap((server) => server.candidate(now) ?? []);
    const selection = selectServers(candidates, this.#keeper.leader);
    // Those that answer are not sure yet, after a jump of the clock or of theirs.
    if (selection.kind === 'none' && servers.some(({ association }) => association.reach !== 0)) return;
    if (this.#keeper.take(selection, servers.length)) this.#restart();
    this.#publish(now);
  }

  #publish(now: number): void {
    const status = statusOf(this.#keeper, this.#hardware, this.#list, this.#world.clock, now);
    this.#records.publish(status, this.#keeper.isRight);
  }
}
