import { dataClassSchema, riskSchema, type Tool } from '@/lib/contracts';
import { iso } from '@/lib/services/instants';

export interface ToolRow {
  readonly name: string;
  readonly description: string | null;
  readonly sideEffect: string;
  readonly reversible: boolean;
  readonly egress: boolean;
  readonly dataClass: string;
  readonly untrustedOutput: boolean;
  readonly risk: string;
  readonly tags: string[];
  readonly updatedBy: string;
  readonly updatedAt: Date;
}

export function serializeTool(row: ToolRow): Tool {
  return {
    name: row.name,
    ...(row.description === null ? {} : { description: row.description }),
    sideEffect: row.sideEffect === 'none' ? 'none' : 'write',
    reversible: row.reversible,
    egress: row.egress,
    dataClass: dataClassSchema.parse(row.dataClass),
    untrustedOutput: row.untrustedOutput,
    risk: riskSchema.parse(row.risk),
    tags: row.tags,
    updatedAt: iso(row.updatedAt),
    updatedBy: row.updatedBy,
  };
}
