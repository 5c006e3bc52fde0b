/** Which addresses messages may go to. The server stands inside a network; whoever names a target need not. */
import { BlockList, isIP } from 'node:net';
import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { env } from '@/lib/env';

type Net = readonly [address: string, bits: number, family: 'ipv4' | 'ipv6'];

/** Never: nobody in particular, this link (where clouds keep their credentials), groups, and translations into IPv4. */
const NEVER: readonly Net[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['100.100.100.200', 32, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 128, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['fd00:ec2::254', 128, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['2002::', 16, 'ipv6'],
];
/** Only where the operator said so (BELAY_PRIVATE_TARGETS): this machine, and private networks (RFC 1918, 4193, 6598). */
const PRIVATE: readonly Net[] = [
  ['127.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['::1', 128, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
];

function listOf(nets: readonly Net[]): BlockList {
  const list = new BlockList();
  for (const [address, bits, family] of nets) list.addSubnet(address, bits, family);
  return list;
}
const never = listOf(NEVER);
const inside = listOf(PRIVATE);

/** An IPv4 address in IPv6 clothes, as WHATWG URLs and resolvers write it. */
const MAPPED = /^::ffff:(?:(\d+\.\d+\.\d+\.\d+)|([\da-f]{1,4}):([\da-f]{1,4}))$/i;

function plainAddress(address: string): string {
  const mapped = MAPPED.exec(address);
  if (mapped === null) return address;
  if (mapped[1] !== undefined) return mapped[1];
  const [high, low] = [parseInt(mapped[2] ?? '', 16), parseInt(mapped[3] ?? '', 16)];
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}

/** Why nothing is sent to an IP address, or nothing when it may be. */
export function addressRefusal(ip: string, privateTargets: boolean): string | undefined {
  const address = plainAddress(ip);
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (never.check(address, family)) return 'Nothing is sent to this address.';
  if (!privateTargets && inside.check(address, family))
    return 'This address is inside the network of the server. The operator allows such with BELAY_PRIVATE_TARGETS=1.';
  return undefined;
}

/** An address was refused before anything was sent. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

/** A name is looked up once, for the connection itself: one that answers differently the second time gains nothing. */
export function guardedLookup(
  host: string,
  options: LookupOptions,
  done: (
    error: NodeJS.ErrnoException | null,
    address: string | LookupAddress[],
    family?: number,
  ) => void,
): void {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return done(error, []);
    const { privateTargets } = env();
    const refusal = addresses
      .map(({ address }) => addressRefusal(address, privateTargets))
      .find((why) => why !== undefined);
    const [first] = addresses;
    if (refusal !== undefined || first === undefined)
      return done(new AddressRefused(refusal ?? 'This name has no address.'), []);
    if (options.all === true) done(null, addresses);
    else done(null, first.address, first.family);
  });
}

/** An address that is written as a number is never looked up. @throws AddressRefused */
export function refuseLiteral(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const refusal = isIP(host) === 0 ? undefined : addressRefusal(host, env().privateTargets);
  if (refusal !== undefined) throw new AddressRefused(refusal);
}
