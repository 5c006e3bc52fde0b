import { availableParallelism } from 'node:os';
import { z } from 'zod';

/** Console processes started unless told otherwise, at most; PostgreSQL and the agents need the other half of the processors. */
const MOST_PROCESSES = 4;

/** An empty variable means the same as an absent one, as in most shells and compose files. */
const blankIsAbsent = (value: unknown) => (value === '' ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsAbsent, schema.optional());
const withDefault = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsAbsent, schema);

const httpUrl = (name: string) =>
  z
    .url({ protocol: /^https?$/, error: `${name} must be a full http or https address` })
    .transform((url) => url.replace(/\/+$/, ''));

const flag = (name: string, fallback: boolean) =>
  withDefault(
    z
      .enum(['0', '1', 'true', 'false'], { error: `${name} must be 0 or 1` })
      .default(fallback ? '1' : '0')
      .transform((value) => value === '1' || value === 'true'),
  );

/** Every variable Belay reads, with its default and its rule. */
export const envSchema = z
  .object({
    NODE_ENV: withDefault(z.enum(['development', 'test', 'production']).default('development')),
    CI: flag('CI', false),
    BELAY_HOME: withDefault(z.string().default('.belay')),
    PORT: withDefault(
      z.coerce
        .number({ error: 'PORT must be a number' })
        .int('PORT must be a whole number')
        .min(0, 'PORT must be between 0 and 65535')
        .max(65535, 'PORT must be between 0 and 65535')
        .default(3000),
    ),
    BELAY_PROCESSES: withDefault(
      z.coerce
        .number({ error: 'BELAY_PROCESSES must be a number' })
        .int('BELAY_PROCESSES must be a whole number')
        .min(1, 'BELAY_PROCESSES must be between 1 and 64')
        .max(64, 'BELAY_PROCESSES must be between 1 and 64')
        .default(Math.min(Math.max(1, Math.floor(availableParallelism() / 2)), MOST_PROCESSES)),
    ),
    BELAY_URL: optional(httpUrl('BELAY_URL')),
    BELAY_PLANE_URL: optional(httpUrl('BELAY_PLANE_URL')),
    BELAY_IS_PLANE: flag('BELAY_IS_PLANE', false),
    DATABASE_URL: optional(
      z.string().regex(/^postgres(ql)?:\/\//, 'DATABASE_URL must begin with postgres://'),
    ),
    BELAY_DEMO: flag('BELAY_DEMO', true),
    BELAY_SECRET: optional(z.string().min(32, 'BELAY_SECRET must have at least 32 characters')),
    BELAY_OIDC_ISSUER: optional(httpUrl('BELAY_OIDC_ISSUER')),
    BELAY_OIDC_CLIENT_ID: optional(z.string()),
    BELAY_OIDC_CLIENT_SECRET: optional(z.string()),
    BELAY_SMTP_URL: optional(
      z.string().regex(/^smtps?:\/\//, 'BELAY_SMTP_URL must begin with smtp:// or smtps://'),
    ),
    BELAY_MAIL_FROM: optional(z.string().regex(/@/, 'BELAY_MAIL_FROM must be a mail address')),
    BELAY_PRIVATE_TARGETS: flag('BELAY_PRIVATE_TARGETS', false),
    BELAY_PUSH_SERVICES: optional(
      z
        .string()
        .transform((list) => list.split(',').map((origin) => origin.trim()))
        .pipe(z.array(httpUrl('BELAY_PUSH_SERVICES')))
        .transform((list) => list.map((address) => new URL(address).origin)),
    ),
    BELAY_LOG_LEVEL: withDefault(
      z
        .enum(['debug', 'info', 'warn', 'error', 'silent'], {
          error: 'BELAY_LOG_LEVEL must be debug, info, warn, error or silent',
        })
        .default('info'),
    ),
    npm_lifecycle_event: optional(z.string()),
  })
  .superRefine((env, context) => {
    if ((env.BELAY_SMTP_URL === undefined) !== (env.BELAY_MAIL_FROM === undefined))
      context.addIssue({
        code: 'custom',
        message: 'BELAY_SMTP_URL and BELAY_MAIL_FROM go together: set both or none',
      });
    const oidc = [env.BELAY_OIDC_ISSUER, env.BELAY_OIDC_CLIENT_ID, env.BELAY_OIDC_CLIENT_SECRET];
    const given = oidc.filter((value) => value !== undefined).length;
    if (given === 0 || given === oidc.length) return;
    context.addIssue({
      code: 'custom',
      message:
        'BELAY_OIDC_ISSUER, BELAY_OIDC_CLIENT_ID and BELAY_OIDC_CLIENT_SECRET go together: set all three or none',
    });
  });

export type RawEnv = z.output<typeof envSchema>;
