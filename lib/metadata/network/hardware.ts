import { printable } from '../user-data/listed.ts';
import type { DraftInterface, NetworkDraft } from './draft.ts';

/** How an interface that is there is found: by its MAC address, else by its name, with `*` and `?`. */
export function matchOf(
  id: string,
  { name, mac }: { readonly name?: string | undefined; readonly mac?: string | undefined },
  draft: NetworkDraft,
  place: string,
): Pick<DraftInterface, 'match'> | undefined {
  const address = mac?.toLowerCase().replaceAll('-', ':');
  if (id === '' || id.length > 64 || /[\n\r]/.test(id))
    return refused('it has no name of up to 64 characters');
  if (address !== undefined && !/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(address))
    return refused(`"${printable(mac ?? '')}" is no MAC address`);
  if (address !== undefined) return { match: { mac: address } };
  if (name === undefined) return refused('nothing says which one it is');
  if (!/^[A-Za-z0-9_.*?-]{1,15}$/.test(name))
    return refused(`"${printable(name)}" is no name of an interface`);
  return { match: { name } };

  function refused(why: string): undefined {
    draft.problem(`the interface "${printable(id)}": ${why}`, place);
  }
}

/** Bytes; undefined without, and for what is no MTU, which is a problem. */
export function mtuOf(text: string | undefined, draft: NetworkDraft, place: string): number | undefined {
  if (text === undefined) return undefined;
  const mtu = Number(text);
  if (Number.isInteger(mtu) && mtu >= 68 && mtu <= 65_535) return mtu;
  draft.problem(`"${printable(text)}" is no MTU`, place);
  return undefined;
}
