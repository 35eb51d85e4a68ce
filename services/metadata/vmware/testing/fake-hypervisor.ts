import type { PortRegisters } from '../../../../lib/linux/system/port-read.ts';
import type { Backdoor } from '../backdoor.ts';

export interface FakeSettings {
  /** By their names after `guestinfo.`. */
  readonly values?: Readonly<Record<string, string | Buffer>>;
  /** One of before 2006. */
  readonly isOld?: boolean;
  /** The reply to every request, instead of that to `info-get`. */
  readonly reply?: Buffer;
  /** A checkpoint ends what is under way at each of these calls, counted from 1. */
  readonly checkpoints?: readonly number[] | 'always';
  /** A call of this type has this status; default: of success. */
  readonly refused?: { readonly type: number; readonly status: number };
  /** The length that it says its reply has. */
  readonly length?: number;
  /** The hypervisor's part in what follows. */
  readonly turn?: number;
}

interface Open {
  /** Of the request, as far as it has arrived. */
  wanted: number;
  request: number[];
  reply: Buffer | undefined;
  at: number;
}

export interface FakeHypervisor {
  readonly backdoor: Backdoor;
  readonly requests: string[];
  /** Channels that nobody has closed. */
  readonly channels: ReadonlyMap<number, unknown>;
}

const cookie = { high: 0xfeed_face, low: 0x8000_0001 };

/** The hypervisor's side of guest_msg_def.h, call by call; a call that breaks its rules throws. */
export function fakeHypervisor(settings: FakeSettings = {}): FakeHypervisor {
  const channels = new Map<number, Open>();
  const requests: string[] = [];
  let calls = 0;

  const replyTo = (request: string): Buffer => {
    requests.push(request);
    const name = /^info-get guestinfo\.(\S+)$/.exec(request)?.[1];
    const value = settings.values?.[name ?? ''];
    if (settings.reply) return settings.reply;
    return value === undefined
      ? Buffer.from('0 No value found')
      : Buffer.concat([Buffer.from('1 '), Buffer.from(value)]);
  };

  const backdoor = ([a, b, c, d, si, di]: PortRegisters): PortRegisters => {
    calls += 1;
    const [type, id] = [c >>> 16, d >>> 16];
    if (a !== 0x564d5868 || (d & 0xffff) !== 0x5658 || (c & 0xffff) !== 30) throw new Error('not a message');
    const answer = (status: number, value = 0, part = id): PortRegisters => [
      ...([a, value, ((status << 16) | 30) >>> 0, ((part << 16) | 0x5658) >>> 0] as const),
      ...([si, di] as const),
    ];
    if (settings.refused?.type === type) return answer(settings.refused.status);
    if (type === 0) {
      const hasCookie = b === 0x49435052 + 0x8000_0000;
      if (!hasCookie && b !== 0x49435052) throw new Error('not RPCI');
      if (hasCookie && settings.isOld) return answer(0);
      const free = [0, 1, 2, 3, 4, 5, 6, 7].find((each) => !channels.has(each));
      if (free === undefined) return answer(0);
      channels.set(free, { wanted: 0, request: [], reply: undefined, at: 0 });
      const [, value, status, part] = answer(1, 0, free);
      return [a, value, status, part, hasCookie ? cookie.high : 0, hasCookie ? cookie.low : 0];
    }
    const channel = channels.get(id);
    const shown = settings.isOld || (si === cookie.high && di === cookie.low);
    if (channel === undefined || !shown) throw new Error('no such channel');
    if (type === 6) channels.delete(id);
    else if (settings.checkpoints === 'always' || settings.checkpoints?.includes(calls)) return answer(0x10);
    return answers[type]?.(channel, b, answer) ?? answer(1);
  };

  type Answer = (status: number, value?: number, part?: number) => PortRegisters;
  const answers: Record<number, (channel: Open, value: number, answer: Answer) => PortRegisters | undefined> =
    {
      1: (channel, length) => {
        Object.assign(channel, { wanted: length, request: [] });
        return undefined;
      },
      2: (channel, word) => {
        const left = channel.wanted - channel.request.length;
        if (left <= 0) throw new Error('more than its length');
        const bytes = [word & 0xff, (word >>> 8) & 0xff, (word >>> 16) & 0xff, word >>> 24];
        channel.request.push(...bytes.slice(0, left));
        if (channel.request.length === channel.wanted)
          channel.reply = replyTo(Buffer.from(channel.request).toString('latin1'));
        return undefined;
      },
      3: (channel, _value, answer) => {
        channel.at = 0;
        if (channel.reply === undefined) return answer(1);
        return answer(1 | 2 | 0x80, settings.length ?? channel.reply.length, settings.turn ?? 1);
      },
      4: (channel, status, answer) => {
        if (status !== 1) return undefined;
        const word = Buffer.alloc(4);
        channel.reply?.copy(word, 0, channel.at);
        channel.at += 4;
        return answer(1, word.readUInt32LE(), 2);
      },
    };
  return { backdoor, requests, channels };
}
