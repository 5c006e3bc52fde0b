import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** PostgreSQL refuses to run as root; this is who it runs as instead. Empty when we are not root. */
export interface OsUser {
  readonly uid?: number;
  readonly gid?: number;
}

/** Accounts that may own the data, best first; the first is made if none but `nobody` exists. */
const ACCOUNT = 'postgres';
const LAST_RESORT = 'nobody';

/** Who PostgreSQL runs as: ourselves, or an account without rights when we are root. */
export function postgresUser(): OsUser {
  if (process.getuid?.() !== 0) return {};
  const found = accountNamed(ACCOUNT) ?? createAccount() ?? accountNamed(LAST_RESORT);
  if (found !== undefined) return found;
  throw new Error(
    'Belay runs as root, and PostgreSQL refuses to. Create an account named "postgres", or start Belay as an ordinary user.',
  );
}

function accountNamed(name: string): OsUser | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((candidate) => candidate.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

function createAccount(): OsUser | undefined {
  const flags = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin'];
  try {
    execFileSync('useradd', [...flags, ACCOUNT], { stdio: 'ignore' });
    return accountNamed(ACCOUNT);
  } catch {
    return undefined;
  }
}
