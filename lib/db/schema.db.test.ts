import { readFileSync } from 'node:fs';
import internals from '@prisma/internals';
import { beforeAll, describe, expect, it } from 'vitest';
import { sql } from './index';

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
}

type Dmmf = Awaited<ReturnType<typeof internals.getDMMF>>;
type Model = Dmmf['datamodel']['models'][number];
type Field = Model['fields'][number];

/** Types of `format_type` for Prisma's scalar types without a native one. */
const DEFAULT_TYPES: Record<string, string> = {
  String: 'text',
  Int: 'integer',
  BigInt: 'bigint',
  Float: 'double precision',
  Boolean: 'boolean',
  DateTime: 'timestamp(3) without time zone',
  Json: 'jsonb',
  Bytes: 'bytea',
};

const NATIVE_TYPES: Record<string, (precision: string) => string> = {
  Json: () => 'json',
  Uuid: () => 'uuid',
  SmallInt: () => 'smallint',
  Real: () => 'real',
  Date: () => 'date',
  Timestamptz: (precision) => `timestamp(${precision}) with time zone`,
};

let dmmf: Dmmf;

beforeAll(async () => {
  dmmf = await internals.getDMMF({ datamodel: readFileSync('prisma/schema.prisma', 'utf8') });
});

const tableOf = (model: Model) => model.dbName ?? model.name;
const columnOf = (field: Field) => field.dbName ?? field.name;

function typeOf(field: Field): string {
  const [native, parameters] = field.nativeType ?? [];
  const scalar = native
    ? NATIVE_TYPES[native]?.(parameters?.[0] ?? '')
    : DEFAULT_TYPES[String(field.type)];
  return `${scalar ?? `unknown (${field.type})`}${field.isList ? '[]' : ''}`;
}

function columnsOfSchema(): Column[] {
  return dmmf.datamodel.models.flatMap((model) =>
    model.fields
      .filter((field) => field.kind !== 'object')
      .map((field) => ({
        table: tableOf(model),
        column: columnOf(field),
        type: typeOf(field),
        nullable: !field.isRequired,
      })),
  );
}

async function columnsOfDatabase(): Promise<Column[]> {
  return sql<Column>(`
    SELECT c.relname AS "table", a.attname AS "column",
           format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND NOT c.relispartition AND c.relname <> '_prisma_migrations'`);
}

/** "table: column, column" of every key of one kind, unique ones without a condition. */
function keysOfSchema(kind: 'id' | 'unique'): string[] {
  return dmmf.datamodel.indexes
    .filter((index) => index.type === kind)
    .map((index) => {
      const model = dmmf.datamodel.models.find((candidate) => candidate.name === index.model);
      if (!model) throw new Error(`No model ${index.model}`);
      const fields = index.fields.map(({ name }) => {
        const field = model.fields.find((candidate) => candidate.name === name);
        return field ? columnOf(field) : name;
      });
      return `${tableOf(model)}: ${fields.join(', ')}`;
    });
}

async function keysOfDatabase(kind: 'id' | 'unique'): Promise<string[]> {
  const rows = await sql<{ key: string }>(
    `SELECT c.relname || ': ' || string_agg(a.attname::text, ', ' ORDER BY k.place) AS key
     FROM pg_index i
     JOIN pg_class c ON c.oid = i.indrelid
     CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, place)
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
     WHERE c.relnamespace = 'public'::regnamespace AND NOT c.relispartition
       AND c.relname <> '_prisma_migrations' AND i.indisunique AND i.indpred IS NULL
       AND i.indexprs IS NULL AND i.indisprimary = $1
     GROUP BY i.indexrelid, c.relname`,
    [kind === 'id'],
  );
  return rows.map((row) => row.key);
}

const lines = (columns: Column[]) =>
  columns
    .map(({ table, column, type, nullable }) => `${table}.${column} ${type}${nullable ? '?' : ''}`)
    .sort();

describe('schema.prisma and the migrated database', () => {
  it('have the same tables, columns, types and nullability', async () => {
    expect(lines(columnsOfSchema())).toEqual(lines(await columnsOfDatabase()));
  });

  it('have the same primary keys, in the same order of columns', async () => {
    expect(keysOfSchema('id').sort()).toEqual((await keysOfDatabase('id')).sort());
  });

  it('have the same unique keys', async () => {
    expect(keysOfSchema('unique').sort()).toEqual((await keysOfDatabase('unique')).sort());
  });

  it('keep every table of a workspace under a primary key that begins with the workspace', async () => {
    const withWorkspace = lines(await columnsOfDatabase()).flatMap((line) =>
      line.includes('.workspace_id uuid') && !line.endsWith('?') ? [line.split('.')[0]] : [],
    );
    const keys = await keysOfDatabase('id');
    const elsewhere = withWorkspace.filter(
      (table) => !keys.some((key) => key.startsWith(`${table}: workspace_id`)),
    );
    expect(elsewhere).toEqual([]);
  });
});
