import { resolve } from 'node:path';
import { envSchema, type RawEnv } from './schema';

/** The settings of this process, in the words the code uses. Paths are absolute. */
export interface Env {
  readonly nodeEnv: RawEnv['NODE_ENV'];
  readonly ci: boolean;
  /** Where Belay keeps its database, secret and logs. Absolute. */
  readonly home: string;
  readonly port: number;
  /** Console processes that `belay start` keeps running, behind one port. */
  readonly processes: number;
  /** The address people and agents use, without a trailing slash. */
  readonly url: string;
  /** The address agents use of a decision plane, where it is another one. */
  readonly planeUrl: string | undefined;
  /** This process is of a decision plane; `belay plane` says so to its own. */
  readonly isPlane: boolean;
  /** Set by the operator, or handed to child processes by `belay start`. */
  readonly databaseUrl: string | undefined;
  readonly demo: boolean;
  /** The operator's own secret; `readSecret` falls back to a file under `home`. */
  readonly secret: string | undefined;
  readonly oidc: { issuer: string; clientId: string; clientSecret: string } | undefined;
  /** The mail server messages go out by, and whom they come from. */
  readonly mail: { readonly url: string; readonly from: string } | undefined;
  /** Messages may go to addresses inside the network of the server. */
  readonly privateTargets: boolean;
  /** Origins that count as push services besides those of the browsers' makers. */
  readonly pushServices: readonly string[];
  readonly logLevel: RawEnv['BELAY_LOG_LEVEL'];
  /** npm started this process, so that npm's end is its end. */
  readonly startedByNpm: boolean;
}

/** A setting has a value Belay cannot use. The message is a list of plain sentences. */
export class InvalidEnvironment extends Error {
  override readonly name = 'InvalidEnvironment';
}

/**
 * Reads settings out of a plain record of variables. Pure apart from the working directory,
 * against which a relative BELAY_HOME is resolved.
 *
 * @throws InvalidEnvironment naming every variable with an unusable value
 */
export function parseEnv(variables: Readonly<Record<string, string | undefined>>): Env {
  const parsed = envSchema.safeParse(variables);
  if (!parsed.success) {
    const sentences = parsed.error.issues.map((issue) => `- ${sentenceOf(issue)}.`);
    throw new InvalidEnvironment(`Belay cannot use its settings:\n${sentences.join('\n')}`);
  }
  return toEnv(parsed.data);
}

function sentenceOf(issue: { path: PropertyKey[]; message: string }): string {
  const name = issue.path.map(String).join('.');
  return issue.message.includes(name) ? issue.message : `${name}: ${issue.message}`;
}

function toEnv(raw: RawEnv): Env {
  return {
    nodeEnv: raw.NODE_ENV,
    ci: raw.CI,
    home: resolve(raw.BELAY_HOME),
    port: raw.PORT,
    processes: raw.BELAY_PROCESSES,
    url: raw.BELAY_URL ?? `http://localhost:${raw.PORT}`,
    planeUrl: raw.BELAY_PLANE_URL,
    isPlane: raw.BELAY_IS_PLANE,
    databaseUrl: raw.DATABASE_URL,
    demo: raw.BELAY_DEMO,
    secret: raw.BELAY_SECRET,
    oidc: oidcOf(raw),
    mail: mailOf(raw),
    privateTargets: raw.BELAY_PRIVATE_TARGETS,
    pushServices: raw.BELAY_PUSH_SERVICES ?? [],
    logLevel: raw.BELAY_LOG_LEVEL,
    startedByNpm: raw.npm_lifecycle_event !== undefined,
  };
}

function oidcOf(raw: RawEnv): Env['oidc'] {
  const { BELAY_OIDC_ISSUER, BELAY_OIDC_CLIENT_ID, BELAY_OIDC_CLIENT_SECRET } = raw;
  if (!BELAY_OIDC_ISSUER || !BELAY_OIDC_CLIENT_ID || !BELAY_OIDC_CLIENT_SECRET) return undefined;
  return {
    issuer: BELAY_OIDC_ISSUER,
    clientId: BELAY_OIDC_CLIENT_ID,
    clientSecret: BELAY_OIDC_CLIENT_SECRET,
  };
}

function mailOf({ BELAY_SMTP_URL: url, BELAY_MAIL_FROM: from }: RawEnv): Env['mail'] {
  return url === undefined || from === undefined ? undefined : { url, from };
}

let current: Env | undefined;

/**
 * The settings of this process, read once and on first use, so that a build needs none.
 *
 * @throws InvalidEnvironment
 */
export function env(): Env {
  current ??= parseEnv(process.env);
  return current;
}

/** A variable whose name a configuration gives; undefined when it is not set. */
export function variable(name: string): string | undefined {
  return process.env[name];
}

/**
 * The variables a child process gets: this process's own with some replaced. Everything that
 * starts a process uses this, so that `process.env` is read in one place.
 */
export function childEnvironment(
  changes: Readonly<Record<string, string | undefined>> = {},
): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}

/**
 * Sets variables for this process and forgets what was read before. Used by `belay start` for
 * the address of the database it manages, by next-auth's own variables, and by tests.
 */
export function changeEnvironment(changes: Readonly<Record<string, string>>): void {
  Object.assign(process.env, changes);
  current = undefined;
}
