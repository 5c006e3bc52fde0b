/** What zod and zod-openapi write more of than a reader needs. */
import type { createDocument, ZodOpenApiOverride } from 'zod-openapi';

export type OpenApiDocument = ReturnType<typeof createDocument>;

export const tidySchema: ZodOpenApiOverride = ({ jsonSchema, io }) => {
  // The format says it; the pattern is zod's own way to check it.
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  // An answer may grow; who reads it must not break.
  if (io === 'output' && jsonSchema.additionalProperties === false)
    delete jsonSchema.additionalProperties;
};

/** Writes recursive JSON values as "anything", and one schema for what requests and answers have in common. */
export function tidy(made: OpenApiDocument): OpenApiDocument {
  return withoutTwins(withoutRecursion(made));
}

const RECURSIVE = /^(#\/components\/schemas\/)?__schema\d+$/;

/** A JSON value is recursive, which zod writes as a numbered schema for each place it stands: "anything" says the same. */
function withoutRecursion(made: OpenApiDocument): OpenApiDocument {
  return rewrite(made, (key, value) => {
    if (RECURSIVE.test(key)) return undefined;
    return RECURSIVE.test(refOf(value) ?? '') ? {} : value;
  });
}

/** Schemas of requests and answers were two only because of their recursive parts. */
function withoutTwins(made: OpenApiDocument): OpenApiDocument {
  const schemas = made.components?.schemas ?? {};
  const merged = rewrite(made, (_key, value) => {
    const ref = refOf(value);
    const single = ref?.replace(/Output$/, '');
    return single !== ref && nameOf(single) in schemas ? { $ref: single } : value;
  });
  const kept = merged.components?.schemas ?? {};
  for (const [name, schema] of Object.entries(kept)) {
    const twin = kept[name.replace(/Output$/, '')];
    if (!name.endsWith('Output') || twin === undefined) continue;
    if (JSON.stringify(twin) !== JSON.stringify(schema))
      throw new Error(
        `${name} differs between requests and answers: give the two different names.`,
      );
    delete kept[name];
  }
  return merged;
}

const nameOf = (ref: string | undefined) => ref?.split('/').at(-1) ?? '';

function refOf(value: unknown): string | undefined {
  const isReference = typeof value === 'object' && value !== null && '$ref' in value;
  return isReference && typeof value.$ref === 'string' ? value.$ref : undefined;
}

function rewrite(
  made: OpenApiDocument,
  change: (key: string, value: unknown) => unknown,
): OpenApiDocument {
  return JSON.parse(JSON.stringify(made, change)) as OpenApiDocument;
}
