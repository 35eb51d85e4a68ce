/**
 * Clients that send the names of SYMLINK as the draft has them (section 6.10), the link first, to any server
 * that is not called OpenSSH: by the beginning of their own names. All others do as OpenSSH does.
 */
const draftOrder = /^(AsyncSSH|libssh_|ssh2js|WinSCP)/i;

/** Whether a client of this name (RFC 4253 section 4.2) sends the link before its target. */
export function sendsLinkFirst(software: string): boolean {
  return draftOrder.test(software);
}
