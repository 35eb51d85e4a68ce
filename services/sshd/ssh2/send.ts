import type { Protocol } from 'ssh2/lib/protocol/Protocol.js';
import utils from 'ssh2/lib/protocol/utils.js';

/** Sends a message that ssh2 has no function for, after the key exchange if there is one. */
export function sendPayload(protocol: Protocol, payload: Buffer): void {
  const { write } = protocol._packetRW;
  const start = write.allocStart;
  const packet = write.alloc(payload.length);
  payload.copy(packet, start);
  utils.sendPacket(protocol, write.finalize(packet));
}
