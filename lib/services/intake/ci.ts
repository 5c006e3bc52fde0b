/** What a build says about the agent whose change was merged. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { DomainError, plainBuildSchema } from '@/lib/contracts';
import { isUuid } from '@/lib/db';
import { signingSource, type SigningSource } from './sources';
import { takeEvidence, type Item, type Taken } from './take';

const id = z.union([z.string().min(1).max(200), z.int()]);
const commit = z.object({ message: z.string().nullish() }).nullish();
const repository = z.object({ full_name: z.string().max(300), default_branch: z.string() });
const outcome = {
  status: z.string(),
  conclusion: z.string().nullish(),
  head_branch: z.string().nullish(),
};

/** A build, whoever describes it. */
interface Build {
  readonly id: string;
  readonly agentId: string;
  readonly passed: boolean;
  readonly at: number | undefined;
  readonly detail: Readonly<Record<string, string>>;
}

/** What a delivery says; undefined for what is not about a merged change of an agent. */
type Reader = (body: unknown) => Build | undefined;

const workflowRunSchema = z.object({
  workflow_run: z.object({
    ...outcome,
    id,
    run_attempt: z.int().default(1),
    event: z.string(),
    head_commit: commit,
    updated_at: z.string().nullish(),
  }),
  repository,
});
const checkSuiteSchema = z.object({
  check_suite: z.object({ ...outcome, id, head_commit: commit, updated_at: z.string().nullish() }),
  repository,
});

/** Conclusions that say whether a change was good; the others (cancelled, skipped, neutral) do not. */
const CONCLUSIONS: Readonly<Record<string, boolean>> = {
  success: true,
  failure: false,
  timed_out: false,
  startup_failure: false,
};

/** By the event that GitHub names in `X-GitHub-Event`; without the header it is a plain delivery. */
const READERS: Readonly<Record<string, Reader>> = {
  plain: (body) => {
    const { id: build, agent, result, at, url } = parsed(plainBuildSchema, body);
    const detail: Record<string, string> = url === undefined ? {} : { url };
    const when = at === undefined ? undefined : Date.parse(at);
    return { id: build, agentId: agent, passed: result === 'passed', at: when, detail };
  },
  workflow_run: (body) => {
    const { workflow_run: run, repository: at } = parsed(workflowRunSchema, body);
    // What fails before it is merged is how changes are worked on.
    if (run.event !== 'push') return undefined;
    return mergedBuild(`workflow_run:${run.id}:${run.run_attempt}`, run, at);
  },
  check_suite: (body) => {
    const { check_suite: suite, repository: at } = parsed(checkSuiteSchema, body);
    return mergedBuild(`check_suite:${suite.id}:${suite.conclusion ?? ''}`, suite, at);
  },
  ping: () => undefined,
};

function mergedBuild(
  build: string,
  run: z.infer<typeof checkSuiteSchema>['check_suite'],
  { full_name: name, default_branch: main }: z.infer<typeof repository>,
): Build | undefined {
  const conclusion = run.conclusion ?? '';
  const agentId = /^Belay-Agent:[ \t]*(\S+)[ \t]*$/im.exec(run.head_commit?.message ?? '')?.[1];
  if (run.status !== 'completed' || run.head_branch !== main || agentId === undefined)
    return undefined;
  if (!Object.hasOwn(CONCLUSIONS, conclusion)) return undefined;
  const at = Date.parse(run.updated_at ?? '');
  const detail = { repository: name, conclusion };
  const passed = CONCLUSIONS[conclusion] === true;
  return { id: build, agentId, passed, at: Number.isNaN(at) ? undefined : at, detail };
}

/** What came, before anybody is believed. */
export interface CiDelivery {
  /** The id of the source, from the address. */
  readonly source: string;
  /** `X-Hub-Signature-256` */
  readonly signature: string;
  /** `X-GitHub-Event`, or `plain` */
  readonly event: string;
  readonly body: Uint8Array;
  readonly parse: () => unknown;
}

/**
 * Takes what a build says. It is believed for its signature alone; a source that is not there and a wrong signature are the same.
 *
 * @throws DomainError 401 `bad_signature`, 400 `malformed_body`, 429 `source_exhausted`, `source_paused`
 */
export async function recordBuild(
  delivery: CiDelivery,
  now: number,
): Promise<Taken & { ignored: number }> {
  const source = await believed(delivery, now);
  const read = Object.hasOwn(READERS, delivery.event) ? READERS[delivery.event] : undefined;
  const build = read?.(delivery.parse());
  if (build === undefined) return { accepted: 0, duplicates: 0, rejected: [], ignored: 1 };
  const item: Item = {
    id: build.id,
    source: source.name,
    agentId: build.agentId,
    at: build.at ?? now,
    statement: {
      kind: build.passed ? 'outcome.validation_passed' : 'outcome.validation_failed',
      detail: build.detail,
    },
  };
  const { workspaceId } = source;
  const actor = `evidence-source:${source.id}`;
  const taken = await takeEvidence({ workspaceId, protocol: 'ci', actor, now, items: [item] });
  return { ...taken, ignored: 0 };
}

async function believed(
  { source: given, signature, body }: CiDelivery,
  now: number,
): Promise<SigningSource> {
  const source = isUuid(given) ? await signingSource(given, now) : undefined;
  const shown = Buffer.from(/^sha256=([0-9a-f]{64})$/i.exec(signature)?.[1] ?? '', 'hex');
  const signs = (secret: string) => {
    const expected = createHmac('sha256', secret).update(body).digest();
    return shown.length === expected.length && timingSafeEqual(shown, expected);
  };
  const holds = (source?.secrets ?? ['nobody']).map(signs).includes(true);
  if (holds && source !== undefined) return source;
  throw new DomainError(
    'unauthenticated',
    'bad_signature',
    'There is no such source, or "X-Hub-Signature-256" is not the HMAC-SHA256 of the body with its secret.',
  );
}

function parsed<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [first] = result.error.issues;
  throw new DomainError(
    'malformed',
    'malformed_body',
    `"${first?.path.join('.') ?? ''}": ${first?.message ?? 'not valid'}.`,
  );
}
