/** `npm run build:client [-- FOLDER]`: the agents' client as a tarball for `npm install`. */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { packClient } from './pack';

const destination = resolve(process.argv[2] ?? '.');
mkdirSync(destination, { recursive: true });
console.log(await packClient(destination));
