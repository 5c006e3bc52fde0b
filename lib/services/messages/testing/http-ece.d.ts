/** The public library for encrypted pushes (RFC 8188), as far as tests use it. */
declare module 'http_ece' {
  import type { ECDH } from 'node:crypto';
  interface Decryption {
    readonly version: 'aes128gcm';
    readonly privateKey: ECDH;
    readonly authSecret: string;
  }
  const ece: { decrypt: (body: Buffer, options: Decryption) => Buffer };
  export default ece;
}
