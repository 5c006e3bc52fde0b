/** What every console endpoint has in common: who may call it, and the context its service gets. */
import type { z } from 'zod';
import { consoleActor, type ConsoleActor } from '@/lib/auth';
import { handle, type Handler, type HandlerInput } from '@/lib/http/handler';
import { once } from '@/lib/http/idempotent';
import type { ServiceContext } from '@/lib/services/context';

type Schema = z.ZodType | undefined;

interface Spec<Query extends Schema, Body extends Schema> {
  readonly query?: Query;
  readonly body?: Body;
  readonly status?: number;
}

type Input<Query extends Schema, Body extends Schema> = HandlerInput<ConsoleActor, Query, Body>;

export function consoleHandler<Query extends Schema = undefined, Body extends Schema = undefined>(
  spec: Spec<Query, Body>,
  answer: (context: ServiceContext, input: Input<Query, Body>) => Promise<unknown>,
): Handler {
  return handle({ ...spec, auth: consoleActor }, (input) => answer(contextOf(input), input));
}

/**
 * An endpoint that creates something: answers 201, and takes an Idempotency-Key.
 *
 * @param confirm looks at what was created, now or by an earlier request with the same key, and says what is answered
 */
export function creatingHandler<Body extends z.ZodType, Created>(
  body: Body,
  create: (context: ServiceContext, input: Input<undefined, Body>) => Promise<Created>,
  confirm: (context: ServiceContext, created: Created) => Promise<unknown> = (_context, created) =>
    Promise.resolve(created),
): Handler {
  return handle({ body, status: 201, auth: consoleActor }, async (input) => {
    const { request, who: actor, now } = input;
    const context = contextOf(input);
    const created = await once({ request, actor, body: input.body, now }, () =>
      create(context, input),
    );
    return confirm(context, created);
  });
}

function contextOf(input: { who: ConsoleActor; now: Date; requestId: string }): ServiceContext {
  return { actor: input.who, now: input.now, requestId: input.requestId };
}

/** A segment of the address, as text. */
export function segment(params: Readonly<Record<string, string>>, name: string): string {
  return params[name] ?? '';
}
