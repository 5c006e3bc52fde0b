/**
 * A security key in software, for tests: P-256 keys, attestation `none`, a signature counter, as WebAuthn Level 3 has them
 * (authenticator data in 6.1, COSE keys in RFC 9052).
 */
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type { Assertion, CredentialOptions, PasskeyInput } from '@/lib/contracts';

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;

export interface AuthenticatorOptions {
  readonly rpId: string;
  readonly origin: string;
  /** Whether it asked for a fingerprint or PIN; it does unless told. */
  readonly verifiesUser?: boolean;
}

export class SoftwareAuthenticator {
  readonly credentialId = randomBytes(16);
  counter = 0;
  readonly #keys: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  });

  constructor(private readonly options: AuthenticatorOptions) {}

  create({ challenge }: CredentialOptions): PasskeyInput['registration'] {
    const clientData = this.#clientData('webauthn.create', challenge);
    const attestation = map([
      ['fmt', text('none')],
      ['attStmt', map([])],
      ['authData', bytes(this.#authenticatorData(this.#attestedCredential()))],
    ]);
    return {
      ...this.#named(),
      response: {
        clientDataJSON: clientData.toString('base64url'),
        attestationObject: attestation.toString('base64url'),
      },
    };
  }

  /** Signs a challenge, and counts. */
  get({ challenge }: CredentialOptions): Assertion {
    this.counter += 1;
    const clientData = this.#clientData('webauthn.get', challenge);
    const data = this.#authenticatorData(Buffer.alloc(0));
    const signed = Buffer.concat([data, sha256(clientData)]);
    return {
      ...this.#named(),
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, this.#keys.privateKey).toString('base64url'),
      },
    };
  }

  #named() {
    const id = this.credentialId.toString('base64url');
    return { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {} };
  }

  #clientData(type: string, challenge: string): Buffer {
    const { origin } = this.options;
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }

  #authenticatorData(credential: Buffer): Buffer {
    const verified = this.options.verifiesUser === false ? 0 : USER_VERIFIED;
    const flags = USER_PRESENT | verified | (credential.length > 0 ? HAS_CREDENTIAL : 0);
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    return Buffer.concat([sha256(this.options.rpId), Buffer.from([flags]), counter, credential]);
  }

  #attestedCredential(): Buffer {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.credentialId.length);
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    const coordinate = (value: string) => bytes(Buffer.from(value, 'base64url'));
    // kty EC2, alg ES256, crv P-256, x, y
    const key = cborMap([
      [Buffer.from([0x01]), Buffer.from([0x02])],
      [Buffer.from([0x03]), Buffer.from([0x26])],
      [Buffer.from([0x20]), Buffer.from([0x01])],
      [Buffer.from([0x21]), coordinate(x)],
      [Buffer.from([0x22]), coordinate(y)],
    ]);
    return Buffer.concat([Buffer.alloc(16), length, this.credentialId, key]);
  }
}

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest();

/** CBOR (RFC 8949), as much of it as is needed: lengths below 65,536. */
function head(major: number, length: number): Buffer {
  const type = major << 5;
  if (length < 24) return Buffer.from([type | length]);
  if (length < 256) return Buffer.from([type | 24, length]);
  return Buffer.from([type | 25, length >> 8, length & 0xff]);
}
const bytes = (value: Buffer) => Buffer.concat([head(2, value.length), value]);
const text = (value: string) => Buffer.concat([head(3, value.length), Buffer.from(value)]);
const cborMap = (entries: readonly (readonly [Buffer, Buffer])[]) =>
  Buffer.concat([head(5, entries.length), ...entries.flat()]);
const map = (entries: readonly (readonly [string, Buffer])[]) =>
  cborMap(entries.map(([name, value]) => [text(name), value]));
