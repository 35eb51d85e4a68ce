import type { IncomingMessage } from 'node:http';
import { peerUid } from '../../host/users/peer-uid.ts';

/**
 * Why a request may not debug; undefined if it may. Whoever debugs a service runs code in it, so the port is
 * for the user of `kit debug` only: not for other users of this host, who reach 127.0.0.1 too, and not for
 * pages of other sites in this user's browser.
 */
export async function refusal({ headers, socket }: IncomingMessage): Promise<string | undefined> {
  const { host = '', origin } = headers;
  // With DNS rebinding, a page of another site has that site's name in the Host header.
  if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(host)) return `the name "${host}" is not this host's own`;
  if (origin !== undefined && !ownPages.test(origin)) return `pages of "${origin}" may not debug`;
  const uid = await peerUid(socket);
  if (uid !== undefined && ownUsers().includes(uid)) return undefined;
  return uid === undefined ? 'the kernel does not tell who asks' : `user ${uid} did not start kit debug`;
}

/** DevTools has its own origin; programs send none. */
const ownPages = /^(?:devtools:|chrome-devtools:|https?:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?$)/;

/** This user, root, and the user who became root by sudo(8): the browser is that user's. */
function ownUsers(): number[] {
  const [own, sudo] = [process.getuid?.(), process.env.SUDO_UID];
  return [...(own === undefined ? [] : [own]), 0, ...(own === 0 && sudo ? [Number(sudo)] : [])];
}
