import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { credentials, Metadata } from '@grpc/grpc-js';
import { ControlClient, type IncidentsReply, type StatusReply } from '../../lib/control/generated/control.ts';
import { readServiceFile } from '../../lib/files/service-file.ts';
import { exposition, type Format } from './exposition.ts';
import { dhcpFamilies, parseDhcpLease } from './families/dhcp.ts';
import { filesystemFamilies } from './families/filesystems.ts';
import { type HostFiles, hostFamilies } from './families/host.ts';
import { type KernelFiles, kernelFamilies } from './families/kernel.ts';
import { machineFamilies } from './families/machine.ts';
import { ntpFamilies, parseNtpStatus } from './families/ntp.ts';
import { serviceFamilies } from './families/services.ts';
import { maxStateBytes } from './families/state-text.ts';
import { type Family, single } from './family.ts';
import { parseStatNumber } from './proc/cpu.ts';

export interface CollectorPaths {
  /** The supervisor's socket for readers. */
  readonly socket: string;
  readonly proc: string;
  /** Folders of the state of pkg/dhcp and pkg/ntp. */
  readonly dhcp: string;
  readonly ntp: string;
}

/** Milliseconds for an answer of the supervisor; a scrape has ten seconds by default. */
const answerMs = 5000;

/** Milliseconds for which an answer serves further scrapes: any number of them costs one reading. */
const freshMs = 1000;

/** Interfaces with a lease. */
const maxLeases = 64;

/** Reads everything for a scrape, at most once at a time and once in `freshMs`. */
export class Collector {
  readonly #paths: CollectorPaths;
  readonly #client: ControlClient;
  #last: { readonly atMs: number; readonly families: Promise<readonly Family[]> } | undefined;

  constructor(paths: CollectorPaths) {
    this.#paths = paths;
    this.#client = new ControlClient(`unix:${paths.socket}`, credentials.createInsecure(), {
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': 1000,
    });
  }

  async text(format: Format): Promise<string> {
    const nowMs = performance.now();
    if (!this.#last || nowMs - this.#last.atMs > freshMs)
      this.#last = { atMs: nowMs, families: this.#read() };
    return exposition(await this.#last.families, format);
  }

  close(): void {
    this.#client.close();
  }

  /** A part that cannot be read is missing; what the supervisor knows is marked by `kit_supervisor_up`. */
  async #read(): Promise<readonly Family[]> {
    const [files, kernel, [domain], status, incidents] = await Promise.all([
      this.#hostFiles(),
      this.#kernelFiles(),
      this.#texts('sys/kernel/domainname'),
      this.#status(),
      this.#incidents(),
    ]);
    const bootS = parseStatNumber(files.stat, 'btime');
    return [
      ...machineFamilies(Date.now(), domain),
      ...hostFamilies(files),
      ...kernelFamilies(kernel),
      ...single('kit_supervisor_up', 'gauge', '1: the supervisor has answered', Number(status !== undefined)),
      ...(status ? serviceFamilies(status, incidents?.incidents ?? [], Date.now()) : []),
      ...filesystemFamilies(status?.filesystems ?? []),
      ...dhcpFamilies(this.#leases(), (bootS ?? 0) * 1000),
      ...ntpFamilies(
        parseNtpStatus(readServiceFile(join(this.#paths.ntp, 'status.json'), maxStateBytes) ?? ''),
      ),
    ];
  }

  async #hostFiles(): Promise<HostFiles> {
    const [stat, meminfo, loadavg, diskstats, netDev] = await this.#texts(
      'stat',
      'meminfo',
      'loadavg',
      'diskstats',
      'net/dev',
    );
    return { stat, meminfo, loadavg, diskstats, netDev };
  }

  async #kernelFiles(): Promise<KernelFiles> {
    const [vmstat, cpu, memory, io, sockstat, sockstat6, fileNumbers, ...netCounters] = await this.#texts(
      'vmstat',
      'pressure/cpu',
      'pressure/memory',
      'pressure/io',
      'net/sockstat',
      'net/sockstat6',
      'sys/fs/file-nr',
      'net/snmp',
      'net/snmp6',
      'net/netstat',
    );
    return {
      vmstat,
      pressure: { cpu, memory, io },
      sockstat: sockstat + sockstat6,
      fileNumbers,
      netCounters: netCounters.join(''),
    };
  }

  /** Of files below /proc; empty for one that cannot be read. */
  #texts<const T extends readonly string[]>(...names: T): Promise<{ [K in keyof T]: string }> {
    const text = (name: string) => readFile(join(this.#paths.proc, name), 'utf8').catch(() => '');
    return Promise.all(names.map(text)) as Promise<{ [K in keyof T]: string }>;
  }

  #status(): Promise<StatusReply | undefined> {
    return new Promise((resolve) => {
      const options = { deadline: Date.now() + answerMs };
      this.#client.status({ filesystems: true }, new Metadata(), options, (error, reply) =>
        resolve(error ? undefined : reply),
      );
    });
  }

  #incidents(): Promise<IncidentsReply | undefined> {
    return new Promise((resolve) => {
      const options = { deadline: Date.now() + answerMs };
      this.#client.incidents({ service: '' }, new Metadata(), options, (error, reply) =>
        resolve(error ? undefined : reply),
      );
    });
  }

  #leases() {
    const { dhcp } = this.#paths;
    return namesIn(dhcp)
      .filter((name) => name.endsWith('.json'))
      .slice(0, maxLeases)
      .flatMap((name) => parseDhcpLease(readServiceFile(join(dhcp, name), maxStateBytes) ?? '') ?? []);
  }
}

/** Sorted; none if there is no such folder. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
