/**
 * The lowest versions without advisories known to us. An audit of the registry is not available
 * everywhere; this list is, and a test holds the lock file against it.
 */
export const VERSION_FLOORS: Readonly<Record<string, string>> = {
  '@cedar-policy/cedar-wasm': '4.13.0',
  '@prisma/client': '7.10.0',
  jose: '6.2.17',
  next: '16.3.3',
  'next-auth': '4.24.15',
  pg: '8.23.0',
  react: '19.3.1',
  'react-dom': '19.3.1',
  undici: '7.30.2',
  zod: '4.6.7',
};
