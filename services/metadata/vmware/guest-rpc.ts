import { type Backdoor, guestinfoError, magic, port } from './backdoor.ts';

/** BDOOR_CMD_MESSAGE */
const command = 30;
/** "RPCI": requests of the guest. */
const protocol = 0x4943_5052;

/** guest_msg_def.h: what is asked for, in the high half of ecx. */
const types = {
  open: 0,
  sendSize: 1,
  send: 2,
  receiveSize: 3,
  receive: 4,
  receiveStatus: 5,
  close: 6,
} as const;
/** What has become of it, in the same place. */
const statuses = { success: 1, messageWaits: 2, closed: 4, checkpoint: 0x10 } as const;
/** Of an opened channel: it has two secret numbers, which every call has to show. */
const withCookie = 0x8000_0000;

/** A message that is interrupted this often by checkpoints (snapshots, moves) is given up. */
const maximalCheckpoints = 16;

interface Channel {
  readonly id: number;
  readonly cookieHigh: number;
  readonly cookieLow: number;
}

interface Reply {
  /** The bits of `statuses`. */
  readonly status: number;
  /** One of `types`: what the hypervisor does for its part. */
  readonly type: number;
  readonly value: number;
}

/** A checkpoint has ended a message that was under way; it may be tried again. */
class CheckpointError extends Error {}

/**
 * One request to the hypervisor and its reply, on a channel of its own (message.c and rpcout.c of
 * open-vm-tools). Four bytes a call: the port for longer ones (0x5659) would give the hypervisor an address
 * of this process's memory, which it cannot read where a machine's memory is encrypted.
 * @param request ASCII, with a space after its first word
 * @param maximalBytes of the reply
 * @throws KitError with one sentence, whatever the hypervisor answers
 */
export function askHypervisor(backdoor: Backdoor, request: string, maximalBytes: number): Buffer {
  const channel = open(backdoor);
  try {
    send(backdoor, channel, Buffer.from(request, 'latin1'));
    return receive(backdoor, channel, maximalBytes);
  } finally {
    // It closes those that nobody uses, so that nothing is lost if this fails.
    call(backdoor, channel, types.close, 0);
  }
}

function open(backdoor: Backdoor): Channel {
  // Old ones know no cookies.
  for (const flags of [withCookie, 0]) {
    const asked = [magic, protocol + flags, (types.open << 16) | command, port, 0, 0] as const;
    const [, , c, d, si, di] = backdoor(asked);
    if (((c >>> 16) & statuses.success) !== 0) return { id: d >>> 16, cookieHigh: si, cookieLow: di };
  }
  throw guestinfoError('the hypervisor opens no channel');
}

function send(backdoor: Backdoor, channel: Channel, request: Buffer): void {
  untilCheckpoint(() => {
    succeeded(call(backdoor, channel, types.sendSize, request.length));
    for (let at = 0; at < request.length; at += 4) {
      const word = request.readUIntLE(at, Math.min(4, request.length - at));
      succeeded(call(backdoor, channel, types.send, word));
    }
  });
}

function receive(backdoor: Backdoor, channel: Channel, maximalBytes: number): Buffer {
  return untilCheckpoint(() => {
    const { status, type, value: length } = succeeded(call(backdoor, channel, types.receiveSize, 0));
    if ((status & statuses.messageWaits) === 0) throw guestinfoError('the hypervisor gives no answer');
    if (type !== types.sendSize) throw outOfTurn();
    if (length > maximalBytes) {
      // The status of what was received, which is none: the hypervisor drops its message.
      call(backdoor, channel, types.receive, 0);
      throw guestinfoError(`an answer has ${length} bytes, and at most ${maximalBytes} are read`);
    }
    const words = Buffer.alloc(length + 3);
    for (let at = 0; at < length; at += 4) {
      const { type, value } = succeeded(call(backdoor, channel, types.receive, statuses.success));
      if (type !== types.send) throw outOfTurn();
      words.writeUInt32LE(value, at);
    }
    succeeded(call(backdoor, channel, types.receiveStatus, statuses.success));
    return words.subarray(0, length);
  });
}

function call(
  backdoor: Backdoor,
  { id, cookieHigh, cookieLow }: Channel,
  type: number,
  value: number,
): Reply {
  const c = ((type << 16) | command) >>> 0;
  const answer = backdoor([magic, value, c, ((id << 16) | port) >>> 0, cookieHigh, cookieLow]);
  return { status: answer[2] >>> 16, type: answer[3] >>> 16, value: answer[1] };
}

/** @throws CheckpointError */
function succeeded(reply: Reply): Reply {
  if ((reply.status & statuses.success) !== 0) return reply;
  if ((reply.status & statuses.checkpoint) !== 0) throw new CheckpointError();
  const isClosed = (reply.status & statuses.closed) !== 0;
  throw guestinfoError(
    isClosed ? 'the hypervisor has closed the channel' : 'the hypervisor refuses a message',
  );
}

function untilCheckpoint<T>(exchange: () => T): T {
  for (let checkpoints = 0; checkpoints < maximalCheckpoints; checkpoints += 1) {
    try {
      return exchange();
    } catch (error) {
      if (!(error instanceof CheckpointError)) throw error;
    }
  }
  throw guestinfoError('the machine is saved or moved again and again');
}

const outOfTurn = () => guestinfoError('the hypervisor answers something else');
